import { Node, SyntaxKind } from 'ts-morph';
import { bodyOf, ownNodes, unwrapped } from '../tree/own-nodes.ts';
import type { ClassNode, FunctionNode } from './definition.ts';

/** The name of a function; `default` where it has none. */
export function nameOf(node: Node): string {
  const name = Node.hasName(node) ? node.getName() : Node.isNameable(node) ? node.getName() : undefined;
  return name ?? 'default';
}

/** `Foo` of `Foo`, `Promise<Foo>`, `Foo | undefined`. */
export function firstReference(annotation: Node): Node | undefined {
  if (Node.isUnionTypeNode(annotation))
    return annotation
      .getTypeNodes()
      .map(firstReference)
      .find((one) => one !== undefined);
  if (!Node.isTypeReference(annotation)) return undefined;
  const [argument] = annotation.getTypeArguments();
  const name = annotation.getTypeName();
  if (argument && /^(Promise|Readonly|Partial|Awaited|NonNullable)$/.test(name.getText()))
    return firstReference(argument);
  return Node.isQualifiedName(name) ? name.getRight() : name;
}

/** What the function gives back: the expression of an arrow function, or those of its own returns. */
export function returnedBy(node: FunctionNode): readonly Node[] {
  const body = bodyOf(node);
  return body ? returnedFrom(body) : [];
}

/** The same, of its body. */
export function returnedFrom(body: Node): readonly Node[] {
  if (!Node.isBlock(body)) return [body];
  return ownNodes(body, [SyntaxKind.ReturnStatement]).flatMap((one) =>
    Node.isReturnStatement(one) ? (one.getExpression() ?? []) : [],
  );
}

/** The first value that a constructor or method gives to `this.name`. */
export function assignedField(owner: ClassNode, name: string): Node | undefined {
  for (const assignment of owner.getDescendantsOfKind(SyntaxKind.BinaryExpression)) {
    if (assignment.getOperatorToken().getKind() !== SyntaxKind.EqualsToken) continue;
    if (
      assignment.getLeft().getText() === `this.${name}` &&
      !/^(null|undefined)$/.test(assignment.getRight().getText())
    )
      return assignment.getRight();
  }
  const parameter = owner.getConstructors()[0]?.getParameter(name);
  return parameter?.getNameNode();
}

/** The first value that is given to a variable declared without one. */
export function assignmentTo(declaration: Node): Node | undefined {
  if (!Node.isVariableDeclaration(declaration)) return undefined;
  const name = declaration.getName();
  const scope = declaration.getFirstAncestor((one) => Node.isBlock(one) || Node.isSourceFile(one));
  return scope
    ?.getDescendantsOfKind(SyntaxKind.BinaryExpression)
    .find(
      (one) =>
        one.getOperatorToken().getKind() === SyntaxKind.EqualsToken &&
        one.getLeft().getText() === name &&
        !/^(null|undefined)$/.test(one.getRight().getText()),
    )
    ?.getRight();
}

/** `module.exports = …` */
export function wholeExport(root: Node): Node | undefined {
  if (!Node.isSourceFile(root) || !root.getFullText().includes('module.exports')) return undefined;
  for (const statement of root.getStatements()) {
    const expression = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
    if (!Node.isBinaryExpression(expression)) continue;
    const target = expression.getLeft().getText().replace(/\s/g, '');
    if (/^(exports=)?module\.exports$/.test(target)) return unwrapped(expression.getRight());
  }
  return undefined;
}

/** `./db` of `import db = require('./db')`. */
export function requiredSpecifier(node: Node): string | undefined {
  const reference = Node.isImportEqualsDeclaration(node) ? node.getModuleReference() : undefined;
  const literal = Node.isExternalModuleReference(reference) ? reference.getExpression() : undefined;
  return Node.isStringLiteral(literal) ? literal.getLiteralText() : undefined;
}

/** The value that a statement of the file gives to `exports.start`. */
export function exportAssignment(root: Node, target: string): Node | undefined {
  if (!Node.isSourceFile(root)) return undefined;
  for (const statement of root.getStatements()) {
    const expression = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
    if (Node.isBinaryExpression(expression) && expression.getLeft().getText() === target) return expression.getRight();
  }
  return undefined;
}
