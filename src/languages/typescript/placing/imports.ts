import { Node, type SourceFile, SyntaxKind } from 'ts-morph';
import type { HelperPlacement, ImportSite, ProjectFiles } from '../../../core/index.ts';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { ownNodes, rangeOf } from '../tree/own-nodes.ts';
import { lineStart, nextLine } from '../tree/text-ranges.ts';
import { isRelativeSpecifier, specifierOf } from './own-imports.ts';

/** Import statements with nothing but comments and blank lines between them. */
type ImportBlock = readonly Node[];

/** Places for the helper's import: among the file's imports of its own modules, else below its imports, else above its code. */
export function importSite(
  module: SourceModule,
  helper: HelperPlacement,
  modules: Modules,
  _project: ProjectFiles,
): ImportSite {
  const isHoisted = helper.importStatement.startsWith('import');
  const blocks = isHoisted ? importBlocks(module) : blocksAboveCode(module);
  const specifier = /["'](.+)["']/.exec(helper.importStatement)?.[1] ?? './';
  const isSibling = (statement: Node) => isLike(specifier, statement, module, modules);
  const block = blocks.find((one) => one.some(isSibling)) ?? blocks[0] ?? [];
  const group = block.filter(isSibling);
  const first = blocks[0]?.[0];
  return {
    firstParty: placeAfter(lastRun(group).at(-1) ?? block.at(-1), module),
    standard: first ? lineStart(module.text, first.getStart()) : startOfCode(module),
    names: namesOf(module.root),
    statements: lastRun(group).map(rangeOf),
  };
}

/** Offset of the line below the file's first block of imports: where a statement may stand that uses them. */
export function afterImports(module: SourceModule): number {
  return placeAfter(importBlocks(module)[0]?.at(-1), module);
}

/** Blocks of statements at module level that import and bind something, in source order. */
function importBlocks({ root }: SourceModule): readonly ImportBlock[] {
  const blocks: Node[][] = [];
  let current: Node[] = [];
  for (const statement of root.getStatements()) {
    if (specifierOf(statement) === undefined) {
      current = [];
      continue;
    }
    if (current.length === 0) blocks.push(current);
    current.push(statement);
  }
  return blocks;
}

/** A `require` must stand above all that may use what it gives: above the first statement that may run a hook. */
function blocksAboveCode(module: SourceModule): readonly ImportBlock[] {
  const blocks = importBlocks(module);
  const start = blocks[0]?.[0]?.getStart() ?? 0;
  const code = module.root.getStatements().find((one) => one.getStart() > start && mayRunHook(one, module.root));
  return code ? blocks.filter(([first]) => first !== undefined && first.getStart() < code.getStart()) : blocks;
}

function mayRunHook(statement: Node, root: SourceFile): boolean {
  if (specifierOf(statement) !== undefined || isDirective(statement)) return false;
  if (Node.isExpressionStatement(statement)) return !/^[\w.]+\.config\(/.test(statement.getText());
  if (!Node.isVariableStatement(statement))
    return !Node.isFunctionDeclaration(statement) && !Node.isClassDeclaration(statement);
  return ownNodes(statement, [SyntaxKind.CallExpression]).some((call) => {
    const callee = Node.isCallExpression(call) ? call.getExpression() : undefined;
    return !Node.isIdentifier(callee) || root.getFunction(callee.getText()) !== undefined;
  });
}

/** An import of the project's own code, written as the helper's: relative, or by the same alias. Not one for its effect alone. */
function isLike(specifier: string, statement: Node, module: SourceModule, modules: Modules): boolean {
  const own = specifierOf(statement) ?? '';
  if (Node.isExpressionStatement(statement) || !bindsNames(statement)) return false;
  if (isRelativeSpecifier(specifier)) return isRelativeSpecifier(own);
  return !isRelativeSpecifier(own) && modules.resolveImport(module.path, own) !== undefined;
}

function bindsNames(statement: Node): boolean {
  return !Node.isImportDeclaration(statement) || statement.getImportClause() !== undefined;
}

/** The statements at the end of a group between which no other import stands. */
function lastRun(group: readonly Node[]): readonly Node[] {
  const gap = group.findLastIndex((one, index) => index > 0 && group[index - 1] !== previousOf(one));
  return gap < 0 ? group : group.slice(gap);
}

function previousOf(statement: Node): Node | undefined {
  return statement.getPreviousSibling();
}

function placeAfter(statement: Node | undefined, module: SourceModule): number {
  return statement ? nextLine(module.text, statement.getEnd()) : startOfCode(module);
}

/** After a hashbang, directives, and a comment about the whole file. */
function startOfCode({ root, text }: SourceModule): number {
  const statements = root.getStatements();
  const code = statements.findIndex((one) => !isDirective(one));
  const directive = statements.slice(0, code < 0 ? undefined : code).at(-1);
  if (directive) return nextLine(text, directive.getEnd());
  const first = statements[0];
  return first ? belowHeader(first, text) : text.length;
}

/** A comment right above a statement is about it, unless it speaks of the file: a licence, a pragma. */
function belowHeader(first: Node, text: string): number {
  const comments = first.getLeadingCommentRanges();
  const header = comments.findLast((comment) => {
    const after = text.slice(comment.getEnd(), first.getStart());
    return /^[ \t]*\r?\n[ \t]*\r?\n/.test(after) || ABOUT_FILE.test(comment.getText());
  });
  if (header) return nextLine(text, header.getEnd());
  const above = comments[0]?.getPos() ?? first.getStart();
  return lineStart(text, above);
}

function isDirective(statement: Node): boolean {
  return Node.isExpressionStatement(statement) && Node.isStringLiteral(statement.getExpression());
}

/** Names that are bound at module level. */
function namesOf(root: Node): readonly string[] {
  return root.getLocals().map((symbol) => symbol.getName());
}

const ABOUT_FILE =
  /^\/\*!|@licen[sc]e|@preserve|copyright|\(c\)|SPDX-|eslint-|biome-|@ts-(no)?check|@flow|@jsx|@fileoverview|@file\b|^\/\* *(global|globals|jshint|istanbul)\b|^\/\/\/ *</i;
