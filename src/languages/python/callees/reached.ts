import type { FunctionDefinition } from '../modules/resolver.ts';
import { type CallMade, functionKey } from './calls-made.ts';

/** A function that a call runs, or starts as a task, with how far it is from the callee itself. */
export interface Reached {
  readonly of: FunctionDefinition;
  readonly depth: number;
  /** It runs in a task, job or thread that the callee does not wait for. */
  readonly isSpawned: boolean;
  /** The call that led here; missing for the callee itself. */
  readonly call?: CallMade;
  readonly from?: FunctionDefinition;
}

const MAX_DEPTH = 2;
const MAX_FUNCTIONS = 150;

/** The callee and the project's functions that it calls, two levels deep, each once. */
export function reachedFrom(
  callee: FunctionDefinition,
  callsOf: (of: FunctionDefinition) => readonly CallMade[],
): readonly Reached[] {
  const reached: Reached[] = [{ of: callee, depth: 0, isSpawned: false }];
  const seen = new Set([functionKey(callee)]);
  for (let index = 0; index < reached.length && reached.length < MAX_FUNCTIONS; index++) {
    const from = reached[index];
    if (!from || from.depth >= MAX_DEPTH) continue;
    for (const call of callsOf(from.of)) {
      if (call.target?.kind !== 'function' || seen.has(functionKey(call.target))) continue;
      seen.add(functionKey(call.target));
      const isSpawned = from.isSpawned || call.mode === 'spawned';
      reached.push({ of: call.target, depth: from.depth + 1, isSpawned, call, from: from.of });
    }
  }
  return reached;
}
