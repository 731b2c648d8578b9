import { compileGlob } from '../core/index.ts';

/**
 * Compiles a glob over `/`-separated paths: `*` and `?` stay within a segment, `**` is any number of them. A pattern without
 * `/` matches at any depth; what matches a folder matches everything below it. No pattern takes more than polynomial time.
 */
export function compilePathGlob(pattern: string): (path: string) => boolean {
  const trimmed = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
  const isAnchored = trimmed.includes('/') || pattern.startsWith('/') || pattern.startsWith('./');
  const segments = (isAnchored ? trimmed : `**/${trimmed}`)
    .split('/')
    .filter((segment, at, all) => segment !== '**' || all[at - 1] !== '**');
  const matchers = segments.map((segment) => (segment === '**' ? undefined : compileGlob(segment)));
  return (path) => matchesPrefix(matchers, path.split('/'));
}

type SegmentMatcher = ((segment: string) => boolean) | undefined;

/** Whether the matchers (`undefined` is `**`) match the path or one of the folders above it. */
function matchesPrefix(matchers: readonly SegmentMatcher[], segments: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const segment of segments) {
    const next = new Set<number>();
    for (const at of withSkips(reached, matchers)) {
      const matcher = matchers[at];
      if (at < matchers.length && matcher === undefined) next.add(at);
      if (matcher?.(segment)) next.add(at + 1);
    }
    if (withSkips(next, matchers).has(matchers.length)) return true;
    reached = next;
  }
  return false;
}

/** `**` may stand for no segment at all. */
function withSkips(positions: ReadonlySet<number>, matchers: readonly SegmentMatcher[]): ReadonlySet<number> {
  const all = new Set(positions);
  for (const at of all) if (at < matchers.length && matchers[at] === undefined) all.add(at + 1);
  return all;
}
