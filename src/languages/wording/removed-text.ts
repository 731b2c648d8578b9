/** A comment in its text. */
export interface PlacedComment {
  readonly start: number;
  readonly end: number;
  /** Nothing but blanks stands before it in its line. */
  readonly isWholeLine: boolean;
}

/** Whole lines with their line end, one blank line with them where two would meet; or a trailing comment with the blanks before it. */
export function removedRange(
  remark: readonly PlacedComment[],
  text: string,
): { readonly start: number; readonly end: number } {
  const first = remark[0];
  const last = remark.at(-1);
  if (!first || !last) return { start: 0, end: 0 };
  if (!first.isWholeLine) return { start: text.slice(0, first.start).trimEnd().length, end: first.end };
  const start = text.lastIndexOf('\n', first.start - 1) + 1;
  const end = lineEnd(text, last.end);
  const follows = /^[ \t]*\r?\n/.exec(text.slice(end));
  const meets = follows && /(^|\n)[ \t]*\r?\n$/.test(text.slice(Math.max(0, start - 400), start));
  return { start, end: meets ? end + follows[0].length : end };
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}
