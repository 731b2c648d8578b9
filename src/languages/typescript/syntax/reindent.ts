import { type Edit, type FileFacts, insert, replace, type TextRange } from '../../../core/index.ts';
import { lineStart } from '../tree/text-ranges.ts';
import { brokenCall } from './broken-call.ts';
import { INDENTATION } from './ranks.ts';
import { fits, isBlank, lineOf, lineStartsWithin } from './text.ts';
import { bracketsOf } from './tokens.ts';

/**
 * Indents every line that begins inside the range, one insertion a line, so that edits inside the range stay possible. The first
 * line is the caller's: its new text stands where the range begins. Insides of multi-line literals and blank lines stay.
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

/** Breaks a statement that fits on its line where it stands, but would not once it is indented. */
function broken(start: number, by: string, verbatim: readonly TextRange[], facts: FileFacts): readonly Edit[] {
  const { text } = facts.file;
  const line = lineOf(text, start);
  const mark = /[;,]?$/.exec(line.trimEnd())?.[0] ?? '';
  if (!fits(line, facts) || fits(by + line, facts)) return [];
  const end = start + line.trimEnd().length - mark.length;
  if (verbatim.some((inside) => inside.start < end && inside.end > start)) return [];
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const code = text.slice(start + indent.length, end);
  // What goes on in the next line is laid out already.
  if (!isBalanced(code) || !/^(await|void|return|const|let|[\w.$]+\()/.test(code)) return [];
  const result = brokenCall(code, by + indent, facts);
  return result === undefined ? [] : [replace({ start: start + indent.length, end }, result)];
}

function isBalanced(code: string): boolean {
  const brackets = bracketsOf(code);
  const count = (pattern: RegExp) => brackets.match(pattern)?.length ?? 0;
  return code.endsWith(')') && count(/[([{]/g) === count(/[)\]}]/g);
}
