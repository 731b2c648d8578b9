import { Node, SyntaxKind } from 'ts-morph';
import { isLogLine } from '../tree/log-lines.ts';
import { bodyOf, isFunction, ownNodes, statementsOf } from '../tree/own-nodes.ts';
import { type CallMade, isCheapCall } from './calls-made.ts';

/** Every call that can fail stands in a `try` whose handler logs the failure and no more, or has a `.catch`. */
export function survivesFailure(calls: readonly CallMade[], node: Node): boolean {
  const work = calls.filter((call) => call.mode !== 'spawned' && !isCheapCall(call));
  return work.length > 0 && work.every((call) => isGuarded(call.node, node));
}

/** It ends the process, or throws on purpose where nothing of its own catches that. */
export function exitsOnFailure(node: Node): boolean {
  const body = bodyOf(node);
  if (!body) return false;
  return ownNodes(body, [SyntaxKind.CallExpression, SyntaxKind.ThrowStatement]).some((one) => {
    if (Node.isCallExpression(one)) return /^process\.(exit|abort|kill)$/.test(one.getExpression().getText());
    return !isGuarded(one, node);
  });
}

function isGuarded(node: Node, within: Node): boolean {
  for (
    let child = node, outer = node.getParent();
    outer && child !== within;
    child = outer, outer = outer.getParent()
  ) {
    if (Node.isCatchClause(outer)) return true;
    if (Node.isTryStatement(outer) && outer.getTryBlock() === child && onlyLogs(outer.getCatchClause())) return true;
    const isCaught = Node.isPropertyAccessExpression(outer) && outer.getName() === 'catch';
    if (isCaught) return true;
    if (isFunction(outer) && outer === within) return false;
  }
  return false;
}

/** A handler that neither throws nor ends the process. */
function onlyLogs(clause: Node | undefined): boolean {
  if (!clause || !Node.isCatchClause(clause)) return false;
  const block = clause.getBlock();
  if (ownNodes(block, [SyntaxKind.ThrowStatement]).length > 0) return false;
  return (
    statementsOf(block).every(
      (one) =>
        isLogLine(one) ||
        Node.isReturnStatement(one) ||
        Node.isExpressionStatement(one) ||
        Node.isIfStatement(one) ||
        Node.isVariableStatement(one),
    ) && !/process\.(exit|abort)/.test(block.getText())
  );
}
