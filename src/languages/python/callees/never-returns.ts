import { matcherOf } from '../../wording/call-patterns.ts';
import type { FunctionDefinition } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';
import { argumentsOf, dottedName, field, isAsync, named, ownNodes, placeOf } from '../tree/tree.ts';
import type { CallMade } from './calls-made.ts';
import { type CostFinding, type Costs, FINITE, isGenerator, MAX_DEPTH } from './cost-finding.ts';
import { writtenCallee } from './dotted-call.ts';
import { endlessLoop, isFlagName } from './endless.ts';
import { ENDLESS_CALLS } from './endless-calls.ts';
import { withText } from './with-text.ts';

/** Whether a call to something outside the project comes back only when it is stopped. */
export const isEndlessCall = matcherOf(ENDLESS_CALLS);

/** Waiting for it ends only by cancellation, or when something stops it. */
export function neverReturns(of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  const body = field(of.node, 'body');
  const loop = body && !isGenerator(of) ? endlessLoop(body) : undefined;
  if (loop) return { cost: 'never-returns', at: placeOf(of.module, loop), reason: 'loops for ever' };
  for (const call of costs.callsOf(of)) {
    const finding = endlessCall(call, of, depth, costs);
    if (finding) return finding;
  }
  const wait = body && endlessWait(body);
  return wait && { cost: 'never-returns', at: placeOf(of.module, wait), reason: 'waits until it is stopped' };
}

function endlessCall(call: CallMade, of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  const isWaitedFor = call.mode === 'awaited' || (call.mode === 'plain' && call.target?.kind === 'function');
  if (!isWaitedFor || isBounded(call.node, of.node)) return undefined;
  if (call.target?.kind === 'function') {
    const isRun = call.mode === 'awaited' || !isAsync(call.target.node);
    const inner = depth < MAX_DEPTH && isRun ? costs.costOf(call.target, depth + 1) : FINITE;
    return inner.cost === 'never-returns' ? inner : undefined;
  }
  if (!isEndlessCall(call.name)) return undefined;
  return {
    cost: 'never-returns',
    at: placeOf(of.module, call.node),
    reason: `waits for ${call.name}, which runs until it is stopped`,
  };
}

/** `await asyncio.Event().wait()`, `await self._stop_event.wait()`, `await asyncio.Future()`: only stopping ends it. */
function endlessWait(body: Node): Node | undefined {
  return ownNodes(body).find((node) => {
    const value = node.type === 'await' ? named(node)[0] : undefined;
    if (!value) return false;
    const written = value.type === 'call' ? writtenCallee(value) : '';
    if (/^(asyncio\.Event\.wait|asyncio\.Future|Event\.wait|Future)$/.test(written)) return !isNested(node);
    const callee = value.type === 'call' ? field(value, 'function') : undefined;
    const object =
      callee?.type === 'attribute' && field(callee, 'attribute')?.text === 'wait' ? field(callee, 'object') : undefined;
    return object !== undefined && dottedName(object) !== undefined && isFlagName(object);
  });
}

/** `Event()` as a name is one that was made in the same expression; nothing else can set it. */
function isNested(awaited: Node): boolean {
  return !/^await\s+(asyncio\.)?(Event\(\)\.wait|Future)\(\)$/.test(awaited.text);
}

/** A timeout around the call ends it: `wait_for`, `asyncio.timeout`, `move_on_after`. */
function isBounded(call: Node, owner: Node): boolean {
  for (let at = call.parent; at && at.id !== owner.id; at = at.parent) {
    if (at.type === 'call' && /(^|\.)wait_for$/.test(writtenCallee(at))) return true;
    if (at.type === 'call' && /(^|\.)wait$/.test(writtenCallee(at)) && argumentsOf(at).keywords.has('timeout'))
      return true;
    if (at.type === 'with_statement' && /(^|[^\w])(timeout|timeout_at|move_on_after|fail_after)\(/.test(withText(at)))
      return true;
  }
  return false;
}
