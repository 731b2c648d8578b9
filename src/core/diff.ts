import { diffLines, structuredPatch } from 'diff';
import { type Edit, insert, replace } from './edit.ts';

/** A file before and after; one of them is missing where the file is made or removed. Texts with their byte order mark. */
export interface FileChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** A unified diff of one file, byte for byte what `git apply` takes from the root that `path` is relative to. */
export function unifiedDiff(change: FileChange): string {
  const { hunks } = structuredPatch(change.path, change.path, change.before ?? '', change.after ?? '', '', '', {
    context: 3,
  });
  const body = hunks.map((hunk) => {
    const header = `@@ -${extent(hunk.oldStart, hunk.oldLines)} +${extent(hunk.newStart, hunk.newLines)} @@`;
    return `${[header, ...hunk.lines].join('\n')}\n`;
  });
  return headerOf(change) + body.join('');
}

/** The edits of whole lines that make `after` of `before`, in the order of the text. */
export function lineEdits(before: string, after: string): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const { value, added, removed } of diffLines(before, after)) {
    const last = edits.at(-1);
    if (added && last?.range.end === at) edits.splice(-1, 1, replace(last.range, last.text + value));
    else if (added) edits.push(insert(at, value));
    else if (removed) edits.push(replace({ start: at, end: at + value.length }, ''));
    if (!added) at += value.length;
  }
  return edits;
}

/** Two lines that stand side by side: line numbers counted from 1, missing where a side has no such line. */
export interface AlignedLines {
  readonly before?: number;
  readonly after?: number;
  readonly changed: boolean;
}

/** The changed parts of a file with three lines around them, line by line, the lines that replace others beside these. */
export function alignedHunks({ path, before = '', after = '' }: FileChange): readonly (readonly AlignedLines[])[] {
  const { hunks } = structuredPatch(path, path, before, after, '', '', { context: 3 });
  return hunks.map(({ oldStart, newStart, lines }) => aligned(lines, oldStart, newStart));
}

function aligned(lines: readonly string[], oldStart: number, newStart: number): readonly AlignedLines[] {
  const rows: AlignedLines[] = [];
  let [before, after] = [oldStart, newStart];
  let removed: number[] = [];
  let added: number[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at++) rows.push(changedRow(removed[at], added[at]));
    [removed, added] = [[], []];
  };
  for (const line of lines) {
    if (line.startsWith('-')) removed.push(before++);
    else if (line.startsWith('+')) added.push(after++);
    else if (line.startsWith(' ')) {
      flush();
      rows.push({ before: before++, after: after++, changed: false });
    }
  }
  flush();
  return rows;
}

function changedRow(before: number | undefined, after: number | undefined): AlignedLines {
  return { changed: true, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function headerOf({ path, before, after }: FileChange): string {
  const [a, b] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  const mode =
    before === undefined ? 'new file mode 100644\n' : after === undefined ? 'deleted file mode 100644\n' : '';
  const sides = [before === undefined ? '/dev/null' : withTab(a), after === undefined ? '/dev/null' : withTab(b)];
  return `diff --git ${a} ${b}\n${mode}--- ${sides[0]}\n+++ ${sides[1]}\n`;
}

/** Git counts an empty side from line 0. */
function extent(start: number, lines: number): string {
  return `${lines === 0 ? 0 : start},${lines}`;
}

/** Without the tab, `git apply` reads a name with a blank only up to that blank. */
function withTab(name: string): string {
  return name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name;
}

/** A path as git writes it: in quotes with octal bytes where it holds a quote, a backslash or a control character. */
function quoted(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (!/["\\\u0000-\u001f\u007f]/.test(path)) return path;
  const escaped = path.replace(/["\\]/g, '\\$&');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: see above
  return `"${escaped.replace(/[\u0000-\u001f\u007f]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)}"`;
}
