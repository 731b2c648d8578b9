import { Node } from 'ts-morph';
import type { Modules } from '../modules/definition.ts';
import { unwrapped } from '../tree/own-nodes.ts';
import { targetsOf } from './filled-state.ts';
import type { FunctionDefinition } from './functions.ts';
import { type SharedState, sharedMember, sharedState } from './shared-state.ts';

/** The expression that a name belongs to: `this.index` for its `index`; `undefined` where it is declared, a key or a type. */
export function wholeAccess(name: Node): Node | undefined {
  const outer = name.getParent();
  if (!outer || Node.isTypeNode(outer) || Node.isQualifiedName(outer) || isInModuleList(outer)) return undefined;
  if (Node.isPropertyAccessExpression(outer)) return outer.getNameNode() === name ? outer : name;
  if (Node.isBindingElement(outer)) {
    const key = outer.getPropertyNameNode() ?? outer.getNameNode();
    return key === name && receiverOf(outer) ? outer : undefined;
  }
  if (Node.isShorthandPropertyAssignment(outer)) return name;
  const isNamed = 'getNameNode' in outer && typeof outer.getNameNode === 'function' && outer.getNameNode() === name;
  return isNamed ? undefined : name;
}

/** The shared state that an access stands for. */
export function stateOf(access: Node, of: FunctionDefinition, modules: Modules): SharedState | undefined {
  if (!Node.isBindingElement(access)) return sharedState(access, of, modules);
  const receiver = receiverOf(access);
  const name = access.getPropertyNameNode()?.getText() ?? access.getName();
  return receiver && sharedMember(receiver, name, of, modules);
}

/** The access is assigned to, deleted, or changed as a collection: that is no read. What is assigned only when absent is. */
export function isWritten(access: Node, modules: Modules): boolean {
  const outer = access.getParent();
  if (!outer) return false;
  if (Node.isDeleteExpression(outer)) return true;
  if (Node.isElementAccessExpression(outer)) return outer.getExpression() === access && isWritten(outer, modules);
  if (Node.isBinaryExpression(outer) && outer.getLeft() === access)
    return /^=$/.test(outer.getOperatorToken().getText());
  if (Node.isArrayLiteralExpression(outer) || Node.isShorthandPropertyAssignment(outer)) return isPattern(outer);
  const call = Node.isPropertyAccessExpression(outer) ? outer.getParent() : undefined;
  return Node.isCallExpression(call) && targetsOf(call, modules).some((target) => target === unwrapped(access));
}

/** `app.locals` of `const { pool } = app.locals`. */
function receiverOf(element: Node): Node | undefined {
  const declaration = element.getParent()?.getParent();
  return Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined;
}

function isPattern(node: Node): boolean {
  const literal = Node.isArrayLiteralExpression(node) ? node : node.getParent();
  const assignment = literal?.getParent();
  return Node.isBinaryExpression(assignment) && assignment.getLeft() === literal;
}

function isInModuleList(node: Node): boolean {
  return (
    Node.isImportSpecifier(node) ||
    Node.isImportClause(node) ||
    Node.isNamespaceImport(node) ||
    Node.isExportSpecifier(node) ||
    Node.isExportAssignment(node)
  );
}
