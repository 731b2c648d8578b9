import type { FunctionDefinition } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';
import { field, isAsync, named, ownNodes, placeOf } from '../tree/tree.ts';
import { isBlockingCall } from './blocks-loop.ts';
import { type CallMade, isSpawn } from './calls-made.ts';
import { isCheapCall } from './cheap-calls.ts';
import { type CostFinding, type Costs, isGenerator, MAX_DEPTH } from './cost-finding.ts';
import { withText } from './with-text.ts';

/** It starts tasks, threads or jobs, and does nothing else that takes time. */
export function onlyStarts(of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  const body = field(of.node, 'body');
  if (!body || isGenerator(of) || waitsElsewhere(body)) return undefined;
  let started: CostFinding | undefined;
  for (const call of costs.callsOf(of)) {
    if (call.mode === 'spawned') continue;
    const start = startOf(call, of, depth, costs);
    started ??= start;
    if (!start && !isQuick(call, depth, costs)) return undefined;
  }
  return started;
}

function startOf(call: CallMade, of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  const what = startedBy(call);
  if (what) return { cost: 'returns-at-once', at: placeOf(of.module, call.node), reason: `${what} and returns` };
  if (call.target?.kind !== 'function' || depth >= MAX_DEPTH) return undefined;
  if (call.mode === 'plain' && isAsync(call.target.node)) return undefined;
  const inner = costs.costOf(call.target, depth + 1);
  return inner.cost === 'returns-at-once' ? inner : undefined;
}

/** A call that neither waits nor blocks for long, as far as can be seen. */
function isQuick(call: CallMade, depth: number, costs: Costs): boolean {
  if (call.mode === 'threaded') return false;
  if (isCheapCall(call) && call.mode === 'plain') return true;
  if (isBlockingCall(call.name)) return false;
  if (call.target?.kind !== 'function') return call.mode === 'plain';
  if (depth > MAX_DEPTH) return call.mode === 'plain';
  if (call.mode === 'plain' && isAsync(call.target.node)) return true;
  const body = field(call.target.node, 'body');
  if (!body || waitsElsewhere(body)) return false;
  return costs.callsOf(call.target).every((inner) => inner.mode === 'spawned' || isQuick(inner, depth + 1, costs));
}

/** What a call starts by itself: a phrase. */
function startedBy(call: CallMade): string | undefined {
  if (call.mode !== 'plain') return undefined;
  if (/(^|[._])add_job$/.test(call.name)) return 'schedules a job of its own';
  if (isSpawn(call.name)) return 'starts a task of its own';
  const object = /^(.*)\.start$/.exec(call.name)?.[1];
  if (object === undefined || call.target?.kind === 'function') return undefined;
  if (/(^|[._])(\w*thread|process|timer|worker|observer)$/i.test(object)) return 'starts a thread of its own';
  return /scheduler/i.test(object) ? 'starts a scheduler' : undefined;
}

/** It waits for something that is no call, loops until a condition holds, or enters an async scope that is no lock. */
function waitsElsewhere(body: Node): boolean {
  return ownNodes(body).some((node) => {
    if (node.type === 'while_statement') return true;
    if (node.type === 'for_statement') return node.child(0)?.type === 'async';
    if (node.type === 'with_statement')
      return node.child(0)?.type === 'async' && !/lock|semaphore/i.test(withText(node));
    return node.type === 'await' && named(node)[0]?.type !== 'call';
  });
}
