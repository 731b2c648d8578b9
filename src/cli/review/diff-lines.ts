import { diffWordsWithSpace, structuredPatch } from 'diff';
import type { FileChange } from '../../index.ts';
import { type Line, type Look, line, type Span, span } from './lines.ts';

const CONTEXT = 3;

/** The marks in front of lines; words where the lines are read aloud. */
const MARKS = { '+': '+', '-': '-', ' ': ' ' } as const;
const WORDS = { '+': 'added: ', '-': 'removed: ', ' ': 'unchanged: ' } as const;

/** A unified diff for a person: context, and the words that differ inside changed lines. A file that is made is only named. */
export function diffLines(changes: readonly FileChange[], isPlain: boolean): readonly Line[] {
  return changes.flatMap((change) => fileLines(change, isPlain ? WORDS : MARKS));
}

type Marks = typeof MARKS | typeof WORDS;

function fileLines({ path, before, after }: FileChange, marks: Marks): readonly Line[] {
  if (before === undefined) return [line(`new file ${path}`, 'place')];
  if (after === undefined) return [line(`file removed: ${path}`, 'place')];
  const { hunks } = structuredPatch(path, path, unix(before), unix(after), '', '', { context: CONTEXT });
  return hunks.flatMap(({ oldStart, lines }) => [line(`${path}:${oldStart}`, 'place'), ...hunkLines(lines, marks)]);
}

/** Removed lines and the added ones right after them are compared word by word. */
function hunkLines(lines: readonly string[], marks: Marks): readonly Line[] {
  const shown: Line[] = [];
  for (let at = 0; at < lines.length; ) {
    const removed = runOf(lines, at, '-');
    const added = runOf(lines, at + removed.length, '+');
    if (removed.length + added.length > 0) {
      shown.push(...changedLines(removed, added, marks));
      at += removed.length + added.length;
    } else {
      const text = lines[at++] ?? '';
      if (!text.startsWith('\\')) shown.push(line(marks[' '] + text.slice(1)));
    }
  }
  return shown;
}

function runOf(lines: readonly string[], from: number, sign: '+' | '-'): readonly string[] {
  const end = lines.findIndex((text, index) => index >= from && !text.startsWith(sign));
  return lines.slice(from, end < 0 ? undefined : end).map((text) => text.slice(1));
}

function changedLines(removed: readonly string[], added: readonly string[], marks: Marks): readonly Line[] {
  const words = removed.length > 0 && added.length > 0 ? diffWordsWithSpace(removed.join('\n'), added.join('\n')) : [];
  const kept = words
    .filter((part) => !part.added && !part.removed)
    .reduce((sum, { value }) => sum + value.trim().length, 0);
  // Where little is common, single words that happen to be the same only disturb.
  const isAlike = kept * 3 >= Math.min(removed.join('').length, added.join('').length);
  if (!isAlike || words.length === 0)
    return [
      ...removed.map((text) => line(marks['-'] + text, 'removed')),
      ...added.map((text) => line(marks['+'] + text, 'added')),
    ];
  const side = (sign: '-' | '+', look: Look, wordLook: Look) =>
    asLines(
      words.flatMap((part) => {
        if (sign === '-' ? part.added : part.removed) return [];
        const isChanged = part.added || part.removed;
        return [{ text: part.value, look: isChanged && part.value.trim() !== '' ? wordLook : look }];
      }),
    ).map((spans) => [span(marks[sign], look), ...spans]);
  return [...side('-', 'removed', 'removed-word'), ...side('+', 'added', 'added-word')];
}

/** Pieces of a text, cut at its line ends. */
function asLines(pieces: readonly { readonly text: string; readonly look: Look }[]): readonly Line[] {
  const lines: Span[][] = [[]];
  for (const { text, look } of pieces) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push(span(part, look));
    }
  }
  return lines;
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
