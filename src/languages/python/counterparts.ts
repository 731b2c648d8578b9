import type { ShutdownStep, StartupHook, StartupStep } from '../../core/index.ts';

/** Links the shutdown steps of hooks of one app to the startup steps that they undo, and names the stops that need a start. */
export function linkCounterparts(hooks: readonly StartupHook[]): StartupHook[] {
  const starts = hooks.flatMap((hook) => hook.steps.filter((step) => step.calls.length > 0));
  return hooks.map((hook) => ({
    ...hook,
    shutdown: hook.shutdown.map((stop) => {
      const start = stop.counterpartOf ? undefined : startOf(stop, starts);
      return start ? { ...stop, counterpartOf: start.id } : stop;
    }),
  }));
}

function startOf(stop: ShutdownStep, starts: readonly StartupStep[]): StartupStep | undefined {
  if (!stop.callee) return undefined;
  const callee = stop.callee;
  return starts.find((step) => step.calls.some((call) => undoes(callee, call.callee)));
}

/** `manager.stop` undoes `manager.start`, `close_db` undoes `init_db`, `stop_worker` undoes `start_worker`. */
export function undoes(stop: string, start: string): boolean {
  const [stopOwner, stopName] = splitLast(stop);
  const [startOwner, startName] = splitLast(start);
  if (stopOwner !== startOwner) return false;
  const stopWords = stopName.toLowerCase().split('_').filter(Boolean);
  const startWords = startName.toLowerCase().split('_').filter(Boolean);
  if (!stopWords.some((word) => STOPS.has(word)) || !startWords.some((word) => STARTS.has(word))) return false;
  const left = stopWords.filter((word) => !STOPS.has(word)).join('_');
  const right = startWords.filter((word) => !STARTS.has(word)).join('_');
  return left === right;
}

const STOPS: ReadonlySet<string> = new Set(
  'stop aclose close disconnect shutdown shut down dispose teardown terminate cancel end finalize finalise cleanup deinit uninit unload release destroy exit drain flush quit unsubscribe unregister deregister disable'.split(
    ' ',
  ),
);

const STARTS: ReadonlySet<string> = new Set(
  'start open connect init initialize initialise setup set up startup begin create launch run boot load acquire enter warm ensure enable spawn subscribe register prepare bootstrap'.split(
    ' ',
  ),
);

function splitLast(dotted: string): [string, string] {
  const at = dotted.lastIndexOf('.');
  return at < 0 ? ['', dotted] : [dotted.slice(0, at), dotted.slice(at + 1)];
}
