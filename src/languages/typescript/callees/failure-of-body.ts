import { Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { bodyOf, isFunction, isInside, statementsOf, unwrapped } from '../tree/own-nodes.ts';
import type { CallMade } from './calls-made.ts';
import { isCheapCall } from './cheap-calls.ts';
import type { FunctionDefinition } from './functions.ts';
import { runNodes, runNodesIn } from './run-nodes.ts';

/** Every call that can fail stands in a `try` whose handler logs and goes on, or has a `catch` that does. */
export function survivesFailure(of: FunctionDefinition, calls: readonly CallMade[]): boolean {
  const work = calls.filter((call) => !isCheapCall(call) && call.name !== '');
  return (
    work.length > 0 &&
    work.every(({ node }) => isGuarded(node, of.node) || isCaught(node) || isInHandler(node, of.node))
  );
}

/** It ends the process, or throws on purpose where nothing of its own catches that. */
export function exitsOnFailure(of: FunctionDefinition): boolean {
  return runNodes(of, [SyntaxKind.CallExpression, SyntaxKind.ThrowStatement]).some((node) => {
    if (Node.isCallExpression(node)) return EXIT.test(calleeText(node.getExpression()));
    return !/not (yet )?implemented|AbortError/i.test(node.getText()) && !isGuarded(node, of.node);
  });
}

const EXIT = /^(process\.(exit|abort|kill|reallyExit)|Deno\.exit|exit)$/;

/** The node stands in the body of a `try` that lets no failure out. */
function isGuarded(node: Node, root: Node): boolean {
  return node.getAncestors().some((outer) => {
    if (!Node.isTryStatement(outer) || !isInside(outer, root) || !isInside(node, outer.getTryBlock())) return false;
    const clause = outer.getCatchClause();
    return clause !== undefined && isPlain(clause.getBlock());
  });
}

/** `load().catch((error) => logger.warn(error))`, `.then(…, () => {})` */
function isCaught(node: Node): boolean {
  let at = node;
  for (let outer = at.getParent(); outer; at = outer, outer = outer.getParent()) {
    const call = outer.getParent();
    if (Node.isPropertyAccessExpression(outer) && outer.getExpression() === at && Node.isCallExpression(call)) {
      if (outer.getName() === 'catch' && isPlainHandler(call.getArguments()[0])) return true;
      if (outer.getName() === 'then' && isPlainHandler(call.getArguments()[1])) return true;
    } else if (Node.isStatement(outer)) return false;
  }
  return false;
}

function isInHandler(node: Node, root: Node): boolean {
  const clause = node.getFirstAncestorByKind(SyntaxKind.CatchClause);
  return clause !== undefined && isInside(clause, root) && isPlain(clause.getBlock());
}

function isPlainHandler(handler: Node | undefined): boolean {
  if (!handler) return false;
  if (!isFunction(handler)) return /^(console|log(ger)?)\.|(^|\.)noop$/.test(handler.getText());
  const body = bodyOf(handler);
  return Node.isBlock(body) ? isPlain(body) : body !== undefined && isPlainExpression(body);
}

/** The block logs, returns or goes on. */
function isPlain(block: Node): boolean {
  return statementsOf(block).every(isPlainStatement);
}

function isPlainStatement(statement: Node): boolean {
  if (Node.isReturnStatement(statement)) {
    const value = statement.getExpression();
    return (
      value === undefined || runNodesIn(value, [SyntaxKind.AwaitExpression, SyntaxKind.NewExpression]).length === 0
    );
  }
  if (Node.isContinueStatement(statement) || Node.isBreakStatement(statement) || Node.isEmptyStatement(statement))
    return true;
  if (Node.isBlock(statement)) return isPlain(statement);
  if (Node.isIfStatement(statement)) {
    const parts = [statement.getThenStatement(), statement.getElseStatement()];
    return parts.every((one) => one === undefined || isPlainStatement(one));
  }
  // A message that is put together for the log.
  if (Node.isVariableStatement(statement)) return runNodesIn(statement, [SyntaxKind.AwaitExpression]).length === 0;
  return Node.isExpressionStatement(statement) && isPlainExpression(statement.getExpression());
}

function isPlainExpression(expression: Node): boolean {
  const node = unwrapped(expression);
  const call = Node.isAwaitExpression(node) || Node.isVoidExpression(node) ? unwrapped(node.getExpression()) : node;
  if (/^(null|undefined|true|false|\d+|'[^']*'|\[\]|\{\})$/.test(call.getText())) return true;
  if (!Node.isCallExpression(call)) return false;
  return HARMLESS.test(lastPart(calleeText(call.getExpression()))) || isLogCall(call);
}

const HARMLESS =
  /^(sleep|delay|setTimeout|captureException|captureMessage|capture|log\w*|warn|error|debug|recordException|noticeError|end|setStatus|report\w*Error)$/;
