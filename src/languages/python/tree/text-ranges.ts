import type { TextRange } from '../../../core/index.ts';
import { allNodes } from './own-nodes.ts';
import type { Node } from './parse.ts';

/** The blanks at the start of the line that an offset stands in. */
export function indentOf(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t\f]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** The insides of strings over several lines: re-indenting would change what they say. */
export function verbatimRanges(nodes: readonly Node[]): TextRange[] {
  const strings = nodes
    .flatMap((node) => allNodes(node, ['string']))
    .filter((node) => node.startPosition.row !== node.endPosition.row);
  const ranges = strings.map((node) => ({ start: node.startIndex, end: node.endIndex }));
  // A string in an interpolation of another one is inside it already.
  return ranges.filter(
    (range) => !ranges.some((other) => other !== range && other.start <= range.start && other.end >= range.end),
  );
}
