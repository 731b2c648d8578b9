import { type Identifier, Node, SyntaxKind, type ts } from 'ts-morph';
import { allNodes } from '../tree/own-nodes.ts';

/** Every plain name at or below a node, in source order; names of members, keys, labels and types are none. */
export function identifiersIn(root: Node): Identifier[] {
  return allNodes(root, [SyntaxKind.Identifier]).filter(
    (node): node is Identifier => Node.isIdentifier(node) && !isLabel(node),
  );
}

/** Every place at which a variable stands, nested functions included; another variable of the same name is left out. */
export function usesOf(name: Identifier, root: Node): Identifier[] {
  const symbol = variableAt(name);
  return identifiersIn(root).filter(
    (node) => node.getText() === name.getText() && (symbol === undefined || variableAt(node) === symbol),
  );
}

/** The variable that a name stands for; the shorthand `{ pool }` names a property and a variable. */
export function variableAt(node: Identifier): ts.Symbol | undefined {
  const parent = node.getParent();
  const symbol = Node.isShorthandPropertyAssignment(parent) ? parent.getValueSymbol() : node.getSymbol();
  return symbol?.compilerSymbol;
}

/** The declarations of the variable that a name stands for, as nodes. */
export function declarationsOf(node: Identifier): Node[] {
  const parent = node.getParent();
  const symbol = Node.isShorthandPropertyAssignment(parent) ? parent.getValueSymbol() : node.getSymbol();
  return symbol?.getDeclarations() ?? [];
}

/** `const x = …`, `let x;`, `x = …`: declared or assigned, not read. */
export function isTarget(name: Identifier): boolean {
  const parent = name.getParent();
  if (Node.isVariableDeclaration(parent) || Node.isBindingElement(parent)) return parent.getNameNode() === name;
  return Node.isBinaryExpression(parent) && parent.getLeft() === name && parent.getOperatorToken().getText() === '=';
}

/** `name` in `object.name`, `{ name: 1 }`, `class { name() {} }`, `name: for (…)`, and in types. */
function isLabel(node: Node): boolean {
  const parent = node.getParent();
  if (!parent || Node.isTypeNode(parent) || Node.isQualifiedName(parent)) return true;
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() === node;
  if (Node.isBindingElement(parent)) return parent.getPropertyNameNode() === node;
  if (Node.isLabeledStatement(parent) || Node.isBreakStatement(parent) || Node.isContinueStatement(parent)) return true;
  if (Node.isImportSpecifier(parent) || Node.isImportClause(parent) || Node.isNamespaceImport(parent)) return true;
  if (Node.isExportSpecifier(parent)) return parent.getNameNode() !== node;
  if (Node.isJsxAttribute(parent)) return true;
  const isMember =
    Node.isPropertyAssignment(parent) ||
    Node.isMethodDeclaration(parent) ||
    Node.isPropertyDeclaration(parent) ||
    Node.isGetAccessorDeclaration(parent) ||
    Node.isSetAccessorDeclaration(parent) ||
    Node.isEnumMember(parent) ||
    Node.isMethodSignature(parent) ||
    Node.isPropertySignature(parent);
  return isMember && parent.getNameNode() === node;
}
