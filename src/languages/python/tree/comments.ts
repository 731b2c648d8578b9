import type { Directive } from '../../../core/index.ts';
import { isPragma, isRemarkText } from '../../wording/remark-words.ts';
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

/** The comment lines right above a line, without a blank line between, from top to bottom. */
export function blockAbove(line: number, comments: Comments): Comment[] {
  const block: Comment[] = [];
  for (let comment = comments.get(line - 1); comment?.isWholeLine; comment = comments.get(comment.line - 1))
    block.unshift(comment);
  return block;
}

/** The comments behind code on the lines from `first` to `last`. */
export function trailingOn(first: number, last: number, comments: Comments): Comment[] {
  const found: Comment[] = [];
  for (let line = first; line <= last; line++) {
    const comment = comments.get(line);
    if (comment && !comment.isWholeLine) found.push(comment);
  }
  return found;
}

/** What comments say to a reader: directives, pragmas, remarks and rules of dashes left out. */
export function proseOf(comments: readonly Comment[]): string | undefined {
  // What an earlier run wrote is no evidence: a second run must decide by the code alone. It stands last in its block.
  const written = comments.findIndex((comment) => WRITTEN.test(comment.text));
  const own = written < 0 ? comments : comments.slice(0, written);
  const lines = own.filter((comment) => isProse(comment.text)).map((comment) => comment.text);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/** `# startup-codemod: critical — reason`; `invalid` where it is addressed to this tool and cannot be read. */
export function directiveOf(comment: Comment): Directive | 'invalid' | undefined {
  if (!/^startup-codemod\s*:/i.test(comment.text)) return undefined;
  const match = /^startup-codemod\s*:\s*(critical|background)(?![\w-])\s*(?:[—–:-]+\s*)?(.*)$/iu.exec(comment.text);
  if (!match) return 'invalid';
  const verdict = match[1]?.toLowerCase() === 'critical' ? 'critical' : 'background';
  const reason = match[2]?.trim();
  return { verdict, line: comment.line, ...(reason ? { reason } : {}) };
}

function isProse(text: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return false;
  return !/^startup-codemod\s*:/i.test(text) && !isPragma(text) && !isRemarkText(text);
}

function withoutMarks(text: string): string {
  return text
    .replace(/^#+!?:?\s*/, '')
    .replace(/^[=\-~*_#]{3,}\s*|\s*[=\-~*_#]{3,}$/g, '')
    .trim();
}

const WRITTEN = /^#?\s*(?:Blocks startup|Background): /;
