/** The words of a dotted name, lower case: snake and camel case are split, digits fall away. `CacheWarmer.start_all` → cache warmer start all. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** `worker_manager` of `worker_manager.start`; empty for a plain name. */
export function receiverOf(callee: string): string {
  return callee.slice(0, Math.max(0, callee.lastIndexOf('.')));
}

/** `start` of `worker_manager.start`. */
export function methodOf(callee: string): string {
  return callee.slice(callee.lastIndexOf('.') + 1);
}
