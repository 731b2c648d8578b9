import {
  type Edit,
  type FileFacts,
  insert,
  remove,
  replace,
  type StartupCall,
  type TextRange,
} from '../../../core/index.ts';
import { fits, isBlank, lineEnd, lineOf, lineStart, lineStartsWithin } from './text.ts';
import { argumentsIn, stringsAndComments, verbatimIn } from './tokens.ts';

/** Turns the text of `range`, which calls `call`, into `record(callee, arguments)`. The layout of the arguments is kept. */
export function recordedCall(call: StartupCall, range: TextRange, record: string, facts: FileFacts): readonly Edit[] {
  const { text } = facts.file;
  const callee = text.slice(call.calleeRange.start, call.calleeRange.end);
  const list = text.slice(call.argumentsRange.start, call.argumentsRange.end);
  if (list.includes('\n')) return spreadCall(call, range, `${record}(`, callee, facts);
  const parts = [callee, ...argumentsIn(text, call.argumentsRange)];
  return [replace(range, onOneLine(parts, range, record, facts) ?? broken(parts, range, record, facts))];
}

function onOneLine(parts: readonly string[], range: TextRange, record: string, facts: FileFacts): string | undefined {
  const { text } = facts.file;
  const result = `${record}(${parts.join(', ')})`;
  const after = text.slice(range.end, lineEnd(text, range.end)).replace(/\s*#\s*(noqa|type:|pragma).*$/, '');
  return fits(text.slice(lineStart(text, range.start), range.start) + result + after, facts) ? result : undefined;
}

function broken(parts: readonly string[], range: TextRange, record: string, facts: FileFacts): string {
  const indent = /^[ \t]*/.exec(lineOf(facts.file.text, range.start))?.[0] ?? '';
  const inner = indent + facts.style.indentUnit;
  const joined = parts.join(', ');
  if (fits(inner + joined, facts)) return `${record}(\n${inner}${joined}\n${indent})`;
  return `${record}(\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent})`;
}

/** Arguments over several lines stay as they stand, with the callee in front of the first. */
function spreadCall(
  call: StartupCall,
  range: TextRange,
  opening: string,
  callee: string,
  facts: FileFacts,
): readonly Edit[] {
  const { text } = facts.file;
  const args = call.argumentsRange;
  const first = firstArgument(text, args);
  const end = range.end > args.end + 1 ? [replace({ start: args.end, end: range.end }, ')')] : [];
  const shift = dedent(range, call, facts);
  if (first === undefined)
    return [replace({ start: range.start, end: args.start }, `${opening}${callee}`), ...shift, ...end];
  if (!text.slice(args.start, first).includes('\n')) {
    return [replace({ start: range.start, end: args.start }, `${opening}${callee}, `), ...shift, ...end];
  }
  const onePerLine = /,\s*(#.*)?$/.test(text.slice(first, args.end).trimEnd());
  const separator = onePerLine
    ? `,\n${text.slice(lineStart(text, first) + dedentation(range, call, facts), first)}`
    : ', ';
  return [
    replace({ start: range.start, end: args.start }, opening),
    ...shift,
    insert(first, callee + separator),
    ...end,
  ];
}

function firstArgument(text: string, args: TextRange): number | undefined {
  const comments = stringsAndComments(text, args.start, args.end).filter((token) => token.kind === 'comment');
  for (let at = args.start; at < args.end; at++) {
    const comment = comments.find((token) => token.start === at);
    if (comment) at = comment.end - 1;
    else if (!isBlank(text.charAt(at))) return at;
  }
  return undefined;
}

/** A call that stood on a line of its own inside its task moves to the left with its arguments. */
function dedent(range: TextRange, call: StartupCall, facts: FileFacts): readonly Edit[] {
  const { text } = facts.file;
  const by = dedentation(range, call, facts);
  if (by <= 0) return [];
  const verbatim = verbatimIn(text, call.argumentsRange);
  return lineStartsWithin(text, call.argumentsRange)
    .filter(
      (start) =>
        /^[ \t]*$/.test(text.slice(start, start + by)) &&
        !verbatim.some((inside) => start > inside.start && start < inside.end),
    )
    .map((start) => remove({ start, end: start + by }));
}

function dedentation(range: TextRange, call: StartupCall, facts: FileFacts): number {
  const indent = (offset: number) => /^[ \t]*/.exec(lineOf(facts.file.text, offset))?.[0].length ?? 0;
  return Math.max(0, indent(call.calleeRange.start) - indent(range.start));
}
