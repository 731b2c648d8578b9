import { lastPart } from './dotted-path.ts';
import { snakeCase } from './words-of.ts';

/** The call gives a resource back: close, stop, disconnect, `stop_workers`, `closeDb`. */
export function releases(callee: string): boolean {
  const name = nameIn(callee);
  return RELEASES.test(name) || RELEASES_SOMETHING.test(name);
}

/** The call brings data to safety: the delete or unlock after it must not run when it failed. */
export function flushes(callee: string): boolean {
  return FLUSHES.test(nameIn(callee));
}

/** The call works on other calls or looks at a value. */
export function looksOnly(callee: string): boolean {
  return LOOKS_ONLY.test(lastPart(callee));
}

/** Says that one thing has been stopped: `Worker stopped`; not that everything has. */
export function announcesStop(message: string): boolean {
  return (
    STOPPED.test(message) && !/\b(application|app|server|shutdown complete|all|everything|api|goodbye)\b/i.test(message)
  );
}

/** A condition that asks whether something runs: `self.running`, `isConnected`, `!closed`. */
export function saysItRuns(condition: string): boolean {
  return SAYS_IT_RUNS.test(condition);
}

/** A call of an object from elsewhere that fails where nothing was started. */
export function failsUnstarted(callee: string): boolean {
  return FAILS_UNSTARTED.test(lastPart(callee));
}

/** `stop_workers` for `jobs.stopWorkers`, `disconnect` for `prisma.$disconnect`. */
function nameIn(callee: string): string {
  return snakeCase(lastPart(callee).replace(/^\$/, ''));
}

const LOOKS_ONLY =
  /^(gather|wait|suppress|wait_for|shield|to_thread|isinstance|hasattr|getattr|len|list|reversed|all|allSettled|race|map|filter|forEach|values|entries|from|then|catch|finally|bind|unref|stringify|now)$/;

const RELEASES =
  /^(a?close|wait_closed|stop|shutdown|shut_down|disconnect|dispose|cancel|terminate|kill|release|destroy|end|exit|quit|__a?exit__)$/i;

const RELEASES_SOMETHING =
  /(^|_)(a?close|stop|shutdown|disconnect|dispose|cancel|terminate|teardown|cleanup|release|destroy|unload|deregister|unregister|unsubscribe)(_|$)|(tear|clean)_(down|up)|^clear_(interval|timeout|immediate)$/i;

const FLUSHES = /(^|_)(flush|save|drain|commit|persist|dump|checkpoint)(_|$)/i;

const STOPPED =
  /[✅✓✔👋🛑]|\b(stopped|closed|disconnected|shut ?down|cancel(l)?ed|released|flushed|saved|terminated|disposed|cleaned|unloaded|destroyed|complete[d]?|finished|done|successful(ly)?|removed|persisted|drained|ended|exited|deregistered|unregistered|halted)\b/iu;

const SAYS_IT_RUNS =
  /(running|started|is_?active|initiali[sz]ed|connected|ready|enabled|is_?open|alive|loaded|configured|available|closed|stopped|shutdown)\b/i;

const FAILS_UNSTARTED = /^(stop|shutdown|disconnect|terminate|kill|stop_polling|unsubscribe|leave|__aexit__)$/;
