import {
  type Edit,
  type FileFacts,
  type GatherMember,
  insert,
  remove,
  replace,
  type StartupHook,
  type StartupStep,
  type TextRange,
} from '../../../core/index.ts';
import { joinedName } from './names.ts';
import { thunkLines } from './recorded-thunk.ts';
import { recordedTogether, recordMethod } from './run-in-background.ts';
import { fits, lineBefore, lineEnd, standsAlone, statementEnd } from './text.ts';
import { bracketsOf, literalsAndComments } from './tokens.ts';

/** Takes `moved` out of a `Promise.all`: they run as one background step; what is `kept` is awaited as before. */
export function splitGather(
  moved: readonly StartupStep[],
  kept: readonly StartupStep[],
  gather: GatherMember,
  hook: StartupHook,
  facts: FileFacts,
): readonly Edit[] | undefined {
  const [first] = moved;
  if (!first || !hook.body.tasks) return undefined;
  const { text } = facts.file;
  const statement = { start: gather.statement.start, end: statementEnd(text, gather.statement) };
  const code = text.slice(statement.start, statement.end);
  const keyword = /^await\s+/.exec(code)?.[0];
  if (keyword === undefined || !gather.splittable) return undefined;
  const expression = {
    start: statement.start + keyword.length,
    end: statement.start + code.replace(/\s*;$/, '').length,
  };
  if (kept.length === 0) return recordedTogether(moved, statement, expression, hook, facts);
  if (!standsAlone(text, statement) || hasComment(text, statement)) return undefined;
  return [
    ...withoutMembers(moved, kept, statement, expression, facts),
    recordedMembers(moved, first, statement, expression, hook, facts),
  ];
}

/** Comments between the members belong to one of them: nobody knows which. */
function hasComment(text: string, range: TextRange): boolean {
  return literalsAndComments(text, range.start, range.end).some((token) => token.kind === 'comment');
}

/** A `Promise.all` of one becomes a plain `await`; one that settles all of them swallows the failure of that one, too. */
function withoutMembers(
  moved: readonly StartupStep[],
  kept: readonly StartupStep[],
  statement: TextRange,
  expression: TextRange,
  facts: FileFacts,
): readonly Edit[] {
  const { text } = facts.file;
  const [only, ...more] = kept.map(argumentOf);
  const combinator = combinatorOf(expression, facts);
  if (only && more.length === 0 && combinator !== 'Promise.allSettled')
    return [remove({ start: expression.start, end: only.start }), remove({ start: only.end, end: expression.end })];
  const members = kept.map((step) => text.slice(argumentOf(step).start, argumentOf(step).end));
  const line = `${combinator}([${members.join(', ')}])`;
  const mark = text.slice(expression.end, statement.end);
  const isFlat = !line.includes('\n') && text.slice(expression.start, expression.end).includes('\n');
  if (isFlat && fits(`${lineBefore(text, expression.start)}${line}${mark}`, facts)) return [replace(expression, line)];
  return removals(moved.map(argumentOf), kept.map(argumentOf));
}

function removals(moved: readonly TextRange[], kept: readonly TextRange[]): readonly Edit[] {
  const lastKept = Math.max(...kept.map((range) => range.start));
  const next = (range: TextRange) =>
    Math.min(...[...kept, ...moved].map((other) => other.start).filter((start) => start > range.start));
  const inside = moved
    .filter((range) => range.start < lastKept)
    .map((range) => remove({ start: range.start, end: next(range) }));
  const tail = moved.filter((range) => range.start > lastKept);
  if (tail.length === 0) return inside;
  const start = Math.max(...kept.map((range) => range.end));
  return [...inside, remove({ start, end: Math.max(...tail.map((range) => range.end)) })];
}

/** A new line below the statement. */
function recordedMembers(
  moved: readonly StartupStep[],
  first: StartupStep,
  statement: TextRange,
  expression: TextRange,
  hook: StartupHook,
  facts: FileFacts,
): Edit {
  const { text } = facts.file;
  const members = moved.map((step) => text.slice(argumentOf(step).start, argumentOf(step).end));
  const combinator = combinatorOf(expression, facts);
  const [only] = members;
  const isPlain = only !== undefined && members.length === 1 && combinator !== 'Promise.allSettled';
  const promise = isPlain ? only : `${combinator}([${members.join(', ')}])`;
  const it = { record: recordMethod(moved, hook), name: joinedName(moved, hook, facts) };
  return insert(lineEnd(text, statement.end), `\n${first.indent}${thunkLines(first.indent, it, promise, facts)}`);
}

/** `Promise.all` */
function combinatorOf(expression: TextRange, facts: FileFacts): string {
  const code = bracketsOf(facts.file.text, expression.start, expression.end);
  return code.slice(0, code.indexOf('(')).trim();
}

function argumentOf(step: StartupStep): TextRange {
  return step.gather?.argument ?? step.range;
}
