import { Node, SyntaxKind } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { dottedName } from '../../tree/dotted-name.ts';
import { allNodes, isInside, lineOf, ownNodes, statementsOf } from '../../tree/own-nodes.ts';
import { endsByLeaving } from '../exits.ts';
import type { StepContext } from './context.ts';

/**
 * `if (this.cache) await this.cache.warm()`: TypeScript forgets inside a function what a condition outside has shown of a property,
 * and would complain. Constants and variables that nothing reassigns keep it.
 */
export function narrowedTypes({ leaf, nodes, body, definition }: StepContext): Hazard[] {
  if (leaf.role !== 'statement' || !/\.[cm]?tsx?$/.test(definition.module.path)) return [];
  const tested = new Map<string, Node>();
  for (const condition of conditionsBefore(leaf.node, body))
    for (const node of ownNodes(condition, [SyntaxKind.PropertyAccessExpression])) {
      const path = dottedName(node);
      if (path) tested.set(path, condition);
    }
  if (tested.size === 0) return [];
  const use = nodes
    .flatMap((node) => allNodes(node, [SyntaxKind.PropertyAccessExpression]))
    .find((node) => tested.has(dottedName(node) ?? '') && mayBeMissing(node) && needsValue(node));
  const condition = use && tested.get(dottedName(use) ?? '');
  if (!use || !condition) return [];
  const at = { path: definition.module.path, line: lineOf(condition) };
  const what = `TypeScript does not know in a function that ${use.getText()} is there, as line ${at.line} has shown`;
  return [{ kind: 'captured-variable', what, at, severity: 'unsafe' }];
}

/** The conditions of the `if`s around a node, and of those above it that leave. */
function conditionsBefore(node: Node, body: Node): Node[] {
  const conditions: Node[] = [];
  for (let at = node, outer = node.getParent(); outer && isInside(outer, body); at = outer, outer = outer.getParent()) {
    if (Node.isIfStatement(outer)) conditions.push(outer.getExpression());
    for (const statement of statementsOf(outer)) {
      if (statement === at || !isInside(at, outer)) break;
      if (Node.isIfStatement(statement) && leaves(statement.getThenStatement()))
        conditions.push(statement.getExpression());
    }
  }
  return conditions;
}

function leaves(branch: Node): boolean {
  const last = statementsOf(branch).at(-1);
  return last !== undefined && (Node.isReturnStatement(last) || endsByLeaving(branch));
}

/** Its type, where it is written, allows for nothing. */
function mayBeMissing(node: Node): boolean {
  if (!Node.isPropertyAccessExpression(node)) return false;
  if (/^process\.env\./.test(node.getText())) return true;
  const declarations = node.getNameNode().getSymbol()?.getDeclarations() ?? [];
  return declarations.some((one) => {
    if (Node.isQuestionTokenable(one) && one.hasQuestionToken()) return true;
    const written = Node.isTyped(one) ? one.getTypeNode()?.getText() : undefined;
    return written !== undefined && /\b(undefined|null)\b/.test(written);
  });
}

/** A member of it is used, it is called or handed on; `this.cache?.warm()` copes. */
function needsValue(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent))
    return !parent.hasQuestionDotToken();
  return Node.isCallExpression(parent) || Node.isPropertyAssignment(parent) || Node.isNewExpression(parent);
}
