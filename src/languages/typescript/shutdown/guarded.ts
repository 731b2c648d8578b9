import { Node, SyntaxKind, type TryStatement } from 'ts-morph';
import { isExit } from '../steps/exits.ts';
import { isLogLine } from '../tree/log-lines.ts';
import { bodyOf, enclosingLoop, isFunction, isInside, ownNodes, unwrapped } from '../tree/own-nodes.ts';
import { calleeOf, nodesRun } from './stop-calls.ts';

/** A failure of the statement does not keep the next ones from running. */
export function isGuarded(statement: Node): boolean {
  if (Node.isIfStatement(statement)) return [statement.getThenStatement(), statement.getElseStatement()].every(isQuiet);
  if (Node.isBlock(statement)) return statement.getStatements().every(isQuiet);
  if (Node.isTryStatement(statement)) return catchesAll(statement);
  const expression = expressionOf(statement);
  return expression !== undefined && isHandled(promiseOf(expression));
}

/** It can return, throw or end the process. A `throw` in a handler leaves too: the statements after it do not run. */
export function leaves(statement: Node): boolean {
  const ways = nodesRun(statement, [
    SyntaxKind.ReturnStatement,
    SyntaxKind.ThrowStatement,
    SyntaxKind.BreakStatement,
    SyntaxKind.ContinueStatement,
    SyntaxKind.CallExpression,
  ]);
  if (ways.some((way) => leavesBy(way, statement))) return true;
  const expression = expressionOf(statement);
  return expression !== undefined && endsInCallback(expression);
}

/** The expression of a statement, and of an arrow function without braces. */
function expressionOf(statement: Node): Node | undefined {
  if (Node.isExpressionStatement(statement)) return statement.getExpression();
  return Node.isExpression(statement) ? statement : undefined;
}

/** What is left of `await x`, `void x`, `return x`: the promise that a statement waits for or lets go. */
function promiseOf(expression: Node): Node {
  const value = unwrapped(expression);
  if (Node.isAwaitExpression(value) || Node.isVoidExpression(value)) return promiseOf(value.getExpression());
  return value;
}

function isQuiet(statement: Node | undefined): boolean {
  return statement === undefined || isLogLine(statement) || isGuarded(statement);
}

function catchesAll(statement: TryStatement): boolean {
  const handler = statement.getCatchClause();
  if (!handler) return false;
  const ways = ownNodes(handler.getBlock(), [SyntaxKind.ThrowStatement, SyntaxKind.CallExpression]);
  return !ways.some((way) => Node.isThrowStatement(way) || isExit(way));
}

/** `db.close().catch(log)`, `Promise.allSettled([…])`, `Promise.all([a.close().catch(log), …])`. */
function isHandled(expression: Node): boolean {
  const value = unwrapped(expression);
  if (!Node.isCallExpression(value)) return false;
  const callee = unwrapped(value.getExpression());
  const name = Node.isPropertyAccessExpression(callee) ? callee.getName() : '';
  if (name === 'allSettled') return true;
  if (name === 'finally' && Node.isPropertyAccessExpression(callee)) return isHandled(callee.getExpression());
  if (name === 'catch') return handlesFailure(value.getArguments()[0]);
  if (name === 'then' && value.getArguments().length > 1) return handlesFailure(value.getArguments()[1]);
  if (!/^Promise\.(all|race|any)$/.test(calleeOf(value))) return false;
  const [list] = value.getArguments();
  if (!Node.isArrayLiteralExpression(list)) return false;
  const members = list.getElements();
  return members.length > 0 && members.every(isHandled);
}

/** Neither throws again nor ends the process; a function that is only named is taken at its word. */
function handlesFailure(handler: Node | undefined): boolean {
  if (!handler) return false;
  const value = unwrapped(handler);
  if (!isFunction(value)) return !/\bexit\b/i.test(value.getText());
  const body = bodyOf(value) ?? value;
  const ways = ownNodes(body, [SyntaxKind.ThrowStatement, SyntaxKind.CallExpression]);
  return !ways.some((way) => Node.isThrowStatement(way) || isExit(way));
}

function leavesBy(way: Node, statement: Node): boolean {
  if (Node.isCallExpression(way)) return isExit(way);
  if (Node.isReturnStatement(way)) return ownsReturn(way, statement);
  if (Node.isThrowStatement(way)) return !isCaughtInside(way, statement);
  const loop = enclosingLoop(way) ?? way.getFirstAncestorByKind(SyntaxKind.SwitchStatement);
  return !loop || !isInside(loop, statement);
}

/** The `return` of a function in the statement leaves that function only. */
function ownsReturn(way: Node, statement: Node): boolean {
  const around = way.getFirstAncestor(isFunction);
  return !around || !isInside(around, statement) || around === statement;
}

/** It stands in a `try` of the statement, whose handler goes on; or in a function that is called in it. */
function isCaughtInside(way: Node, statement: Node): boolean {
  const around = way
    .getAncestors()
    .find((one) => Node.isTryStatement(one) && isInside(way, one.getTryBlock()) && isInside(one, statement));
  return Node.isTryStatement(around) && catchesAll(around);
}

/** `server.close(() => …)` whose callback ends the process. */
function endsInCallback(expression: Node): boolean {
  const value = promiseOf(expression);
  if (!Node.isCallExpression(value) || !RUNS_CALLBACK.test(calleeOf(value))) return false;
  return ownNodes(value, [SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression]).some((one) => {
    const body = bodyOf(one);
    return body !== undefined && ownNodes(body, [SyntaxKind.CallExpression]).some(isExit);
  });
}

/** Calls whose callbacks are part of the shutdown: `server.close(…)`, `promise.then(…)`; a timer that forces the end is none. */
const RUNS_CALLBACK = /(^|\.)(close|stop|end|quit|destroy|shutdown|disconnect|then|catch|finally)$/;
