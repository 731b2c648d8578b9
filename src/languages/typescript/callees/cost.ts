import type { Definition, Modules } from '../modules/definition.ts';
import { blocksLoop, isBlockingCall } from './blocks-loop.ts';
import type { CallMade } from './calls-made.ts';
import { type CostFinding, type Costs, FINITE } from './cost-finding.ts';
import { type FunctionDefinition, functionBehind, functionKey } from './functions.ts';
import { isEndlessCall, neverReturns } from './never-returns.ts';
import { onlyStarts } from './only-starts.ts';

/** Reads what waiting for a function costs, once each. */
export function createCostReader(
  callsOf: (of: FunctionDefinition) => readonly CallMade[],
  modules: Modules,
): (of: Definition | undefined) => CostFinding {
  const known = new Map<string, CostFinding>();

  function costOf(of: FunctionDefinition, depth: number): CostFinding {
    const key = `${depth} ${functionKey(of)}`;
    const found = known.get(key);
    if (found) return found;
    // A function that calls itself costs what the rest of it does.
    known.set(key, FINITE);
    const result = neverReturns(of, depth, costs) ?? onlyStarts(of, depth, costs) ?? blocksLoop(of, depth, costs);
    known.set(key, result ?? FINITE);
    return result ?? FINITE;
  }

  const costs: Costs = { callsOf, costOf };
  return (of) => {
    const behind = functionBehind(of, modules);
    if (behind) return costOf(behind, 0);
    return of?.kind === 'external' ? outsideCost(of.qualifiedName) : { cost: 'unknown' };
  };
}

/** Of what stands outside the project only the well-known is known. */
function outsideCost(name: string): CostFinding {
  if (isEndlessCall(name)) return { cost: 'never-returns', reason: 'runs until it is stopped' };
  return isBlockingCall(name) ? { cost: 'blocks-loop', reason: 'blocks the event loop' } : { cost: 'unknown' };
}
