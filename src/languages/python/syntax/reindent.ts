import { type Edit, type FileFacts, insert, replace, type TextRange } from '../../../core/index.ts';
import { INDENTATION } from './ranks.ts';
import { fits, isBlank, isComment, lineOf, lineStart, lineStartsWithin } from './text.ts';
import { argumentsIn, stringsAndComments } from './tokens.ts';

/**
 * Indents every line that begins inside the range, one insertion a line, so that edits inside the range stay possible. The first
 * line is the caller's: its new text stands where the range begins. Insides of multi-line strings and blank lines stay.
 */
export function reindent(
  range: TextRange,
  verbatim: readonly TextRange[],
  by: string,
  facts: FileFacts,
): readonly Edit[] {
  const { text } = facts.file;
  const starts = lineStartsWithin(text, range).filter(
    (start) => !isBlank(lineOf(text, start)) && !verbatim.some((inside) => start > inside.start && start <= inside.end),
  );
  return [
    ...starts.map((start): Edit => ({ ...insert(start, by), rank: INDENTATION })),
    ...[lineStart(text, range.start), ...starts].flatMap((start) => broken(start, by, verbatim, facts)),
  ];
}

/** Breaks a line that fits where it stands, but would not once it is indented. */
function broken(start: number, by: string, verbatim: readonly TextRange[], facts: FileFacts): readonly Edit[] {
  const line = lineOf(facts.file.text, start);
  if (!fits(line, facts) || fits(by + line, facts)) return [];
  if (isComment(line)) return brokenComment(line, start, by, facts);
  const end = start + line.length;
  if (verbatim.some((inside) => inside.start < end && inside.end > start)) return [];
  return brokenCall(line, start, by, facts);
}

function brokenComment(line: string, start: number, by: string, facts: FileFacts): readonly Edit[] {
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  let at = line.lastIndexOf(' ');
  while (at > indent.length + 1 && !fits(by + line.slice(0, at), facts)) at = line.lastIndexOf(' ', at - 1);
  if (at <= indent.length + 1) return [];
  return [replace({ start: start + at, end: start + at + 1 }, `\n${by}${indent}# `)];
}

/** `await f(a, b)` => `await f(\n    a, b\n)`, or one argument a line where that does not fit either. */
function brokenCall(line: string, start: number, by: string, facts: FileFacts): readonly Edit[] {
  const call = lastCall(line);
  if (!call) return [];
  const indent = by + (/^\s*/.exec(line)?.[0] ?? '');
  const range = { start: start + call.start, end: start + call.end };
  const content = line.slice(call.start, call.end).trim();
  if (content === '') return [];
  const inner = indent + facts.style.indentUnit;
  if (fits(inner + content, facts)) return [replace(range, `\n${inner}${content}\n${indent}`)];
  const parts = argumentsIn(line, call);
  if (parts.length < 2 || !parts.every((part) => fits(`${inner}${part},`, facts))) return [];
  return [replace(range, `\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}`)];
}

/** What stands between the last pair of round brackets that is not inside another one; none where brackets stay open. */
function lastCall(line: string): TextRange | undefined {
  const skipped = stringsAndComments(line);
  const open: number[] = [];
  let last: TextRange | undefined;
  for (let at = 0; at < line.length; at++) {
    const token = skipped.find((entry) => entry.start === at);
    if (token) at = token.end - 1;
    else if ('([{'.includes(line.charAt(at))) open.push(at);
    else if (')]}'.includes(line.charAt(at))) {
      const begin = open.pop();
      if (begin === undefined) return undefined;
      if (open.length === 0 && line[begin] === '(') last = { start: begin + 1, end: at };
    }
  }
  return open.length === 0 ? last : undefined;
}
