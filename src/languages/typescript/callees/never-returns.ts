import { Node, SyntaxKind } from 'ts-morph';
import { matcherOf } from '../../wording/call-patterns.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { bodyOf, isAsyncFunction, isFunction, ownNodes, statementsOf, unwrapped } from '../tree/own-nodes.ts';
import type { CallMade } from './calls-made.ts';
import { type CostFinding, type Costs, FINITE, MAX_DEPTH } from './cost-finding.ts';
import { endlessLoop } from './endless.ts';
import { ENDLESS_CALLS } from './endless-calls.ts';
import { type FunctionDefinition, isGenerator, placeOf } from './functions.ts';
import { runNodes } from './run-nodes.ts';

/** Whether a call to something outside the project comes back only when it is stopped. */
export const isEndlessCall = matcherOf(ENDLESS_CALLS);

/** Waiting for it ends only when something stops it. */
export function neverReturns(of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  if (isGenerator(of)) return undefined;
  const loop = endlessLoop(of);
  if (loop) return { cost: 'never-returns', at: placeOf(of.module, loop), reason: 'loops for ever' };
  for (const call of costs.callsOf(of)) {
    const finding = endlessCall(call, of, depth, costs);
    if (finding) return finding;
  }
  const wait = runNodes(of, [SyntaxKind.AwaitExpression]).find(isEndlessWait);
  return wait && { cost: 'never-returns', at: placeOf(of.module, wait), reason: 'waits until it is stopped' };
}

function endlessCall(call: CallMade, of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  const isWaitedFor = call.mode === 'awaited' || (call.mode === 'plain' && call.target !== undefined);
  if (!isWaitedFor || isBounded(call.node)) return undefined;
  const at = placeOf(of.module, call.node);
  if (call.target) {
    if (call.target.node === of.node)
      return callsItself(call, of) ? { cost: 'never-returns', at, reason: 'calls itself again and again' } : undefined;
    const isRun = call.mode === 'awaited' || !isAsyncFunction(call.target.node);
    const inner = depth < MAX_DEPTH && isRun ? costs.costOf(call.target, depth + 1) : FINITE;
    return inner.cost === 'never-returns' ? inner : undefined;
  }
  const isKnown = isEndlessCall(call.name) || isEndlessCall(call.written);
  return isKnown
    ? { cost: 'never-returns', at, reason: `waits for ${call.name}, which runs until it is stopped` }
    : undefined;
}

/** The function ends with an awaited call of itself, under no condition. */
function callsItself(call: CallMade, of: FunctionDefinition): boolean {
  if (call.mode !== 'awaited' || !isAsyncFunction(of.node)) return false;
  const statements = statementsOf(bodyOf(of.node));
  const hasExit = statements.some(
    (one) =>
      ownNodes(one, [SyntaxKind.ReturnStatement, SyntaxKind.ThrowStatement]).length > 0 && !isAround(one, call.node),
  );
  return (
    !hasExit &&
    statements.some(
      (one) => isAround(one, call.node) && (Node.isExpressionStatement(one) || Node.isReturnStatement(one)),
    )
  );
}

function isAround(statement: Node, node: Node): boolean {
  return statement.getPos() <= node.getPos() && statement.getEnd() >= node.getEnd();
}

/** `await new Promise(() => {})`, `await once(process, 'SIGTERM')`: only stopping ends it. */
function isEndlessWait(node: Node): boolean {
  const value = Node.isAwaitExpression(node) ? unwrapped(node.getExpression()) : undefined;
  if (Node.isCallExpression(value)) {
    const [first, event] = value.getArguments();
    return lastPart(calleeText(value.getExpression())) === 'once' && isStop(first, event);
  }
  if (!Node.isNewExpression(value) || value.getExpression().getText() !== 'Promise') return false;
  const executor = value.getArguments()[0];
  return executor !== undefined && isFunction(executor) && neverResolves(executor);
}

/** The executor never calls `resolve`, or only when a signal comes or the server closes. */
function neverResolves(executor: Node): boolean {
  const resolve = Node.isParametered(executor) ? executor.getParameters()[0]?.getNameNode() : undefined;
  const body = bodyOf(executor);
  if (!resolve || !body) return true;
  if (!Node.isIdentifier(resolve)) return false;
  const uses = body.getDescendantsOfKind(SyntaxKind.Identifier).filter((one) => one.getText() === resolve.getText());
  return uses.every(isInStopHandler);
}

function isInStopHandler(node: Node): boolean {
  return node.getAncestors().some((outer) => {
    if (!Node.isCallExpression(outer)) return false;
    const callee = outer.getExpression();
    const isListener = Node.isPropertyAccessExpression(callee) && /^(on|once|addListener)$/.test(callee.getName());
    return isListener && isStop(callee.getExpression(), outer.getArguments()[0]);
  });
}

/** `process` and `'SIGTERM'`, `server` and `'close'`. */
function isStop(emitter: Node | undefined, event: Node | undefined): boolean {
  if (!emitter || !event) return false;
  const name = event.getText().replace(/['"`]/g, '');
  if (lastPart(calleeText(emitter)) === 'process') return /^(SIG[A-Z]+|exit|beforeExit)$/.test(name);
  return (
    /(^|\.)(http)?s?(server|listener|wss|worker|consumer)$/i.test(calleeText(emitter)) &&
    /^(close|closed|end)$/.test(name)
  );
}

/** A time limit around the call ends it: `Promise.race`, `withTimeout`. */
function isBounded(call: Node): boolean {
  return call.getAncestors().some((outer) => {
    if (!Node.isCallExpression(outer)) return false;
    const callee = calleeText(outer.getExpression());
    return (
      /^Promise\.(race|any)$/.test(callee) ||
      /^(with_?timeout|p_?timeout|timeout|race|raceTimeout|abortAfter)$/i.test(lastPart(callee))
    );
  });
}
