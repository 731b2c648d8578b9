import { type CatchClause, Node } from 'ts-morph';
import { bodyOf, isFunction, scopeOf, statementsOf, unwrapped } from '../tree/own-nodes.ts';

/** Ends the process: `exit(1)` or `abort()` of `process`, `Deno.exit()`. */
export function isExit(node: Node): boolean {
  if (!Node.isCallExpression(node)) return false;
  return /^(globalThis\.)?(process\.(exit|abort|reallyExit|kill)|Deno\.exit|exit)$/.test(
    node.getExpression().getText(),
  );
}

/** `reject(error)`, `next(error)`, `done()`: calls of what the function got to say how it ended. */
export function isVerdictCall(node: Node): boolean {
  if (!Node.isCallExpression(node)) return false;
  const callee = node.getExpression();
  if (!Node.isIdentifier(callee) || !VERDICTS.test(callee.getText())) return false;
  for (let scope = scopeOf(node); isFunction(scope); scope = scopeOf(scope))
    if (Node.isParametered(scope) && scope.getParameters().some((one) => one.getName() === callee.getText()))
      return true;
  return false;
}

/** The catch clause of a try. */
export function handlerOf(node: Node): CatchClause | undefined {
  return Node.isTryStatement(node) ? node.getCatchClause() : undefined;
}

/** The handler of the try ends by throwing or leaving the process. */
export function rethrows(tryStatement: Node): boolean {
  const handler = handlerOf(tryStatement);
  return handler !== undefined && endsByLeaving(handler.getBlock());
}

/** The last statement throws, rejects or ends the process. */
export function endsByLeaving(block: Node | undefined): boolean {
  const last = statementsOf(block).at(-1);
  if (!last) return false;
  if (Node.isThrowStatement(last)) return true;
  const expression = Node.isExpressionStatement(last)
    ? last.getExpression()
    : Node.isReturnStatement(last)
      ? last.getExpression()
      : isFunction(last)
        ? undefined
        : last;
  const call = expression && unwrapped(Node.isVoidExpression(expression) ? expression.getExpression() : expression);
  return call !== undefined && (isExit(call) || isVerdictCall(call));
}

/** The body of a function that handles a failure: `(error) => exit(1)`. */
export function handlerBody(handler: Node): Node | undefined {
  return isFunction(handler) ? bodyOf(handler) : undefined;
}

const VERDICTS = /^(done|next|cb|callback|resolve|reject)$/;
