import {
  type Edit,
  type FileFacts,
  insert,
  isWithin,
  remove,
  type StartupStep,
  type TextRange,
} from '../../../core/index.ts';
import { indentOf } from '../tree/text-ranges.ts';
import { argumentComma } from './broken-call.ts';
import { floatingCalls } from './floating-calls.ts';
import { markOf, quoted } from './recorded-thunk.ts';
import { reindent } from './reindent.ts';
import { endsLine, fits, isBlank, lineBefore, lineEnd } from './text.ts';
import { codeOf, verbatimIn } from './tokens.ts';

/** Statements that move whole. */
export interface RecordedBlock {
  readonly record: string;
  readonly name: string;
  readonly statement: TextRange;
  readonly step: StartupStep;
}

/** `startupTasks.start('loadModel', async () => { … });` around the statements; calls that they leave floating are awaited. */
export function recordedBlock(
  { record, name, statement, step }: RecordedBlock,
  facts: FileFacts,
): readonly Edit[] | undefined {
  const { text } = facts.file;
  const floating = floatingCalls(step, facts);
  const place = placeOf(statement, facts);
  if (!floating || !place || /\byield\b/.test(codeOf(text, statement.start, statement.end))) return undefined;
  const unit = facts.style.indentUnit;
  const head = `${record}(${quoted(name, facts)}, async () => {`;
  const isWide = !fits(place.indent + head, facts);
  const inner = place.indent + unit + (isWide ? unit : '');
  const opening = isWide
    ? `${record}(\n${place.indent}${unit}${quoted(name, facts)},\n${place.indent}${unit}async () => {\n${inner}`
    : `${head}\n${inner}`;
  const closing = isWide
    ? `\n${place.indent}${unit}}${argumentComma(facts)}\n${place.indent})${endMark(statement, facts)}`
    : `\n${place.indent}})${endMark(statement, facts)}`;
  const by = inner.slice(indentOf(text, statement.start).length);
  const range = { start: step.range.start, end: statement.end };
  const start = place.opening === '' ? statement.start : statement.start - 1;
  const before = start < range.start ? [remove({ start, end: range.start })] : [];
  const verbatim = [...step.verbatim, ...verbatimIn(text, range)];
  const edits = reindent(range, verbatim, by, facts).filter(
    (edit) => edit.range.start === edit.range.end || !floating.some((other) => isWithin(other.range, edit.range)),
  );
  return [
    ...before,
    insert(range.start, place.opening + opening),
    ...edits,
    ...floating,
    insert(lineEnd(text, statement.end), closing),
  ];
}

/** Where the new statement begins; one under an `if` without braces gets a line of its own. */
function placeOf(
  statement: TextRange,
  facts: FileFacts,
): { readonly indent: string; readonly opening: string } | undefined {
  const { text } = facts.file;
  if (!endsLine(text, statement.end)) return undefined;
  const before = lineBefore(text, statement.start);
  const indent = indentOf(text, statement.start);
  if (isBlank(before)) return { indent, opening: '' };
  if (!/^\s*((\} )?else )?if \(.*\) $|^\s*(\} )?else $/.test(before)) return undefined;
  const below = indent + facts.style.indentUnit;
  return { indent: below, opening: `\n${below}` };
}

/** A statement that ends with a brace has no semicolon of its own. */
function endMark(statement: TextRange, facts: FileFacts): string {
  return facts.style.semicolons === false ? '' : markOf(statement, facts) || ';';
}
