import { allNodes } from './own-nodes.ts';
import type { Node } from './parse.ts';

/** One comment of a file. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Without marks: `# - Start workers` → `Start workers`. */
  readonly text: string;
  /** Blanks between the mark and the text. */
  readonly indent: number;
  /** Nothing but blanks stands before it. */
  readonly isWholeLine: boolean;
}

/** The comments of a file, by line. */
export type Comments = ReadonlyMap<number, Comment>;

/** Every comment of a parsed file; what looks like one in a string is none. */
export function commentsOf(root: Node, text: string): Comments {
  const comments = new Map<number, Comment>();
  for (const node of allNodes(root, ['comment'])) {
    const start = node.startIndex;
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const line = node.startPosition.row + 1;
    const end = start + node.text.trimEnd().length;
    comments.set(line, {
      start,
      end,
      line,
      text: withoutMarks(node.text),
      indent: /^#+\s*/.exec(node.text)?.[0].length ?? 1,
      isWholeLine: before.trim() === '',
    });
  }
  return comments;
}

function withoutMarks(text: string): string {
  return text
    .replace(/^#+!?:?\s*/, '')
    .replace(/^[=\-~*_#]{3,}\s*|\s*[=\-~*_#]{3,}$/g, '')
    .trim();
}
