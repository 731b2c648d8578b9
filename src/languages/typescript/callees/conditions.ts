import { Node, SyntaxKind } from 'ts-morph';
import { saysReady } from '../../wording/state-words.ts';
import { calleeText } from '../tree/dotted-name.ts';

/** The condition in which a value stands: of an `if`, a loop or `x ? y : z`, the left side of `&&`, an assertion. */
export function conditionAround(value: Node): Node | undefined {
  for (let at = value, outer = at.getParent(); outer; at = outer, outer = outer.getParent()) {
    if (conditionOf(outer) === at) return outer;
    if (Node.isCallExpression(outer) && ASSERTS.test(calleeText(outer.getExpression()))) return outer;
    if (!isPartOfTest(outer)) return undefined;
  }
  return undefined;
}

const ASSERTS = /^(assert(\.ok)?|invariant|ok)$/;

/** What decides about the rest of a node. */
export function conditionOf(node: Node): Node | undefined {
  if (Node.isIfStatement(node) || Node.isWhileStatement(node)) return node.getExpression();
  if (Node.isConditionalExpression(node)) return node.getCondition();
  const isAnd =
    Node.isBinaryExpression(node) && node.getOperatorToken().getKind() === SyntaxKind.AmpersandAmpersandToken;
  return isAnd && !isTested(node) ? node.getLeft() : undefined;
}

/** A part of a longer condition. */
function isTested(node: Node): boolean {
  const outer = node.getParent();
  return Node.isIfStatement(outer) || Node.isBinaryExpression(outer) || Node.isPrefixUnaryExpression(outer);
}

function isPartOfTest(node: Node): boolean {
  if (Node.isPropertyAccessExpression(node)) return /^(size|length)$/.test(node.getName()) || saysReady(node.getText());
  if (Node.isCallExpression(node))
    return (
      /^(Boolean|Array\.isArray)$/.test(node.getExpression().getText()) || saysReady(node.getExpression().getText())
    );
  return (
    Node.isPrefixUnaryExpression(node) ||
    Node.isBinaryExpression(node) ||
    Node.isParenthesizedExpression(node) ||
    Node.isTypeOfExpression(node) ||
    Node.isNonNullExpression(node)
  );
}
