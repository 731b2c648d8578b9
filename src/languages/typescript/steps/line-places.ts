import type { Node } from 'ts-morph';
import { blockAbove } from '../../wording/comment-lines.ts';
import type { Comments } from '../tree/comments.ts';
import { lineOf } from '../tree/own-nodes.ts';
import { indentOf, lineStart } from '../tree/text-ranges.ts';

/** A line above which text can be inserted, with its indentation. */
export interface LinePlace {
  readonly at: number;
  readonly indent: string;
}

/** Above a statement and the comment lines that belong to it; `undefined` where it shares its line with other code. */
export function lineAbove(node: Node, text: string, comments: Comments): LinePlace | undefined {
  const start = lineStart(text, node.getStart());
  if (text.slice(start, node.getStart()).trim() !== '') return undefined;
  const top = blockAbove(lineOf(node), comments)[0];
  return { at: top ? lineStart(text, top.start) : start, indent: indentOf(text, node.getStart()) };
}

/** Above the brace that closes a block; `undefined` where it shares its line with other code. */
export function lineOfEnd(block: Node, text: string): number | undefined {
  const brace = block.getEnd() - 1;
  const start = lineStart(text, brace);
  return text.slice(start, brace).trim() === '' ? start : undefined;
}
