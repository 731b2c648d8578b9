import { applyEdits, type Edit, type FileFacts, isWithin, remove, type TextRange } from '../../../core/index.ts';
import { isBlank, lineAbove, lineOf, nextLine } from './text.ts';
import { stringsAndComments } from './tokens.ts';

const IMPORT = /^import asyncio[ \t]*\r?$|^from asyncio import (\w+)[ \t]*\r?$/gm;
const LOCAL_IMPORT = /^([ \t]+)import (asyncio)[ \t]*\r?$/gm;
const LOOP = /^([ \t]+)(\w+) = asyncio\.get_(?:running_|event_)?loop\(\)[ \t]*\r?$/gm;

/** Removes the imports of asyncio and the event loops in local names of which the edits have taken away the last use. */
export function dropUnused(edits: readonly Edit[], facts: FileFacts): readonly Edit[] {
  const local = facts.hooks.flatMap(({ range, body }) => [
    ...unusedLines(LOOP, range, body.indent, edits, facts),
    ...unusedLines(LOCAL_IMPORT, range, body.indent, edits, facts),
  ]);
  return [...local, ...unusedImports([...edits, ...local], facts)];
}

function unusedImports(edits: readonly Edit[], facts: FileFacts): readonly Edit[] {
  const { text } = facts.file;
  return [...text.matchAll(IMPORT)].flatMap((match) => {
    const name = match[1] ?? 'asyncio';
    if (uses(text, name) <= 1 || uses(applyEdits(text, edits), name) > 1) return [];
    const start = match.index;
    const end = nextLine(text, start);
    const above = lineAbove(facts, start);
    const meets = isBlank(lineOf(text, end)) && (above === undefined || isBlank(above));
    const isNeighbour = edits.some(({ range }) => range.start === end);
    return [remove({ start, end: meets && !isNeighbour ? nextLine(text, end) : end })];
  });
}

/** Whole statements of the body of a hook that bind a name which nothing in it reads any more. */
function unusedLines(
  pattern: RegExp,
  hook: TextRange,
  indent: string,
  edits: readonly Edit[],
  facts: FileFacts,
): readonly Edit[] {
  const text = facts.file.text.slice(hook.start, hook.end);
  const inside = edits
    .filter(({ range }) => isWithin(range, hook))
    .map((edit) => ({ ...edit, range: { start: edit.range.start - hook.start, end: edit.range.end - hook.start } }));
  return [...text.matchAll(pattern)].flatMap((match) => {
    const name = match[2] ?? '';
    if (match[1] !== indent || uses(text, name) <= 1 || uses(applyEdits(text, inside), name) > 1) return [];
    const start = hook.start + match.index;
    return [remove({ start, end: nextLine(facts.file.text, start) })];
  });
}

/** How often a name stands in code: strings without placeholders and comments do not count. */
function uses(text: string, name: string): number {
  let code = '';
  let at = 0;
  for (const token of stringsAndComments(text)) {
    code += text.slice(at, token.start) + (token.kind === 'format-string' ? text.slice(token.start, token.end) : ' ');
    at = token.end;
  }
  return [...(code + text.slice(at)).matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length;
}
