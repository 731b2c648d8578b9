import { lastPart } from './dotted-path.ts';

/** The call gives a resource back: close, stop, disconnect, `stop_workers`. */
export function releases(callee: string): boolean {
  const name = lastPart(callee);
  return RELEASES.test(name) || RELEASES_SOMETHING.test(name);
}

/** The call brings data to safety: the delete or unlock after it must not run when it failed. */
export function flushes(callee: string): boolean {
  return FLUSHES.test(lastPart(callee));
}

/** The call works on other calls or looks at a value. */
export function looksOnly(callee: string): boolean {
  return /^(gather|wait|suppress|wait_for|shield|to_thread|isinstance|hasattr|getattr|len|list|reversed)$/.test(
    lastPart(callee),
  );
}

const RELEASES =
  /^(a?close|wait_closed|stop|shutdown|shut_down|disconnect|dispose|cancel|terminate|kill|release|destroy|end|exit|quit|__a?exit__)$/i;

const RELEASES_SOMETHING =
  /(^|_)(a?close|stop|shutdown|disconnect|dispose|cancel|terminate|teardown|cleanup|release|destroy|unload|deregister|unregister|unsubscribe)(_|$)|(tear|clean)_(down|up)/i;

const FLUSHES = /(^|_)(flush|save|drain|commit|persist|dump|checkpoint)(_|$)/i;
