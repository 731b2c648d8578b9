import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { allNodes } from '../tree/own-nodes.ts';

/** An import of the project's own code, as it is written. */
export interface OwnImport {
  readonly specifier: string;
  /** Path of the file behind it, where it was found. */
  readonly target?: string;
  readonly isRelative: boolean;
}

/** Imports, re-exports and `require`s of a file that lead to files of the project, in source order. */
export function ownImports(module: SourceModule, modules: Modules): readonly OwnImport[] {
  return specifiersIn(module.root).flatMap((specifier): readonly OwnImport[] => {
    const target = modules.resolveImport(module.path, specifier);
    const isRelative = isRelativeSpecifier(specifier);
    if (target === undefined) return isRelative && !OTHER_KIND.test(specifier) ? [{ specifier, isRelative }] : [];
    return [{ specifier, target, isRelative }];
  });
}

export function isRelativeSpecifier(specifier: string): boolean {
  return /^\.{1,2}(\/|$)/.test(specifier);
}

/** The specifier of an import statement in whatever form: `import`, `import x = require()`, `const x = require()`. */
export function specifierOf(statement: Node): string | undefined {
  if (Node.isImportDeclaration(statement)) return statement.getModuleSpecifierValue();
  if (Node.isImportEqualsDeclaration(statement)) {
    const reference = statement.getModuleReference();
    return Node.isExternalModuleReference(reference) ? literalOf(reference.getExpression()) : undefined;
  }
  const required = requireIn(statement);
  return required && literalOf(required.getArguments()[0]);
}

/** The `require('…')` that a statement consists of: bare, called, or given to one variable, whole or a member of it. */
export function requireIn(statement: Node): CallExpression | undefined {
  if (Node.isExpressionStatement(statement)) return requireAt(statement.getExpression());
  if (!Node.isVariableStatement(statement)) return undefined;
  const [first] = statement.getDeclarations();
  const value = first?.getInitializer();
  return value && requireAt(value);
}

function requireAt(expression: Node): CallExpression | undefined {
  let current: Node = expression;
  while (Node.isPropertyAccessExpression(current) || (Node.isCallExpression(current) && !isRequire(current)))
    current = current.getExpression();
  return Node.isCallExpression(current) && isRequire(current) ? current : undefined;
}

function isRequire(node: Node): boolean {
  return (
    Node.isCallExpression(node) && node.getExpression().getText() === 'require' && node.getArguments().length === 1
  );
}

function specifiersIn(root: Node): readonly string[] {
  return allNodes(root, IMPORTS).flatMap((node) => {
    if (Node.isImportDeclaration(node) || Node.isExportDeclaration(node)) return node.getModuleSpecifierValue() ?? [];
    if (Node.isImportEqualsDeclaration(node)) return specifierOf(node) ?? [];
    if (!Node.isCallExpression(node)) return [];
    const isImport = isRequire(node) || node.getExpression().getKind() === SyntaxKind.ImportKeyword;
    return (isImport && literalOf(node.getArguments()[0])) || [];
  });
}

function literalOf(node: Node | undefined): string | undefined {
  return node && (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node))
    ? node.getLiteralText()
    : undefined;
}

const IMPORTS: readonly SyntaxKind[] = [
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
  SyntaxKind.ImportEqualsDeclaration,
  SyntaxKind.CallExpression,
];

/** What is no source file has its extension always. */
const OTHER_KIND = /\.(json5?|node|css|scss|less|svg|png|html|wasm|vue|svelte|graphql|gql|ya?ml|txt|md)$/;
