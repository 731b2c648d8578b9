import { type Edit, type FileFacts, replace, type TextRange } from '../../../core/index.ts';
import { indentOf } from '../tree/text-ranges.ts';
import { argumentComma, brokenCall } from './broken-call.ts';
import { reindent } from './reindent.ts';
import { fits, isBlank, lineBefore } from './text.ts';
import { bracketsOf, literalsAndComments, verbatimIn } from './tokens.ts';

/** A statement that becomes `startupTasks.start('name', () => expression);`. */
export interface RecordedThunk {
  /** `startupTasks.start` */
  readonly record: string;
  readonly name: string;
  /** The statement, without a semicolon that belongs to the next line. */
  readonly statement: TextRange;
  /** What the thunk gives back: the promise. */
  readonly expression: TextRange;
}

/** The layout of an expression of several lines is kept, unless it was broken for its width alone. */
export function recordedThunk(it: RecordedThunk, facts: FileFacts): readonly Edit[] {
  const { text } = facts.file;
  const flat = onOneLine(it, facts);
  if (flat !== undefined) {
    const before = lineBefore(text, it.statement.start);
    const indent = indentOf(text, it.statement.start);
    const result = laidOut(before, indent, it, flat, markOf(it.statement, facts), facts);
    const blanks = result.startsWith('\n') ? before.length - before.trimEnd().length : 0;
    return [replace({ start: it.statement.start - blanks, end: it.statement.end }, result)];
  }
  const indent = indentOf(text, it.statement.start);
  const unit = facts.style.indentUnit;
  const head = `${it.record}(${quoted(it.name, facts)}, () =>\n${indent}${unit}`;
  const tail = `${argumentComma(facts)}\n${indent})${markOf(it.statement, facts)}`;
  return [
    replace({ start: it.statement.start, end: it.expression.start }, head),
    ...reindent(it.expression, verbatimIn(text, it.expression), unit, facts),
    replace({ start: it.expression.end, end: it.statement.end }, tail),
  ];
}

/** `startupTasks.start('warmCache', () => warmCache())` as lines, the first one without its indentation. */
export function thunkLines(
  indent: string,
  it: Pick<RecordedThunk, 'record' | 'name'>,
  expression: string,
  facts: FileFacts,
): string {
  return laidOut(indent, indent, it, expression, facts.style.semicolons === false ? '' : ';', facts);
}

export function quoted(name: string, facts: FileFacts): string {
  return `${facts.style.quote}${name}${facts.style.quote}`;
}

/** The semicolon that the statement has. */
export function markOf(statement: TextRange, facts: FileFacts): string {
  return facts.file.text.slice(statement.start, statement.end).endsWith(';') ? ';' : '';
}

function laidOut(
  before: string,
  indent: string,
  { record, name }: Pick<RecordedThunk, 'record' | 'name'>,
  expression: string,
  mark: string,
  facts: FileFacts,
): string {
  const line = `${record}(${quoted(name, facts)}, () => ${expression})${mark}`;
  if (fits(before + line, facts)) return line;
  // `if (isPrimary) await warm();` has room in a line of its own.
  const unit = facts.style.indentUnit;
  if (!isBlank(before) && /(\)|\belse) $/.test(before)) {
    const below = indent + unit;
    return `\n${below}${laidOut(below, below, { record, name }, expression, mark, facts)}`;
  }
  return broken(indent, { record, name }, expression, mark, facts);
}

function broken(
  indent: string,
  { record, name }: Pick<RecordedThunk, 'record' | 'name'>,
  expression: string,
  mark: string,
  facts: FileFacts,
): string {
  const inner = indent + facts.style.indentUnit;
  const comma = argumentComma(facts);
  const head = `${record}(${quoted(name, facts)}, () =>`;
  if (fits(indent + head, facts)) return `${head}\n${body(inner, expression, facts)}\n${indent})${mark}`;
  const line = `${inner}() => ${expression}${comma}`;
  const thunk = fits(line, facts) ? line : `${inner}() =>\n${body(inner + facts.style.indentUnit, expression, facts)}`;
  return `${record}(\n${inner}${quoted(name, facts)},\n${thunk}\n${indent})${mark}`;
}

/** The expression in lines of its own, with a comma where the file has such. */
function body(indent: string, expression: string, facts: FileFacts): string {
  const comma = argumentComma(facts);
  const isShort = fits(`${indent}${expression}${comma}`, facts);
  return `${indent}${isShort ? expression : (brokenCall(expression, indent, facts) ?? expression)}${comma}`;
}

/** The expression on one line, where it stands so, or has lines only because the statement was too wide. */
function onOneLine({ statement, expression }: RecordedThunk, facts: FileFacts): string | undefined {
  const { text } = facts.file;
  const code = text.slice(expression.start, expression.end);
  if (!code.includes('\n')) return code;
  const flat = flattened(code);
  const whole = flat && `${lineBefore(text, statement.start)}await ${flat}${markOf(statement, facts)}`;
  return whole === undefined || fits(whole, facts) ? undefined : flat;
}

/** Joins lines that only brackets of arguments and lists break; `undefined` where a line break says more. */
function flattened(code: string): string | undefined {
  if (literalsAndComments(code).some((token) => code.slice(token.start, token.end).includes('\n'))) return undefined;
  if (literalsAndComments(code).some((token) => token.kind === 'comment')) return undefined;
  const brackets = bracketsOf(code);
  const breaks = [...code.matchAll(LINE_BREAK)];
  const joined = breaks.map((match) => {
    const [all, comma] = match;
    const closes = /[)\]]/.test(brackets.charAt(match.index + all.length));
    if (closes || /[([]/.test(brackets.charAt(match.index - 1))) return '';
    return comma === ',' ? ', ' : undefined;
  });
  if (joined.includes(undefined)) return undefined;
  let index = 0;
  return code.replace(LINE_BREAK, () => joined[index++] ?? '');
}

const LINE_BREAK = /(,?)[ \t]*\r?\n\s*/g;
