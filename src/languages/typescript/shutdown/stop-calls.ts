import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import { looksOnly, releases } from '../../wording/stop-words.ts';
import { isExit } from '../steps/exits.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { bodyOf, isFunction, ownNodes, statementsOf, unwrapped } from '../tree/own-nodes.ts';

/** The calls that a statement makes while it runs, in source order; those that write to a log or end the process are left out. */
export function workCalls(statement: Node): CallExpression[] {
  return callsRun(statement).filter((call) => !isLogCall(call) && !isLoggerOfCall(call) && !isExit(call));
}

/** The call that releases something; the first call that does any work otherwise. */
export function releasingCall(calls: readonly CallExpression[]): CallExpression | undefined {
  return calls.find((call) => releases(calleeOf(call))) ?? calls.find((call) => !looksOnly(calleeOf(call))) ?? calls[0];
}

/** `worker.close`; of `db.close().catch(log)` the callee is `db.close().catch`, and `db.close` stands in it. */
export function calleeOf(call: CallExpression): string {
  return calleeText(call.getExpression());
}

/** Nodes of some kinds at or below a node that run when it runs: in it, and in functions that are called as they are handed over. */
export function nodesRun(root: Node, kinds: readonly SyntaxKind[]): Node[] {
  const inner = ownNodes(root, FUNCTION_VALUES).filter((one) => one !== root && runsAtOnce(one));
  const found = [...ownNodes(root, kinds), ...inner.flatMap((one) => nodesRun(bodyOf(one) ?? one, kinds))];
  return [...new Set(found)].sort((left, right) => left.getStart() - right.getStart());
}

/** The function that a call is given as its last argument, where it is written there. */
export function callbackOf(call: CallExpression): Node | undefined {
  const last = call.getArguments().at(-1);
  const value = last && unwrapped(last);
  return value && isFunction(value) ? value : undefined;
}

/** `if (enabled) { await worker.stop(); await poller.stop(); }`: one that fails must not keep the other from running. */
export function severalStops(blocks: readonly (Node | undefined)[]): boolean {
  const stops = blocks
    .flatMap((block) => statementsOf(block))
    .flatMap((statement) => {
      const call = releasingCall(workCalls(statement));
      return call && releases(calleeOf(call)) ? [calleeOf(call)] : [];
    });
  return new Set(stops).size > 1;
}

const FUNCTION_VALUES = [SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression];

function callsRun(root: Node): CallExpression[] {
  return nodesRun(root, [SyntaxKind.CallExpression]).filter(Node.isCallExpression);
}

/** The executor of `new Promise(…)`, the function of `workers.map(…)`, and one that is called where it stands. */
function runsAtOnce(node: Node): boolean {
  let outer = node.getParent();
  while (outer && Node.isParenthesizedExpression(outer)) outer = outer.getParent();
  if (Node.isNewExpression(outer)) return outer.getExpression().getText() === 'Promise';
  if (!Node.isCallExpression(outer)) return false;
  if (unwrapped(outer.getExpression()) === node) return true;
  return /\.(map|forEach|flatMap|filter)$/.test(calleeOf(outer));
}

/** `getLogger()` of `getLogger().info(…)`. */
function isLoggerOfCall(call: Node): boolean {
  const member = call.getParent();
  const log = Node.isPropertyAccessExpression(member) ? member.getParent() : undefined;
  return log !== undefined && isLogCall(log);
}
