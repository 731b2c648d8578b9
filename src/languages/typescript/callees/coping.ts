import { Node, SyntaxKind } from 'ts-morph';
import { isInside, ownNodes } from '../tree/own-nodes.ts';

/** How a reader copes with the absence of what it reads, as a phrase; `undefined` where it does not. */
export function howItCopes(access: Node, reader: Node): string | undefined {
  const parent = access.getParent();
  if (Node.isPropertyAccessExpression(parent) && parent.hasQuestionDotToken()) return 'an optional chain';
  if (
    Node.isBinaryExpression(parent) &&
    parent.getLeft() === access &&
    /^(\?\?|\|\||&&|\?\?=|\|\|=)$/.test(parent.getOperatorToken().getText())
  )
    return 'a default';
  if (
    Node.isPropertyAccessExpression(parent) &&
    /^(get|has|size|length|find|filter|map|forEach|values|entries|keys)$/.test(parent.getName())
  )
    return 'a look-up';
  const condition = conditionAround(access);
  if (condition) return endsInError(condition) ? undefined : 'a check';
  return checkBefore(access, reader) ?? (isInForgivingTry(access, reader) ? 'a try around it' : undefined);
}

/** The `if`, conditional expression or `&&` in whose condition an access stands. */
function conditionAround(access: Node): Node | undefined {
  for (let child = access, outer = access.getParent(); outer; child = outer, outer = outer.getParent()) {
    if (Node.isIfStatement(outer) || Node.isWhileStatement(outer))
      return outer.getExpression() === child ? outer : undefined;
    if (Node.isConditionalExpression(outer)) return outer.getCondition() === child ? outer : undefined;
    if (Node.isStatement(outer) || Node.isCallExpression(outer)) return undefined;
  }
  return undefined;
}

/** `if (!this.model) throw …`: the request fails all the same. */
function endsInError(check: Node): boolean {
  if (!Node.isIfStatement(check)) return false;
  const branches = [check.getThenStatement(), check.getElseStatement()].filter((one) => one !== undefined);
  return branches.some(
    (one) => ownNodes(one, [SyntaxKind.ThrowStatement]).length > 0 || /\b50[0-4]\b/.test(one.getText()),
  );
}

/** An earlier check of the same value, or of a flag that says that it is there; or something that makes it first. */
function checkBefore(access: Node, reader: Node): string | undefined {
  const written = access.getText().replace(/\?/g, '');
  for (const node of ownNodes(reader, [SyntaxKind.IfStatement, SyntaxKind.CallExpression])) {
    if (node.getStart() >= access.getStart()) return undefined;
    if (Node.isCallExpression(node)) {
      if (
        /(^|\.)(ensure\w*|init(ialize)?(IfNeeded)?|connect|getOrCreate\w*|load)$/i.test(
          node.getExpression().getText(),
        ) &&
        Node.isAwaitExpression(node.getParent())
      )
        return 'made before it is used';
      continue;
    }
    if (!Node.isIfStatement(node)) continue;
    const condition = node.getExpression().getText().replace(/\?/g, '');
    const isAbout =
      condition.includes(written) || /\b(is)?_?(ready|initiali[sz]ed|loaded|connected|started|warm)\b/i.test(condition);
    if (!isAbout || endsInError(node)) continue;
    const assigns = ownNodes(node, [SyntaxKind.BinaryExpression]).some(
      (one) => Node.isBinaryExpression(one) && one.getLeft().getText() === written,
    );
    if (assigns) return 'a lazy getter';
    if (isInside(access, node) || /\b(return|continue|await)\b/.test(node.getThenStatement().getText()))
      return 'a check';
  }
  return undefined;
}

/** A `try` whose handler neither throws nor answers with an error. */
function isInForgivingTry(access: Node, reader: Node): boolean {
  for (let outer = access.getParent(); outer && outer !== reader; outer = outer.getParent()) {
    if (!Node.isTryStatement(outer) || !isInside(access, outer.getTryBlock())) continue;
    const clause = outer.getCatchClause();
    if (
      clause &&
      ownNodes(clause, [SyntaxKind.ThrowStatement]).length === 0 &&
      !/\b50[0-4]\b|next\(/.test(clause.getText())
    )
      return true;
  }
  return false;
}
