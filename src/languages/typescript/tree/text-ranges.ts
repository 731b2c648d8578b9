import { type Node, SyntaxKind } from 'ts-morph';
import type { TextRange } from '../../../core/index.ts';
import { allNodes, rangeOf } from './own-nodes.ts';

/** The blanks at the start of the line that an offset stands in. */
export function indentOf(text: string, offset: number): string {
  return /^[ \t\f]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Start of the line that an offset stands in. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Start of the line below the one that an offset stands in; the end of the text in its last line. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** Literals over several lines: re-indenting would change what they say. */
export function verbatimRanges(nodes: readonly Node[]): TextRange[] {
  const ranges = nodes
    .flatMap((node) => allNodes(node, LITERALS))
    .filter((node) => node.getStartLineNumber() !== node.getEndLineNumber())
    .map(rangeOf);
  // A template in a substitution of another one is inside it already.
  return ranges.filter(
    (range) => !ranges.some((other) => other !== range && other.start <= range.start && other.end >= range.end),
  );
}

const LITERALS: readonly SyntaxKind[] = [
  SyntaxKind.TemplateExpression,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.JsxText,
];
