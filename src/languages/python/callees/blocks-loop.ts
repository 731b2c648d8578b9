import { matcherOf } from '../../wording/call-patterns.ts';
import type { FunctionDefinition } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';
import { argumentsOf, field, isAsync, named, ownNodes, placeOf } from '../tree/tree.ts';
import { BLOCKING_CALLS } from './blocking-calls.ts';
import { type CostFinding, type Costs, MAX_DEPTH } from './cost-finding.ts';
import { writtenCallee } from './dotted-call.ts';

/** Whether a call to something outside the project keeps the event loop from running anything else. */
export const isBlockingCall = matcherOf(BLOCKING_CALLS);

/** An `async` body that blocks and never gives others a turn. */
export function blocksLoop(of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  if (!isAsync(of.node) || !field(of.node, 'body') || isSuspended(of, depth, costs)) return undefined;
  return blockingWork(of, depth, costs);
}

/** Some await in it gives others a turn. */
function isSuspended(of: FunctionDefinition, depth: number, costs: Costs): boolean {
  const body = field(of.node, 'body');
  return (body ? ownNodes(body) : []).some((node) => {
    if (node.type === 'for_statement' || node.type === 'with_statement' || node.type === 'for_in_clause') {
      return node.child(0)?.type === 'async';
    }
    return node.type === 'await' && !isEmptyAwait(node, of, depth, costs);
  });
}

/** `await asyncio.sleep(0)`, and a function of the project that itself never gives others a turn. */
function isEmptyAwait(awaited: Node, of: FunctionDefinition, depth: number, costs: Costs): boolean {
  const value = named(awaited)[0];
  if (value?.type !== 'call') return false;
  if (/(^|\.)sleep$/.test(writtenCallee(value))) return argumentsOf(value).positional[0]?.text === '0';
  const call = costs.callsOf(of).find((made) => made.node.id === value.id && made.mode === 'awaited');
  if (call?.target?.kind !== 'function' || depth >= MAX_DEPTH || !isAsync(call.target.node)) return false;
  return !isSuspended(call.target, depth + 1, costs);
}

function blockingWork(of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  for (const call of costs.callsOf(of)) {
    if (call.mode === 'threaded' || call.mode === 'spawned') continue;
    if (isBlockingCall(call.name)) {
      return { cost: 'blocks-loop', at: placeOf(of.module, call.node), reason: `calls ${call.name}` };
    }
    const inner = call.target;
    const isRun = inner?.kind === 'function' && (call.mode === 'awaited' || !isAsync(inner.node));
    const finding = isRun && depth < MAX_DEPTH ? blockingWork(inner, depth + 1, costs) : undefined;
    if (finding) return finding;
  }
  return undefined;
}
