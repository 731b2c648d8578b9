import type { FileFacts, TextRange } from '../../../core/index.ts';
import { lineStart, nextLine } from '../tree/text-ranges.ts';

/** Offset of the line end, before `\n` or `\r\n`. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  if (feed < 0) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
}

export function lineOf(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), lineEnd(text, offset));
}

/** What stands in the line before the offset. */
export function lineBefore(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset);
}

/** Starts of the lines that begin inside the range. */
export function lineStartsWithin(text: string, range: TextRange): readonly number[] {
  const starts: number[] = [];
  for (let at = nextLine(text, range.start); at < range.end; at = nextLine(text, at)) starts.push(at);
  return starts;
}

/** Nothing but blanks before it in its first line, nothing but a comment after it in its last. */
export function standsAlone(text: string, range: TextRange): boolean {
  return isBlank(lineBefore(text, range.start)) && endsLine(text, range.end);
}

/** Nothing but a comment follows in the line. */
export function endsLine(text: string, offset: number): boolean {
  return /^\s*(\/\/.*|(\/\*((?!\*\/).)*\*\/\s*)+)?$/.test(text.slice(offset, lineEnd(text, offset)));
}

export function isBlank(line: string): boolean {
  return /^\s*$/.test(line);
}

/** A line that is nothing but a comment, or a part of one: `// …`, `/* … *\/`, ` * …`. */
export function isComment(line: string): boolean {
  return /^\s*(\/\/|\/\*((?!\*\/).)*(\*\/\s*)?$|\*([\s/]|$))/.test(line);
}

/** Columns of a line; a tab is as wide as formatters have it unasked. */
export function widthOf(line: string): number {
  return [...line.replaceAll('\t', '  ')].length;
}

export function fits(line: string, facts: FileFacts): boolean {
  return widthOf(line) <= facts.style.lineLength;
}

/** Start of the comment lines that stand right above the line, or of the line itself. */
export function commentBlockStart(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start > 0 && isComment(lineOf(text, start - 1))) start = lineStart(text, start - 1);
  return start;
}

/** The nearest line above that stays: lines of remarks do not count. `undefined` at the top of the file. */
export function lineAbove(facts: FileFacts, start: number): string | undefined {
  const { text } = facts.file;
  for (let at = start; at > 0; ) {
    at = lineStart(text, at - 1);
    const line = at;
    if (!facts.remarks.some(({ range }) => line >= range.start && line < range.end)) return lineOf(text, line);
  }
  return undefined;
}

/**
 * The end of a statement without the semicolon that code without semicolons puts in front of the next line:
 * `await warm()` of `await warm()⏎;[a, b].forEach(f)`.
 */
export function statementEnd(text: string, range: TextRange): number {
  const code = text.slice(range.start, range.end);
  const foreign = /\s*\n\s*;$/.exec(code);
  return foreign ? range.start + foreign.index : range.end;
}

/** `;`, or nothing in a file without semicolons, unless the next line would go on with the statement. */
export function statementMark(facts: FileFacts, next: number): string {
  if (facts.style.semicolons !== false) return ';';
  const following = facts.file.text.slice(next).replace(/^(\s+|\/\/.*|\/\*[\s\S]*?\*\/)+/, '');
  return /^[([`/+\-*]/.test(following) ? ';' : '';
}
