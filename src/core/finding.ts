/** Something that a run would change: a startup call that moves, or another rewrite. No line: it outlives edits around it. */
export interface Finding {
  readonly path: string;
  /** Name of the hook; empty outside of hooks. */
  readonly hook: string;
  /** The dotted name of the call that moves, as written. */
  readonly callee?: string;
  /** The transform, where nothing moves: `remove-temporary-remarks`. */
  readonly transform?: string;
}

/** How often a finding is accepted. */
export interface AcceptedFinding extends Finding {
  readonly count: number;
}

/** A finding at its line today. */
export interface LocatedFinding extends Finding {
  readonly line: number;
}

/** What findings and a list of accepted ones have not in common. */
export interface Comparison {
  /** Found, and not accepted, or more often than accepted. */
  readonly fresh: readonly LocatedFinding[];
  /** Accepted, and found less often or no more; `count` says by how much. */
  readonly stale: readonly AcceptedFinding[];
}

/** Of findings with the same key the first ones are the accepted ones. */
export function compareFindings(found: readonly LocatedFinding[], accepted: readonly AcceptedFinding[]): Comparison {
  const left = new Map(accepted.map((entry) => [keyOf(entry), entry.count]));
  const fresh = found.filter((finding) => {
    const count = left.get(keyOf(finding)) ?? 0;
    left.set(keyOf(finding), Math.max(0, count - 1));
    return count === 0;
  });
  const stale = accepted.flatMap((entry) => {
    const count = left.get(keyOf(entry)) ?? 0;
    return count > 0 ? [{ ...entry, count }] : [];
  });
  return { fresh, stale };
}

/** The findings to accept, counted and in the order of their keys. */
export function countFindings(found: readonly Finding[]): readonly AcceptedFinding[] {
  const counts = new Map<string, AcceptedFinding>();
  for (const { path, hook, callee, transform } of found) {
    const finding = { path, hook, ...(callee === undefined ? { transform: transform ?? '' } : { callee }) };
    const key = keyOf(finding);
    counts.set(key, { ...finding, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
}

function keyOf({ path, hook, callee, transform }: Finding): string {
  return JSON.stringify([path, hook, callee ?? null, transform ?? null]);
}
