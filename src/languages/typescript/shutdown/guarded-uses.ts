import { Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import { saysItRuns } from '../../wording/stop-words.ts';
import { holdsStatements, ownNodes, statementsOf, unwrapped } from '../tree/own-nodes.ts';

/**
 * A use of an object that does not happen, or does no harm, while the object is missing: behind `?.`, under a condition that names it
 * or says that something runs, after an early return, or in a try that catches what the use throws.
 */
export function isConditionalOn(use: Node, path: string, root: Node): boolean {
  if (isOptional(use)) return true;
  let child = use;
  for (let outer = use.getParent(); outer && child !== root; child = outer, outer = outer.getParent()) {
    if (guards(outer, child, path)) return true;
    if (holdsStatements(outer) && returnsBefore(outer, child, path)) return true;
  }
  return false;
}

/** `pool?.end()`: nothing of the chain is read where the pool is missing. */
function isOptional(use: Node): boolean {
  let node = use;
  while (Node.isPropertyAccessExpression(node) || Node.isElementAccessExpression(node) || Node.isCallExpression(node)) {
    if (node.hasQuestionDotToken()) return true;
    node = unwrapped(node.getExpression());
  }
  return false;
}

function guards(outer: Node, child: Node, path: string): boolean {
  if (Node.isIfStatement(outer) || Node.isWhileStatement(outer)) {
    const condition = outer.getExpression();
    return condition !== child && speaksOf(condition, path);
  }
  if (Node.isConditionalExpression(outer))
    return outer.getCondition() !== child && speaksOf(outer.getCondition(), path);
  if (Node.isBinaryExpression(outer))
    return (
      /^(&&|\|\|)$/.test(outer.getOperatorToken().getText()) &&
      outer.getLeft() !== child &&
      speaksOf(outer.getLeft(), path)
    );
  return Node.isTryStatement(outer) && outer.getTryBlock() === child && catchesMissing(outer.getCatchClause());
}

function catchesMissing(handler: Node | undefined): boolean {
  return handler !== undefined && ownNodes(handler, [SyntaxKind.ThrowStatement]).length === 0;
}

/** `if (!this.timer) return;` earlier in the block. */
function returnsBefore(block: Node, child: Node, path: string): boolean {
  return statementsOf(block).some((statement) => {
    if (!Node.isIfStatement(statement) || statement.getPos() >= child.getPos()) return false;
    const branch = statement.getThenStatement();
    const last = Node.isBlock(branch) ? branch.getStatements().at(-1) : branch;
    const goesBack = Node.isReturnStatement(last) || Node.isContinueStatement(last);
    return goesBack && speaksOf(statement.getExpression(), path);
  });
}

function speaksOf(condition: Node, path: string): boolean {
  const name = lastPart(path).replace(/[^\w]/g, '\\$&');
  const text = condition.getText();
  return (name !== '' && new RegExp(`(^|[^\\w$])${name}([^\\w$]|$)`).test(text)) || saysItRuns(text);
}
