import { Node, SyntaxKind } from 'ts-morph';
import type { SourceModule } from '../modules/definition.ts';
import { allNodes, holdsStatements, isFunction, isOtherScope } from '../tree/own-nodes.ts';

/** What a name stands for at an offset of a file: the declaration whose scope is the innermost around it. */
export function declarationAt(name: string, offset: number, module: SourceModule): Node | undefined {
  let found: { readonly declaration: Node; readonly scope: Node } | undefined;
  for (const declaration of declarationsOf(name, module)) {
    const scope = scopeOfDeclaration(declaration);
    if (scope.getPos() > offset || scope.getEnd() < offset) continue;
    if (!found || scope.getPos() > found.scope.getPos()) found = { declaration, scope };
  }
  return found?.declaration;
}

/** Whether a declaration has its value at an offset that it can be seen from: imports and parameters do, others below it. */
export function isBoundAt(declaration: Node, offset: number): boolean {
  if (IMPORTS.includes(declaration.getKind())) return true;
  const parameter = parameterOf(declaration);
  if (parameter) return true;
  return Node.isFunctionDeclaration(declaration) || statementOf(declaration).getEnd() <= offset;
}

/** Whether a variable is one of the whole file. */
export function isOfModule(declaration: Node): boolean {
  const isVariable = Node.isVariableDeclaration(declaration) || Node.isBindingElement(declaration);
  return isVariable && Node.isSourceFile(scopeOfDeclaration(declaration));
}

function declarationsOf(name: string, { root }: SourceModule): readonly Node[] {
  return allNodes(root, [...IMPORTS, ...DECLARATIONS]).filter((node) => declaredName(node) === name);
}

function declaredName(node: Node): string | undefined {
  if (Node.isImportClause(node)) return node.getDefaultImport()?.getText();
  if (Node.isImportSpecifier(node)) return node.getAliasNode()?.getText() ?? node.getName();
  return Node.isNamespaceImport(node) || Node.hasName(node) || Node.isNameable(node) ? node.getName() : undefined;
}

function scopeOfDeclaration(declaration: Node): Node {
  const parameter = parameterOf(declaration);
  if (parameter) return parameter.getParentOrThrow();
  const list = declaration.getFirstAncestorByKind(SyntaxKind.VariableDeclarationList);
  const isVariable = Node.isVariableDeclaration(declaration) || Node.isBindingElement(declaration);
  const isHoisted = isVariable && list?.getDeclarationKind() === 'var';
  let outer = declaration.getParentOrThrow();
  while (!Node.isSourceFile(outer) && !(isHoisted ? isOtherScope(outer) : isScope(outer))) {
    outer = outer.getParentOrThrow();
  }
  return outer;
}

function isScope(node: Node): boolean {
  return holdsStatements(node) || isOtherScope(node) || Node.isIterationStatement(node) || Node.isCatchClause(node);
}

/** The parameter that a name is bound by, whole or in a pattern. */
function parameterOf(declaration: Node): Node | undefined {
  let current: Node | undefined = declaration;
  while (current && !Node.isParameterDeclaration(current)) {
    if (
      !Node.isBindingElement(current) &&
      !Node.isObjectBindingPattern(current) &&
      !Node.isArrayBindingPattern(current)
    )
      return undefined;
    current = current.getParent();
  }
  return current && isFunction(current.getParentOrThrow()) ? current : undefined;
}

function statementOf(declaration: Node): Node {
  return declaration.getFirstAncestorByKind(SyntaxKind.VariableStatement) ?? declaration;
}

const IMPORTS: readonly SyntaxKind[] = [
  SyntaxKind.ImportClause,
  SyntaxKind.ImportSpecifier,
  SyntaxKind.NamespaceImport,
  SyntaxKind.ImportEqualsDeclaration,
];

const DECLARATIONS: readonly SyntaxKind[] = [
  SyntaxKind.VariableDeclaration,
  SyntaxKind.BindingElement,
  SyntaxKind.Parameter,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.EnumDeclaration,
];
