const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    'start started starting init initialize initialized initialise initialised load loaded run running ready service services ' +
    'app application self is has was the and for with all async get set setup state main core startup complete completed healthy available'
  ).split(' '),
);

/** The telling words of a name or sentence: `enhanced_worker_manager.start` → enhanced, worker, manager. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !EMPTY_WORDS.has(word));
}

/** `stop_workers` for `stopWorkers`; a name that is written with underscores already stays as it is. */
export function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2');
}

/** `worker` and `workers`, `clean` and `cleanup`; short words must be equal. */
export function sameStem(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  return left === right || (length >= 4 && left.slice(0, length) === right.slice(0, length));
}
