import type { TextRange } from './source-file.ts';

/** Replaces the text in `range` with `text`. An empty range inserts; an empty text deletes. Line ends in `text` are `\n`. */
export interface Edit {
  readonly range: TextRange;
  readonly text: string;
  /** Order among insertions at one offset: lower first; equal ranks keep the order of the rewrites. 0 where it is missing. */
  readonly rank?: number;
}

/** An edit of a named file: a rewrite may touch more than one (the hook that releases, the hook that records). */
export interface FileEdit extends Edit {
  readonly path: string;
}

export function insert(at: number, text: string): Edit {
  return { range: { start: at, end: at }, text };
}

export function replace(range: TextRange, text: string): Edit {
  return { range, text };
}

export function remove(range: TextRange): Edit {
  return { range, text: '' };
}
