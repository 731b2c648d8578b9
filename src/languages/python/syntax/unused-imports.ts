import { applyEdits, type Edit, type FileFacts, remove } from '../../../core/index.ts';
import { isBlank, lineAbove, lineOf, nextLine } from './text.ts';
import { stringsAndComments } from './tokens.ts';

const IMPORT = /^import asyncio[ \t]*\r?$|^from asyncio import \w+[ \t]*\r?$/gm;

/** Removes `import asyncio` once the edits have taken away its last use. */
export function dropUnusedImports(edits: readonly Edit[], facts: FileFacts): readonly Edit[] {
  const { text } = facts.file;
  return [...text.matchAll(IMPORT)].flatMap((match) => {
    const name = match[0].trim().split(/\s+/).at(-1) ?? '';
    if (uses(text, name) <= 1 || uses(applyEdits(text, edits), name) > 1) return [];
    const start = match.index;
    const end = nextLine(text, start);
    const above = lineAbove(facts, start);
    const meets = isBlank(lineOf(text, end)) && (above === undefined || isBlank(above));
    const isNeighbour = edits.some(({ range }) => range.start === end);
    return [remove({ start, end: meets && !isNeighbour ? nextLine(text, end) : end })];
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
