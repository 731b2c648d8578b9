import type { CallMade } from './calls-made.ts';
import { type FunctionDefinition, functionKey } from './functions.ts';

/** A function that a call runs, or starts beside it, with how far it is from the callee itself. */
export interface Reached {
  readonly of: FunctionDefinition;
  readonly depth: number;
  /** The callee does not wait for it. */
  readonly isSpawned: boolean;
  /** It runs at a later time: a timer's callback. */
  readonly isLater: boolean;
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
  const reached: Reached[] = [{ of: callee, depth: 0, isSpawned: false, isLater: false }];
  const seen = new Set([functionKey(callee)]);
  for (let index = 0; index < reached.length && reached.length < MAX_FUNCTIONS; index++) {
    const from = reached[index];
    if (!from || from.depth >= MAX_DEPTH) continue;
    for (const call of inOrderOfWaiting(callsOf(from.of))) {
      if (!call.target || seen.has(functionKey(call.target))) continue;
      seen.add(functionKey(call.target));
      const isLater = from.isLater || call.mode === 'later';
      const isSpawned = from.isSpawned || isLater || call.mode === 'spawned';
      // A callback that is written in place is as deep as what it stands in.
      const depth = from.depth + (call.name === '' ? 0 : 1);
      reached.push({ of: call.target, depth, isSpawned, isLater, call, from: from.of });
    }
  }
  return reached;
}

/** What is waited for comes first: a function that is called in both ways counts as waited for. */
function inOrderOfWaiting(calls: readonly CallMade[]): readonly CallMade[] {
  const isBeside = ({ mode }: CallMade) => mode === 'spawned' || mode === 'later';
  return [...calls.filter((call) => !isBeside(call)), ...calls.filter(isBeside)];
}
