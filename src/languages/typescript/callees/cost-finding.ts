import type { Cost, Place } from '../../../core/index.ts';
import type { CallMade } from './calls-made.ts';
import type { FunctionDefinition } from './functions.ts';

/** A cost with where it shows, and what was seen there. */
export interface CostFinding {
  readonly cost: Cost;
  readonly at?: Place;
  readonly reason?: string;
}

/** What a cost is read from: the calls of a function, and the costs of its callees. */
export interface Costs {
  callsOf(of: FunctionDefinition): readonly CallMade[];
  costOf(of: FunctionDefinition, depth: number): CostFinding;
}

/** Callees of callees are followed, not theirs: with the callee itself three bodies. */
export const MAX_DEPTH = 2;

export const FINITE: CostFinding = { cost: 'finite' };
