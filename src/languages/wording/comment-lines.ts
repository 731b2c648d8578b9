import { isPragma, isRemarkText } from './remark-words.ts';

/** One line of a comment, whatever its marks are. */
export interface CommentLine {
  readonly line: number;
  /** Without marks. */
  readonly text: string;
  /** Nothing but blanks stands before it. */
  readonly isWholeLine: boolean;
}

/** What a directive asks for. */
export interface DirectiveLine {
  readonly verdict: 'critical' | 'background';
  readonly reason?: string;
  readonly line: number;
}

/** The comment lines right above a line, without a blank line between, from top to bottom. */
export function blockAbove<T extends CommentLine>(line: number, comments: ReadonlyMap<number, T>): T[] {
  const block: T[] = [];
  for (let comment = comments.get(line - 1); comment?.isWholeLine; comment = comments.get(comment.line - 1))
    block.unshift(comment);
  return block;
}

/** The comments behind code on the lines from `first` to `last`. */
export function trailingOn<T extends CommentLine>(first: number, last: number, comments: ReadonlyMap<number, T>): T[] {
  const found: T[] = [];
  for (let line = first; line <= last; line++) {
    const comment = comments.get(line);
    if (comment && !comment.isWholeLine) found.push(comment);
  }
  return found;
}

/** What comments say to a reader: directives, pragmas, remarks and rules of dashes left out. */
export function proseOf(comments: readonly CommentLine[]): string | undefined {
  // What an earlier run wrote is no evidence: a second run must decide by the code alone. It stands last in its block.
  const written = comments.findIndex((comment) => WRITTEN.test(comment.text));
  const own = written < 0 ? comments : comments.slice(0, written);
  const lines = own.filter((comment) => isProse(comment.text)).map((comment) => comment.text);
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/** `# startup-codemod: critical — reason`; `invalid` where it is addressed to this tool and cannot be read. */
export function directiveOf(comment: CommentLine): DirectiveLine | 'invalid' | undefined {
  // What says to ignore a trap is no directive for a step.
  if (!/^startup-codemod\s*:(?!\s*ignore\s+SC\d)/i.test(comment.text)) return undefined;
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

const WRITTEN = /^#?\s*(?:Blocks startup|Background): /;
