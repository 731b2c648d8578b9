import { Node, SyntaxKind } from 'ts-morph';
import { dominantEol, type ProjectFiles, type TextStyle } from '../../../core/index.ts';
import type { SourceModule } from '../modules/definition.ts';
import { folderOf } from '../modules/import-paths.ts';
import { allNodes } from '../tree/own-nodes.ts';
import { indentOf } from '../tree/text-ranges.ts';
import { type StyleSettings, styleSettings } from './style-settings.ts';

const DEFAULT_LINE_LENGTH = 80;

/** How a module is written: as most of it is, and as its formatter is told where it says nothing. */
export function textStyle(module: SourceModule, project: ProjectFiles): TextStyle {
  const settings = styleSettings(folderOf(module.path), project);
  return {
    eol: module.text.includes('\n') ? dominantEol(module.text) : (settings.eol ?? '\n'),
    indentUnit: indentUnitOf(module) ?? settings.indentUnit ?? '  ',
    quote: quoteOf(module) ?? settings.quote ?? "'",
    lineLength: settings.lineLength ?? DEFAULT_LINE_LENGTH,
    semicolons: semicolonsOf(module) ?? settings.semicolons ?? true,
    trailingCommas: trailingCommasOf(module, settings),
    arrowParens: arrowParensOf(module) ?? settings.arrowParens ?? 'always',
  };
}

/** What blocks at the left edge are mostly indented by. */
function indentUnitOf({ root, text }: SourceModule): string | undefined {
  const units = allNodes(root, BLOCKS).flatMap((block) => {
    const first = membersOf(block)[0];
    if (!first || indentOf(text, block.getEnd() - 1) !== '') return [];
    const start = first.getStart(true);
    const indent = indentOf(text, start);
    return indent !== '' && text.slice(0, start).endsWith(`\n${indent}`) ? [indent] : [];
  });
  return mostFrequent(units);
}

function membersOf(block: Node): readonly Node[] {
  if (Node.isBlock(block)) return block.getStatements();
  if (Node.isObjectLiteralExpression(block)) return block.getProperties();
  return Node.isClassDeclaration(block) ? block.getMembers() : [];
}

/** The quote that most strings have; those that hold a quote of either kind, and JSX attributes, do not count. */
function quoteOf({ root }: SourceModule): '"' | "'" | undefined {
  const quotes = allNodes(root, [SyntaxKind.StringLiteral]).flatMap((string) => {
    const text = string.getText();
    const isPlain = !/["']/.test(text.slice(1, -1)) && !Node.isJsxAttribute(string.getParent());
    return isPlain ? [text.startsWith("'") ? ("'" as const) : ('"' as const)] : [];
  });
  return mostFrequent(quotes);
}

function semicolonsOf({ root }: SourceModule): boolean | undefined {
  return mostFrequent(allNodes(root, TERMINATED).map((statement) => statement.getText().endsWith(';')));
}

/** Of arrow functions that could go without. */
function arrowParensOf({ root }: SourceModule): 'always' | 'avoid' | undefined {
  const heads = allNodes(root, [SyntaxKind.ArrowFunction]).flatMap((arrow) => {
    const head = /^(?:async\s+)?(?:[\p{L}_$][\p{L}\p{N}_$]*|(\()\s*[\p{L}_$][\p{L}\p{N}_$]*\s*\))\s*=>/u.exec(
      arrow.getText(),
    );
    return head ? [head[1] === undefined ? ('avoid' as const) : ('always' as const)] : [];
  });
  return mostFrequent(heads);
}

/** Lists over several lines: of literals and imports, and of arguments and parameters, which not every style treats alike. */
function trailingCommasOf(module: SourceModule, settings: StyleSettings): 'none' | 'es5' | 'all' {
  const literals = mostFrequent(allNodes(module.root, LITERALS).flatMap((node) => endsInComma(node, module)));
  const lists = mostFrequent(allNodes(module.root, LISTS).flatMap((node) => endsInComma(node, module)));
  if (lists === true) return 'all';
  const known = settings.trailingCommas;
  if (literals === undefined) return lists === false && known === 'all' ? 'es5' : (known ?? 'none');
  if (!literals) return 'none';
  return lists === undefined && known === 'all' ? 'all' : 'es5';
}

/** Whether the last item of a list, each item on lines of its own, has a comma after it. Empty: it tells nothing. */
function endsInComma(node: Node, { text }: SourceModule): readonly boolean[] {
  const items = itemsOf(node);
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last || isRest(last)) return [];
  const before = text.slice(first.getPos(), first.getStart());
  const after = CLOSING.exec(text.slice(last.getEnd(), node.getEnd()));
  if (!after?.[0].includes('\n') || !before.includes('\n')) return [];
  return [after[1] === ','];
}

function itemsOf(node: Node): readonly Node[] {
  if (Node.isObjectLiteralExpression(node)) return node.getProperties();
  if (Node.isArrayLiteralExpression(node) || Node.isNamedImports(node) || Node.isObjectBindingPattern(node))
    return node.getElements();
  if (Node.isCallExpression(node) || Node.isNewExpression(node)) return node.getArguments();
  return Node.isParametered(node) ? node.getParameters() : [];
}

/** No comma may follow it. */
function isRest(node: Node): boolean {
  return (
    (Node.isParameterDeclaration(node) && node.isRestParameter()) ||
    (Node.isBindingElement(node) && node.getDotDotDotToken() !== undefined)
  );
}

/** The first of those that occur most often. */
function mostFrequent<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}

/** What stands between the last item and the end of its list. */
const CLOSING =
  /^(?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*?(,?)(?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*[\])}]/;

const BLOCKS: readonly SyntaxKind[] = [
  SyntaxKind.Block,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ClassDeclaration,
];

const TERMINATED: readonly SyntaxKind[] = [
  SyntaxKind.ExpressionStatement,
  SyntaxKind.VariableStatement,
  SyntaxKind.ReturnStatement,
  SyntaxKind.ImportDeclaration,
];

const LITERALS: readonly SyntaxKind[] = [
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.NamedImports,
  SyntaxKind.ObjectBindingPattern,
];

const LISTS: readonly SyntaxKind[] = [
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
];
