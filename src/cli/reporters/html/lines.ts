import { type Html, html } from './markup.ts';

/** Which lines of which files stand on the page, so that evidence can link to them. */
export interface ShownLines {
  has(path: string, line: number): boolean;
  add(path: string, line: number): void;
  /** The id of a line's element. */
  idOf(path: string, line: number): string;
}

export function shownLines(): ShownLines {
  const files = new Map<string, number>();
  const ids = new Set<string>();
  const idOf = (path: string, line: number) => {
    if (!files.has(path)) files.set(path, files.size + 1);
    return `file-${files.get(path)}-line-${line}`;
  };
  return {
    has: (path, line) => ids.has(idOf(path, line)),
    add: (path, line) => ids.add(idOf(path, line)),
    idOf,
  };
}

/** `src/core/db.py:46` in its parts; no line where it names a file. */
export function placeOf(at: string): { readonly path: string; readonly line?: number } {
  const [, path, line] = /^(.*):(\d+)$/s.exec(at) ?? [];
  return path === undefined ? { path: at } : { path, line: Number(line) };
}

/** A place as a link to its line where that is shown on the page, as text elsewhere. */
export function placeLink(at: string, lines: ShownLines): Html {
  const { path, line } = placeOf(at);
  if (line === undefined || !lines.has(path, line)) return html`<code>${at}</code>`;
  return html`<a href="#${lines.idOf(path, line)}"><code>${at}</code></a>`;
}
