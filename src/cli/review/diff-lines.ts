import { diffWordsWithSpace, structuredPatch } from 'diff';
import type { FileChange } from '../../index.ts';
import { type Line, type Look, line, span } from './lines.ts';

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

/** A removed line and the added one that has most in common with it show what differs between them; the others are whole. */
function changedLines(removed: readonly string[], added: readonly string[], marks: Marks): readonly Line[] {
  const partners = pairs(removed, added);
  return [
    ...removed.map((text, index) => {
      const now = added[partners.get(index) ?? -1];
      return now === undefined ? line(marks['-'] + text, 'removed') : differing('-', text, now, marks);
    }),
    ...added.map((text, index) => {
      const [old] = [...partners].find(([, partner]) => partner === index) ?? [-1];
      return old < 0 ? line(marks['+'] + text, 'added') : differing('+', removed[old] ?? '', text, marks);
    }),
  ];
}

/** Index of the added line for every removed one that has a like; both in their order. */
function pairs(removed: readonly string[], added: readonly string[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let from = 0;
  for (const [index, text] of removed.entries()) {
    const scores = added.map((other, at) => (at < from ? 0 : common(text, other)));
    const best = Math.max(0, ...scores);
    // Where little is common, single words that happen to be the same only disturb.
    if (best * 2 < wordsOf(text).join('').length || best === 0) continue;
    const partner = scores.indexOf(best);
    found.set(index, partner);
    from = partner + 1;
  }
  return found;
}

/** How many letters stand in words that both lines have. */
function common(a: string, b: string): number {
  const others = new Set(wordsOf(b));
  return wordsOf(a)
    .filter((word) => others.has(word))
    .join('').length;
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}

function differing(sign: '-' | '+', before: string, after: string, marks: Marks): Line {
  const [look, wordLook]: readonly [Look, Look] = sign === '-' ? ['removed', 'removed-word'] : ['added', 'added-word'];
  const parts = diffWordsWithSpace(before, after).filter((part) => !(sign === '-' ? part.added : part.removed));
  const spans = parts.map((part) => span(part.value, part.added || part.removed ? wordLook : look));
  return [span(marks[sign], look), ...spans];
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
