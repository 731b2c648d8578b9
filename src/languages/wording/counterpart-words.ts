import { snakeCase } from './words-of.ts';

/** `manager.stop` undoes `manager.start`, `close_db` undoes `init_db`, `workerShutdown` undoes `workerStartup`. */
export function undoes(stop: string, start: string): boolean {
  const [stopOwner, stopName] = splitLast(stop);
  const [startOwner, startName] = splitLast(start);
  if (stopOwner !== startOwner) return false;
  return (
    rests(stopName, STOPS).some((left) => left !== '' && rests(startName, STARTS).includes(left)) ||
    (stopOwner !== '' && rests(stopName, STOPS).includes('') && rests(startName, STARTS).length > 0)
  );
}

/** What is left of a name without the verb at its beginning or end. */
function rests(name: string, verbs: ReadonlySet<string>): string[] {
  const words = snakeCase(name).toLowerCase().split(/[_$]/).filter(Boolean);
  const starts = [1, 2].filter((count) => verbs.has(words.slice(0, count).join(''))).map((count) => words.slice(count));
  const ends = [1, 2].filter((count) => verbs.has(words.slice(-count).join(''))).map((count) => words.slice(0, -count));
  return [...starts, ...ends].map((rest) => rest.join('_'));
}

const STOPS: ReadonlySet<string> = new Set(
  'stop aclose close disconnect shutdown dispose teardown terminate cancel end finalize finalise cleanup deinit uninit unload release destroy exit drain flush quit unsubscribe unregister deregister disable unwatch'.split(
    ' ',
  ),
);

const STARTS: ReadonlySet<string> = new Set(
  'start open connect init initialize initialise setup startup begin create launch run boot load acquire enter warm ensure enable spawn subscribe register prepare bootstrap watch consume'.split(
    ' ',
  ),
);

function splitLast(dotted: string): [string, string] {
  const at = dotted.lastIndexOf('.');
  return at < 0 ? ['', dotted] : [dotted.slice(0, at), dotted.slice(at + 1)];
}
