import { SyntaxKind } from 'ts-morph';
import type { CalleeBody, Cost, ProjectFiles } from '../../../core/index.ts';
import type { Definition, Modules } from '../modules/definition.ts';
import { bodyOf } from '../tree/own-nodes.ts';
import { type CallMade, createCallReader } from './calls-made.ts';
import { isCheapCall, isOnApp } from './cheap-calls.ts';
import { createCostReader } from './cost.ts';
import { deletionsOf } from './deletions.ts';
import { documentationOf, remarksOf } from './documentation.ts';
import { createEffectReader } from './effects.ts';
import { exitsOnFailure, survivesFailure } from './failure-of-body.ts';
import { displayName, type FunctionDefinition, functionBehind, functionKey, placeOf } from './functions.ts';
import { onlyLogs } from './only-logs.ts';
import { queriesOf } from './queries.ts';
import { type Reached, reachedFrom } from './reached.ts';
import { repeatedAt } from './repetition.ts';
import { runNodes } from './run-nodes.ts';

/** Reads what the function behind a callee does. */
export interface CalleeReader {
  calleeBody(definition: Definition): CalleeBody | undefined;
  cost(definition: Definition | undefined): Cost;
}

const MAX_CALLS = 200;

export function createCalleeReader(modules: Modules, project: ProjectFiles): CalleeReader {
  const callsOf = createCallReader(modules);
  const costOf = createCostReader(callsOf, modules);
  const { effectsOf, readsOf } = createEffectReader(project, modules);
  const known = new Map<string, CalleeBody>();

  function calleeBody(definition: Definition): CalleeBody | undefined {
    const of = functionBehind(definition, modules);
    if (!of || !bodyOf(of.node)) return undefined;
    const key = functionKey(of);
    const body = known.get(key) ?? read(of);
    known.set(key, body);
    return body;
  }

  function read(of: FunctionDefinition): CalleeBody {
    const reached = reachedFrom(of, callsOf);
    const atOnce = reached.filter((one) => !one.isLater);
    const { cost, at: costAt, reason: costReason } = costOf(of);
    const calls = callsOf(of);
    const documentation = documentationOf(of);
    const repeated = repeatedAt(of);
    return {
      at: placeOf(of.module, of.node),
      name: displayName(of),
      ...(documentation && { docstring: documentation }),
      isAsync: modules.isAsync(of) === true,
      ...(costAt && { costAt }),
      ...(costReason && { costReason }),
      calls: callNames(atOnce, callsOf),
      remarks: remarksOf(of),
      queries: [...new Set(atOnce.flatMap((one) => queriesOf(one.of)))],
      isTrivial: isTrivial(of, calls),
      onlyLogs: onlyLogs(of),
      survivesFailure: survivesFailure(of, calls),
      exitsOnFailure: exitsOnFailure(of),
      effects: effectsOf(reached),
      reads: readsOf(reached),
      ...(repeated && { repeatedAt: repeated }),
      ...deletionsOf(reached, cost === 'never-returns'),
    };
  }

  return { calleeBody, cost: (definition) => costOf(definition).cost };
}

/** Names with their imports resolved; what works on an app also as it is written, which says that it is one. */
function callNames(
  reached: readonly Reached[],
  callsOf: (of: FunctionDefinition) => readonly CallMade[],
): readonly string[] {
  const calls = reached.flatMap((one) => callsOf(one.of).filter((call) => call.mode !== 'later' && !isCheapCall(call)));
  const names = calls.flatMap((call) => (isOnApp(call) && !call.target ? [call.name, call.written] : [call.name]));
  return [...new Set(names.filter((name) => name !== '' && name !== 'Promise'))].slice(0, MAX_CALLS);
}

/** It only logs, assigns or does nothing. */
function isTrivial(of: FunctionDefinition, calls: readonly CallMade[]): boolean {
  return calls.every(isCheapCall) && runNodes(of, BUSY).length === 0;
}

const BUSY = [
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.AwaitExpression,
  SyntaxKind.YieldExpression,
  SyntaxKind.ThrowStatement,
];
