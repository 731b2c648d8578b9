import type { FileFacts, TextRange } from '../../../core/index.ts';

/** Offset of the first character of the line. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line end, before `\n` or `\r\n`. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  if (feed < 0) return text.length;
  return feed > offset && text[feed - 1] === '\r' ? feed - 1 : feed;
}

/** Offset of the first character of the next line. */
export function nextLine(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed < 0 ? text.length : feed + 1;
}

export function lineOf(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), lineEnd(text, offset));
}

/** Starts of the lines that begin inside the range. */
export function lineStartsWithin(text: string, range: TextRange): readonly number[] {
  const starts: number[] = [];
  for (let at = nextLine(text, range.start); at < range.end; at = nextLine(text, at)) starts.push(at);
  return starts;
}

/** Nothing but blanks before it in its first line, nothing but a comment after it in its last. */
export function standsAlone(text: string, range: TextRange): boolean {
  const before = text.slice(lineStart(text, range.start), range.start);
  const after = text.slice(range.end, lineEnd(text, range.end));
  return /^[ \t]*$/.test(before) && /^\s*(#.*)?$/.test(after);
}

export function isBlank(line: string): boolean {
  return /^\s*$/.test(line);
}

export function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

/** Columns of a line, a tab counted as four. */
export function widthOf(line: string): number {
  return [...line.replaceAll('\t', '    ')].length;
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
