/** Half-open range of UTF-16 code units: `text.slice(start, end)` is its text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A source file as it was read. Nothing later reads it from the disk again. */
export interface SourceFile {
  /** Relative to the scanned root, with `/` separators. */
  readonly path: string;
  /** The decoded text without its byte order mark, line endings as they are. */
  readonly text: string;
  /** Whether a byte order mark stood in front of `text`. */
  readonly bom: boolean;
  /** Identifier of a language, for example `python`. */
  readonly language: string;
}

/** A line of a file that a person can open: `path` as in `SourceFile`, `line` counted from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

export function textOf(file: SourceFile, range: TextRange): string {
  return file.text.slice(range.start, range.end);
}

export function isWithin(inner: TextRange, outer: TextRange): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** Line, counted from 1, that the offset stands in. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

export function formatPlace(place: Place): string {
  return `${place.path}:${place.line}`;
}
