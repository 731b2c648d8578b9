import { Node, SyntaxKind } from 'ts-morph';
import { matcherOf } from '../../wording/call-patterns.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isAsyncFunction, unwrapped } from '../tree/own-nodes.ts';
import { BLOCKING_CALLS, BLOCKING_IN_LOOPS, HEAVY_PACKAGES } from './blocking-calls.ts';
import { forwards } from './call-modes.ts';
import type { CallMade } from './calls-made.ts';
import { type CostFinding, type Costs, MAX_DEPTH } from './cost-finding.ts';
import { type FunctionDefinition, isGenerator, placeOf } from './functions.ts';
import { runNodes, runNodesIn } from './run-nodes.ts';

/** Whether a call to something outside the project keeps the event loop from running anything else. */
export const isBlockingCall = matcherOf(BLOCKING_CALLS);

const blocksInLoops = matcherOf(BLOCKING_IN_LOOPS);

/** Its body blocks before it first gives others a turn. */
export function blocksLoop(of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  if (isGenerator(of)) return undefined;
  const turn = firstTurn(of, depth, costs);
  const loop = runNodes(of, [SyntaxKind.WhileStatement, SyntaxKind.DoStatement]).find(isBusyLoop);
  if (loop && loop.getStart() < turn)
    return { cost: 'blocks-loop', at: placeOf(of.module, loop), reason: 'waits in a busy loop' };
  for (const call of costs.callsOf(of)) {
    if (call.node.getStart() > turn) break;
    const finding = blockingWork(call, of, depth, costs);
    if (finding) return finding;
  }
  return undefined;
}

/** Offset of the first await that gives others a turn. */
function firstTurn(of: FunctionDefinition, depth: number, costs: Costs): number {
  const awaits = runNodes(of, [SyntaxKind.AwaitExpression, SyntaxKind.ForOfStatement]);
  const turn = awaits.find((node) =>
    Node.isForOfStatement(node)
      ? node.isAwaited()
      : Node.isAwaitExpression(node) && !isEmptyAwait(node, of, depth, costs),
  );
  return turn ? turn.getStart() : Number.POSITIVE_INFINITY;
}

/** `await Promise.resolve()`, `await null`, and functions of the project that themselves never give others a turn. */
function isEmptyAwait(node: Node, of: FunctionDefinition, depth: number, costs: Costs): boolean {
  const value = Node.isAwaitExpression(node) ? unwrapped(node.getExpression()) : undefined;
  if (!Node.isCallExpression(value))
    return value !== undefined && (Node.isLiteralExpression(value) || /^(null|undefined)$/.test(value.getText()));
  if (/^Promise\.(resolve|reject)$/.test(calleeText(value.getExpression()))) return true;
  if (forwards(value)) return false;
  const call = costs.callsOf(of).find((made) => made.node === value && made.mode === 'awaited');
  if (!call?.target || depth >= MAX_DEPTH || isGenerator(call.target)) return false;
  // A plain function may give a promise of any kind.
  if (!isAsyncFunction(call.target.node)) return false;
  return firstTurn(call.target, depth + 1, costs) === Number.POSITIVE_INFINITY;
}

function blockingWork(call: CallMade, of: FunctionDefinition, depth: number, costs: Costs): CostFinding | undefined {
  if (call.mode === 'later') return undefined;
  if (isBlocking(call)) {
    const what = call.name === 'require' ? call.node.getText() : call.name;
    return { cost: 'blocks-loop', at: placeOf(of.module, call.node), reason: `calls ${what}` };
  }
  const finding = call.target && depth < MAX_DEPTH ? blocksLoop(call.target, depth + 1, costs) : undefined;
  return finding;
}

function isBlocking({ name, node }: CallMade): boolean {
  if (isBlockingCall(name)) return true;
  if (name === 'require' && Node.isCallExpression(node)) {
    const [specifier] = node.getArguments();
    return Node.isStringLiteral(specifier) && HEAVY_PACKAGES.test(specifier.getLiteralText());
  }
  return blocksInLoops(name) && isRepeated(node);
}

/** A loop or an array's callback makes the call for every entry. */
function isRepeated(node: Node): boolean {
  return node.getAncestors().some((outer) => {
    if (Node.isIterationStatement(outer)) return true;
    const callee = Node.isCallExpression(outer) && outer !== node ? outer.getExpression() : undefined;
    return Node.isPropertyAccessExpression(callee) && /^(map|forEach|filter|flatMap|reduce)$/.test(callee.getName());
  });
}

/** `while (Date.now() < end) {}` */
function isBusyLoop(loop: Node): boolean {
  if (!Node.isWhileStatement(loop) && !Node.isDoStatement(loop)) return false;
  const asksClock = /\b(Date\.now|performance\.now|hrtime)\b/.test(loop.getExpression().getText());
  return asksClock && runNodesIn(loop, [SyntaxKind.AwaitExpression]).length === 0;
}
