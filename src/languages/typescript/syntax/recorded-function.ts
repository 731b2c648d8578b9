import { type Edit, type FileFacts, replace, type StartupStep, type TextRange } from '../../../core/index.ts';
import { quoted, type RecordedThunk, recordedThunk } from './recorded-thunk.ts';

import { bracketsOf, elementsIn, matchingBracket } from './tokens.ts';

/**
 * A function that is called where it stands, or handed over to be called, is recorded itself: `(async () => { … })()`,
 * `setImmediate(async () => { … })`, `setImmediate(warm)`. `undefined`: it is neither; `none`: it cannot be written.
 */
export function recordedFunction(
  it: Pick<RecordedThunk, 'record' | 'name' | 'statement'>,
  step: StartupStep,
  value: TextRange,
  facts: FileFacts,
): readonly Edit[] | 'none' | undefined {
  const { text } = facts.file;
  const code = text.slice(value.start, value.end);
  const deferred = /^(setImmediate|queueMicrotask|process\.nextTick)\(\s*/.exec(code);
  if (!deferred) {
    const called = calledFunction(value, facts);
    return called && recorded(it, called, facts);
  }
  const list = { start: value.start + deferred[0].length, end: value.end - 1 };
  const [handed, ...more] = elementsIn(text.slice(list.start, list.end));
  if (handed === undefined || more.length > 0) return 'none';
  const range = { start: list.start, end: list.start + handed.length };
  if (isFunction(handed))
    return /^async\b/.test(handed) || !/^(\(\)|function[^{]*)\s*(=>)?\s*\{/.test(handed)
      ? recorded(it, range, facts)
      : 'none';
  const calls = step.calls.length === 1 && /^[\p{L}\p{N}_$.]+$/u.test(handed);
  return calls ? recordedCallOf(it, handed, facts) : 'none';
}

/** `startupTasks.start('warm', () => warm());` */
function recordedCallOf(
  { record, name, statement }: Pick<RecordedThunk, 'record' | 'name' | 'statement'>,
  callee: string,
  facts: FileFacts,
): readonly Edit[] {
  const mark = facts.file.text.slice(statement.start, statement.end).endsWith(';') ? ';' : '';
  return [replace(statement, `${record}(${quoted(name, facts)}, () => ${callee}())${mark}`)];
}

/** The function of `(async () => { … })()`. */
function calledFunction(value: TextRange, facts: FileFacts): TextRange | undefined {
  const code = bracketsOf(facts.file.text, value.start, value.end);
  const close = code.startsWith('(') ? matchingBracket(code, 0) : -1;
  if (close < 0 || !/^\s*\(\s*\)$/.test(code.slice(close + 1))) return undefined;
  const inside = code.slice(1, close);
  const start = inside.length - inside.trimStart().length;
  const range = { start: value.start + 1 + start, end: value.start + 1 + inside.trimEnd().length };
  return /^async\b/.test(inside.trim()) && isFunction(inside.trim()) ? range : undefined;
}

/** A function without parameters: it is not given any. */
function isFunction(code: string): boolean {
  return /^(async\s+)?(\(\s*\)\s*(:[^={]*)?=>|function\s*[\w$]*\s*\(\s*\))/.test(code);
}

/** Keeps the lines of the function as they stand. */
function recorded(
  it: Pick<RecordedThunk, 'record' | 'name' | 'statement'>,
  range: TextRange,
  facts: FileFacts,
): readonly Edit[] {
  const { text } = facts.file;
  const arrow = /^\(\s*\)\s*=>\s*(?![\s{])/.exec(text.slice(range.start, range.end));
  if (arrow)
    return recordedThunk({ ...it, expression: { start: range.start + arrow[0].length, end: range.end } }, facts);
  const mark = text.slice(it.statement.start, it.statement.end).endsWith(';') ? ';' : '';
  const head = `${it.record}(${quoted(it.name, facts)}, `;
  return [
    replace({ start: it.statement.start, end: range.start }, head),
    replace({ start: range.end, end: it.statement.end }, `)${mark}`),
  ];
}
