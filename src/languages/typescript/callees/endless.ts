import { Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import { saysRunOrStop } from '../../wording/state-words.ts';
import { snakeCase } from '../../wording/words-of.ts';
import { calleeText, dottedName } from '../tree/dotted-name.ts';
import { enclosingLoop, isInside, unwrapped } from '../tree/own-nodes.ts';
import type { FunctionDefinition } from './functions.ts';
import { runNodes, runNodesIn } from './run-nodes.ts';

/** The first loop of a body that ends only when something stops it. */
export function endlessLoop(of: FunctionDefinition): Node | undefined {
  return runNodes(of, LOOPS).find(isEndlessLoop);
}

/** The last part of a dotted name counts: `this.stopEvent`, `state.running`, `controller.signal.aborted`. */
export function isFlagName(node: Node): boolean {
  const name = dottedName(node);
  return name !== undefined && saysRunOrStop(lastPart(name).replace(/^#/, ''));
}

const LOOPS = [SyntaxKind.WhileStatement, SyntaxKind.DoStatement, SyntaxKind.ForStatement, SyntaxKind.ForOfStatement];

function isEndlessLoop(loop: Node): boolean {
  if (Node.isForOfStatement(loop)) return isEndlessForOf(loop);
  const condition = conditionOf(loop);
  if (hasExit(loop)) return false;
  if (!condition) return Node.isForStatement(loop);
  if (isAlwaysTrue(condition)) return true;
  return !Node.isForStatement(loop) && isRunFlag(condition) && pauses(loop) && !clears(loop, condition);
}

function conditionOf(loop: Node): Node | undefined {
  if (Node.isForStatement(loop)) return loop.getCondition();
  return Node.isWhileStatement(loop) || Node.isDoStatement(loop) ? loop.getExpression() : undefined;
}

/** `for await (const message of consumer)`; rows of a cursor and chunks of a file come to an end. */
function isEndlessForOf(loop: Node): boolean {
  if (!Node.isForOfStatement(loop) || !loop.isAwaited() || hasExit(loop)) return false;
  const items = unwrapped(loop.getExpression());
  return lasts(items) || lasts(initializerOf(items));
}

function lasts(items: Node | undefined): boolean {
  if (!items) return false;
  const call = Node.isAwaitExpression(items) ? unwrapped(items.getExpression()) : items;
  const callee = Node.isCallExpression(call) ? unwrapped(call.getExpression()) : call;
  const written = snakeCase(calleeText(callee));
  if (/^(on|set_?Interval)$/i.test(written)) return Node.isCallExpression(call);
  const parts = written.replaceAll('()', '').split('.');
  const telling = /^(stream|iterator|iterable|async_?Iterator|values|entries|read|receive)$/i.test(parts.at(-1) ?? '')
    ? parts.at(-2)
    : parts.at(-1);
  return STREAMS.test(telling ?? '');
}

/** What a variable was made from. */
function initializerOf(name: Node): Node | undefined {
  if (!Node.isIdentifier(name)) return undefined;
  const [declaration] = name.getSymbol()?.getDeclarations() ?? [];
  return Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined;
}

function isAlwaysTrue(condition: Node): boolean {
  return /^(true|1|!0|!false)$/.test(unwrapped(condition).getText());
}

/** `this.running`, `!this.stopped`, `!signal.aborted`, `this.state !== 'stopped'`, `true && !closing`. */
function isRunFlag(condition: Node): boolean {
  const node = unwrapped(condition);
  if (isAlwaysTrue(node)) return true;
  if (Node.isPrefixUnaryExpression(node)) return isRunFlag(node.getOperand());
  if (Node.isCallExpression(node)) return isFlagName(node.getExpression());
  if (!Node.isBinaryExpression(node)) return isFlagName(node);
  const operator = node.getOperatorToken().getText();
  if (!/^(&&|\|\||[=!]==?)$/.test(operator)) return false;
  const sides = [node.getLeft(), node.getRight()];
  return operator === '&&' || operator === '||' ? sides.every(isRunFlag) : sides.some(isFlagName);
}

/** Something in the loop lets it be left other than by a flag of the stopping side or an end mark. */
function hasExit(loop: Node): boolean {
  return runNodesIn(loop, [SyntaxKind.BreakStatement, SyntaxKind.ReturnStatement]).some(
    (node) => leaves(node, loop) && !isStopping(node, loop),
  );
}

function leaves(exit: Node, loop: Node): boolean {
  if (Node.isReturnStatement(exit)) return exit.getFirstAncestor((one) => one === loop || isCallback(one)) === loop;
  if (!Node.isBreakStatement(exit)) return false;
  if (exit.getLabel()) return true;
  const around = exit.getFirstAncestor((one) => Node.isSwitchStatement(one) || Node.isIterationStatement(one));
  return around === loop && enclosingLoop(exit) === loop;
}

/** A `return` in a callback goes back into the loop. */
function isCallback(node: Node): boolean {
  return Node.isArrowFunction(node) || Node.isFunctionExpression(node);
}

/** The way to the exit leads through `if (!this.running)`, `if (signal.aborted)` or `catch (AbortError)`. */
function isStopping(exit: Node, loop: Node): boolean {
  for (let at = exit, outer = at.getParent(); outer && at !== loop; at = outer, outer = outer.getParent()) {
    if (!Node.isIfStatement(outer) || outer.getExpression() === at) continue;
    const condition = outer.getExpression();
    if (!isAlwaysTrue(condition) && (saysStopped(condition) || isAbort(condition))) return true;
  }
  return false;
}

function saysStopped(condition: Node): boolean {
  const node = unwrapped(condition);
  if (Node.isBinaryExpression(node) && /^(&&|\|\|)$/.test(node.getOperatorToken().getText()))
    return saysStopped(node.getLeft()) || saysStopped(node.getRight());
  return isRunFlag(node);
}

function isAbort(condition: Node): boolean {
  return /AbortError|ABORT_ERR|Cancell?ed(Error)?\b|SHUTDOWN|consumer closed/i.test(condition.getText());
}

function pauses(loop: Node): boolean {
  return runNodesIn(loop, [SyntaxKind.AwaitExpression, SyntaxKind.ForOfStatement]).some(
    (node) => Node.isAwaitExpression(node) || (Node.isForOfStatement(node) && node.isAwaited()),
  );
}

/** The loop itself ends its condition: `this.running = false`. */
function clears(loop: Node, condition: Node): boolean {
  return runNodesIn(loop, [SyntaxKind.BinaryExpression]).some((node) => {
    if (!Node.isBinaryExpression(node) || node.getOperatorToken().getKind() !== SyntaxKind.EqualsToken) return false;
    if (isInside(node, condition)) return true;
    const target = node.getLeft().getText();
    const isAsked = runNodesIn(condition, [SyntaxKind.Identifier, SyntaxKind.PropertyAccessExpression]).some(
      (one) => one.getText() === target,
    );
    return isAsked;
  });
}

/** Streams of messages that last as long as the server. */
const STREAMS =
  /(^|_)(listen|listener|subscribe|subscription|sub|consumer|consume|pubsub|web_?socket|ws|watch|watcher|watches|notifications?|changes|change_?Stream|message_?Stream|messages|event_?Stream|stream_?Events|queue|sse|socket|sock|feed)$/i;
