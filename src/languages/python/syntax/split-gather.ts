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
import { localFunction, recordLine } from './local-function.ts';
import { localFunctionName } from './names.ts';
import { BLANK_LINE } from './ranks.ts';
import { recordMethod } from './run-in-background.ts';
import { fits, lineEnd, standsAlone } from './text.ts';
import { verbatimIn } from './tokens.ts';

/** Takes `moved` out of a gather: they run as one background step; what is `kept` is awaited as before. */
export function splitGather(
  moved: readonly StartupStep[],
  kept: readonly StartupStep[],
  gather: GatherMember,
  hook: StartupHook,
  facts: FileFacts,
): readonly Edit[] | undefined {
  const [first] = moved;
  if (!first) return undefined;
  if (kept.length === 0) return wholeGather(first, moved, gather, hook, facts);
  const { text } = facts.file;
  if (!gather.splittable || !standsAlone(text, gather.statement)) return undefined;
  if (moved.some((step) => step.attached.length > 0)) return undefined;
  const removed = withoutMembers(moved, kept, gather, text);
  if (!removed) return undefined;
  return [...removed, ...recordedMembers(moved, gather, hook, facts)];
}

function wholeGather(
  first: StartupStep,
  moved: readonly StartupStep[],
  gather: GatherMember,
  hook: StartupHook,
  facts: FileFacts,
): readonly Edit[] | undefined {
  const range = {
    start: gather.statement.start,
    end: Math.max(
      gather.statement.end,
      ...moved.flatMap((step) => step.attached.map((statement) => statement.range.end)),
    ),
  };
  const verbatim = [...first.verbatim, ...verbatimIn(facts.file.text, range)];
  const record = recordMethod(moved, hook, facts);
  const name = localFunctionName(first, hook);
  return localFunction({ range, name, record, indent: first.indent, declarations: [], verbatim }, hook, facts);
}

/** A gather of one becomes a plain `await`, unless the gather also swallows its failure. Comments are never lost. */
function withoutMembers(
  moved: readonly StartupStep[],
  kept: readonly StartupStep[],
  gather: GatherMember,
  text: string,
): readonly Edit[] | undefined {
  const statement = text.slice(gather.statement.start, gather.statement.end);
  const [only, ...more] = kept.map(argumentOf);
  const edits =
    only && more.length === 0 && !statement.includes('return_exceptions')
      ? [
          replace({ start: gather.statement.start, end: only.start }, 'await '),
          remove({ start: only.end, end: gather.statement.end }),
        ]
      : removals(moved.map(argumentOf), kept.map(argumentOf));
  const losesComment = edits.some(({ range }) => text.slice(range.start, range.end).includes('#'));
  return losesComment ? undefined : edits;
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

/** New lines below the statement. The blank line is an edit of its own, since the comment goes between the two. */
function recordedMembers(
  moved: readonly StartupStep[],
  gather: GatherMember,
  hook: StartupHook,
  facts: FileFacts,
): readonly Edit[] {
  const [first] = moved;
  if (!first) return [];
  const { indent } = first;
  const at = lineEnd(facts.file.text, gather.statement.end);
  const record = recordMethod(moved, hook, facts);
  const plain = moved.length === 1 ? plainMember(first, facts) : undefined;
  const line = plain && `${indent}${record}(${plain})`;
  if (line && fits(line, facts)) return [insert(at, `\n${line}`)];
  const name = localFunctionName(first, hook);
  const inner = indent + facts.style.indentUnit;
  const body = awaitedMembers(moved, gather, inner, facts);
  const lines = `\n${indent}async def ${name}():\n${inner}${body}\n\n${recordLine(indent, record, name, facts)}`;
  return [{ ...insert(at, '\n'), rank: BLANK_LINE }, insert(at, lines)];
}

/** `f, x` for the member `f(x)` whose arguments are names, attributes and constants. */
function plainMember(step: StartupStep, facts: FileFacts): string | undefined {
  const { text } = facts.file;
  const [call] = step.calls;
  const argument = argumentOf(step);
  if (!call || call.calleeRange.start !== argument.start || call.argumentsRange.end + 1 !== argument.end)
    return undefined;
  const list = text.slice(call.argumentsRange.start, call.argumentsRange.end).trim();
  if (!/^[\w.]+$/.test(call.callee) || !/^([\w.=\s,-]|"[^"\\\n]*"|'[^'\\\n]*')*$/.test(list) || list.includes('\n'))
    return undefined;
  return list === '' ? call.callee : `${call.callee}, ${list}`;
}

function awaitedMembers(moved: readonly StartupStep[], gather: GatherMember, indent: string, facts: FileFacts): string {
  const { text } = facts.file;
  const members = moved.map((step) => text.slice(argumentOf(step).start, argumentOf(step).end));
  const statement = text.slice(gather.statement.start, gather.statement.end);
  const options = /return_exceptions\s*=\s*\w+/.exec(statement)?.[0].replace(/\s/g, '');
  const [only] = members;
  if (only && members.length === 1 && !options) return `await ${only}`;
  const gatherCall =
    /([\w.]+)\($/.exec(text.slice(gather.statement.start, firstBracket(text, gather) + 1))?.[1] ?? 'asyncio.gather';
  const parts = options ? [...members, options] : members;
  const line = `await ${gatherCall}(${parts.join(', ')})`;
  if (fits(indent + line, facts) && !line.includes('\n')) return line;
  const inner = indent + facts.style.indentUnit;
  return `await ${gatherCall}(\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent})`;
}

function firstBracket(text: string, gather: GatherMember): number {
  return text.indexOf('(', gather.statement.start);
}

function argumentOf(step: StartupStep): TextRange {
  return step.gather?.argument ?? step.range;
}
