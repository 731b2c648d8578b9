import type { CallMade, FunctionDefinition } from './calls-made.ts';

/** A function that a callee runs, itself first. */
export interface Reached {
  readonly of: FunctionDefinition;
  readonly depth: number;
  /** It runs in a timer or a handler: nobody waits for it. */
  readonly isSpawned: boolean;
}

/** How deep project functions are followed. */
const DEPTH = 2;
const MOST = 40;

/** The project's functions that a function calls, two levels deep, each once. */
export function reachedFrom(
  of: FunctionDefinition,
  callsOf: (of: FunctionDefinition) => readonly CallMade[],
): readonly Reached[] {
  const found: Reached[] = [{ of, depth: 0, isSpawned: false }];
  const seen = new Set([of.node]);
  for (const { of: from, depth, isSpawned } of found) {
    if (depth >= DEPTH) continue;
    for (const { target, mode } of callsOf(from)) {
      if (!target || seen.has(target.node) || found.length >= MOST) continue;
      seen.add(target.node);
      found.push({ of: target, depth: depth + 1, isSpawned: isSpawned || mode === 'spawned' });
    }
  }
  return found;
}
