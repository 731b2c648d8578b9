import { type CatchClause, Node, SyntaxKind } from 'ts-morph';
import type { FailureHandling } from '../../../core/index.ts';
import { isLogCall, isLogLine } from '../tree/log-lines.ts';
import { isFunction, isInside, ownNodes, statementsOf, unwrapped } from '../tree/own-nodes.ts';
import { endsByLeaving, handlerBody, handlerOf, isExit, isVerdictCall } from './exits.ts';
import { chainOf, combinatorOf } from './wrappers.ts';

/** How a failure of the statement is handled where it stands. */
export function failureOf(statement: Node, scopes: readonly Node[], listen?: Node): FailureHandling {
  if (Node.isTryStatement(statement)) return failureOfTry(statement.getCatchClause());
  const chained = failureOfChain(statement);
  if (chained !== 'propagates') return chained;
  if (settlesAll(statement)) return 'survives';
  const inner = scopes.findLast((scope) => handlerOf(scope) !== undefined);
  const holdsListen = inner !== undefined && listen !== undefined && isInside(listen, inner);
  return inner && !holdsListen && failureOfTry(handlerOf(inner)) === 'survives' ? 'survives' : 'propagates';
}

/** The handler does no more than log or go on. */
export function onlyLogs(block: Node | undefined): boolean {
  return statementsOf(block).every(isHarmless);
}

/** The function at the end of `f().catch(…)`, or the second one of `f().then(…, …)`. */
export function rejectionHandler(statement: Node): Node | undefined {
  const expression = promiseOf(statement);
  const link = expression && chainOf(expression)?.links.findLast((one) => handlerIn(one) !== undefined);
  return link && handlerIn(link);
}

function failureOfTry(handler: CatchClause | undefined): FailureHandling {
  return handler ? failureOfHandler(handler.getBlock()) : 'propagates';
}

function failureOfChain(statement: Node): FailureHandling {
  const handler = rejectionHandler(statement);
  if (!handler) return 'propagates';
  if (!isFunction(handler)) return isLogger(handler) ? 'survives' : 'changes-state';
  return failureOfHandler(handlerBody(handler));
}

function failureOfHandler(body: Node | undefined): FailureHandling {
  if (!body) return 'changes-state';
  const leaves = ownNodes(body, [SyntaxKind.ThrowStatement, SyntaxKind.CallExpression]).some(
    (node) => Node.isThrowStatement(node) || isExit(node) || isVerdictCall(node),
  );
  if (leaves || endsByLeaving(body)) return 'exits';
  return onlyLogs(body) ? 'survives' : 'changes-state';
}

function handlerIn(link: Node): Node | undefined {
  if (!Node.isCallExpression(link)) return undefined;
  const callee = unwrapped(link.getExpression());
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  if (callee.getName() === 'catch') return link.getArguments()[0];
  return callee.getName() === 'then' ? link.getArguments()[1] : undefined;
}

/** The promise of `await f()`, `void f()`, `f()`, `const x = await f()`. */
function promiseOf(statement: Node): Node | undefined {
  if (Node.isVariableStatement(statement)) {
    const value = statement.getDeclarations()[0]?.getInitializer();
    return value && bare(value);
  }
  return Node.isExpressionStatement(statement) ? bare(statement.getExpression()) : undefined;
}

function bare(expression: Node): Node {
  const value = unwrapped(expression);
  if (Node.isAwaitExpression(value) || Node.isVoidExpression(value)) return unwrapped(value.getExpression());
  const isAssigned = Node.isBinaryExpression(value) && value.getOperatorToken().getKind() === SyntaxKind.EqualsToken;
  return isAssigned ? bare(value.getRight()) : value;
}

function settlesAll(statement: Node): boolean {
  const promise = promiseOf(statement);
  return promise !== undefined && combinatorOf(promise) === 'allSettled';
}

/** `logger.error` of `.catch(logger.error)`. */
function isLogger(handler: Node): boolean {
  return /(^|\.)(console|\w*log(ger)?)\.\w+$|(^|\.)(noop|captureException|log\w*)$/i.test(handler.getText());
}

function isHarmless(statement: Node): boolean {
  if (isLogLine(statement) || Node.isEmptyStatement(statement) || Node.isContinueStatement(statement)) return true;
  if (Node.isBlock(statement)) return onlyLogs(statement);
  if (Node.isIfStatement(statement))
    return [statement.getThenStatement(), statement.getElseStatement()].every((one) => !one || onlyLogs(one));
  if (Node.isVariableStatement(statement)) return !holdsCalls(statement);
  if (Node.isReturnStatement(statement)) return !statement.getExpression() || isValueOnly(statement);
  return isHarmlessExpression(Node.isExpressionStatement(statement) ? statement.getExpression() : statement);
}

function isHarmlessExpression(node: Node): boolean {
  const value = unwrapped(node);
  if (Node.isVoidExpression(value)) return isHarmlessExpression(value.getExpression());
  if (Node.isCallExpression(value)) return REPORTS.test(value.getExpression().getText()) || isLogCall(value);
  return isPlainValue(value);
}

/** `return undefined`, `=> null`, `=> []`. */
function isValueOnly(statement: Node): boolean {
  return Node.isReturnStatement(statement) && isHarmlessExpression(statement.getExpression() ?? statement);
}

function isPlainValue(value: Node): boolean {
  return /^(undefined|null|true|false|\[\]|\{\s*\}|\(\{\s*\}\)|\d+|''|"")$/.test(value.getText());
}

/** A message that is put together before it is logged calls nothing but conversions. */
function holdsCalls(statement: Node): boolean {
  return ownNodes(statement, [SyntaxKind.CallExpression, SyntaxKind.AwaitExpression]).some(
    (node) =>
      Node.isAwaitExpression(node) || !/^(String|JSON\.stringify|\w*[eE]rror\w*|\w+\.toString)$/.test(calleeOf(node)),
  );
}

function calleeOf(node: Node): string {
  return Node.isCallExpression(node) ? node.getExpression().getText() : '';
}

const REPORTS = /(^|\.)(captureException|captureMessage|recordException|reportError|trackException|noop)$/;
