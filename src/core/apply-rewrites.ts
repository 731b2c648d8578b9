import type { Edit, FileEdit } from './edit.ts';
import type { Rewrite } from './rewrite.ts';
import type { SourceFile } from './source-file.ts';
import { dominantEol } from './text-style.ts';

/** What became of a list of rewrites. */
export interface AppliedRewrites {
  /** New texts by path, for files whose text changed. */
  readonly texts: ReadonlyMap<string, string>;
  readonly applied: readonly Rewrite[];
  /** Rewrites that overlap an applied one: left out whole. */
  readonly setAside: readonly Rewrite[];
}

/** Applies rewrites, each whole or not at all. Identical edits of several rewrites are applied once. */
export function applyRewrites(files: ReadonlyMap<string, SourceFile>, rewrites: readonly Rewrite[]): AppliedRewrites {
  const accepted = new Map<string, Edit[]>();
  const applied: Rewrite[] = [];
  const setAside: Rewrite[] = [];
  for (const rewrite of rewrites) {
    const fresh = rewrite.edits.filter((edit) => !accepted.get(edit.path)?.some((other) => isSame(edit, other)));
    const fits = fresh.every(
      (edit) => files.has(edit.path) && !accepted.get(edit.path)?.some((other) => clash(edit, other)),
    );
    if (!fits) {
      setAside.push(rewrite);
      continue;
    }
    for (const edit of fresh) accepted.set(edit.path, [...(accepted.get(edit.path) ?? []), edit]);
    applied.push(rewrite);
  }
  return { texts: changedTexts(files, accepted), applied, setAside };
}

/** The text with all edits made. Line ends of new text become those of the file. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const eol = dominantEol(text);
  const deletions = edits.filter((edit) => edit.text === '' && edit.range.end > edit.range.start);
  const sorted = edits
    .map((edit, order) => ({ edit, order }))
    .filter(({ edit }) => !isLostIn(edit, deletions))
    .sort((a, b) => compare(a.edit, b.edit) || a.order - b.order);
  let result = '';
  let at = 0;
  for (const { edit } of sorted) {
    result += text.slice(at, Math.max(at, edit.range.start)) + edit.text.replaceAll('\r\n', '\n').replaceAll('\n', eol);
    at = Math.max(at, edit.range.end);
  }
  return result + text.slice(at);
}

function changedTexts(files: ReadonlyMap<string, SourceFile>, edits: ReadonlyMap<string, readonly Edit[]>) {
  const texts = new Map<string, string>();
  for (const [path, list] of edits) {
    const file = files.get(path);
    const text = file && applyEdits(file.text, list);
    if (file && text !== undefined && text !== file.text) texts.set(path, text);
  }
  return texts;
}

/** Insertions come before what replaces the text at the same offset. */
function compare(a: Edit, b: Edit): number {
  return (
    a.range.start - b.range.start || Number(!isInsertion(a)) - Number(!isInsertion(b)) || (a.rank ?? 0) - (b.rank ?? 0)
  );
}

function isSame(a: FileEdit, b: Edit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.text === b.text;
}

function isInsertion(edit: Edit): boolean {
  return edit.range.start === edit.range.end;
}

/** Insertions never clash with each other; indentation inside deleted text is lost with it; anything else must not overlap. */
function clash(a: Edit, b: Edit): boolean {
  if (isInsertion(a) && isInsertion(b)) return false;
  if (isIndentation(a) || isIndentation(b)) return false;
  if (isInsertion(a)) return a.range.start > b.range.start && a.range.start < b.range.end;
  if (isInsertion(b)) return b.range.start > a.range.start && b.range.start < a.range.end;
  return a.range.start < b.range.end && b.range.start < a.range.end;
}

function isIndentation(edit: Edit): boolean {
  return isInsertion(edit) && /^[ \t]+$/.test(edit.text);
}

/** Indentation for a line that is deleted: `[    ]-    # TODO` must not leave its blanks behind. */
function isLostIn(edit: Edit, deletions: readonly Edit[]): boolean {
  return (
    isIndentation(edit) &&
    deletions.some(({ range }) => edit.range.start >= range.start && edit.range.start < range.end)
  );
}
