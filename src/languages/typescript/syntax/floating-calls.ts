import { type Edit, type FileFacts, insert, replace, type StartupStep } from '../../../core/index.ts';
import { lineBefore } from './text.ts';

/** Awaits what the statements of a step leave floating: in their function it would be lost. `undefined`: that cannot be written. */
export function floatingCalls(step: StartupStep, facts: FileFacts): readonly Edit[] | undefined {
  const { text } = facts.file;
  const edits: Edit[] = [];
  for (const call of step.calls.filter(({ form }) => form === 'detached')) {
    const code = text.slice(call.range.start, call.range.end);
    if ((call.through?.length ?? 0) > 0 || /^(setImmediate|queueMicrotask|process\.nextTick)\b/.test(code))
      return undefined;
    const before = lineBefore(text, call.range.start);
    const keyword = /^void\s+/.exec(code)?.[0] ?? '';
    const start = { start: call.range.start, end: call.range.start + keyword.length };
    if (/(^\s*;?|[{;]\s+|\) |else )$/.test(before)) edits.push(replace(start, 'await '));
    else if (/(&&|\|\||\?\?) $/.test(before)) {
      edits.push(replace(start, '(await '), insert(call.range.end, ')'));
    } else return undefined;
  }
  return edits.filter(
    (edit, index) =>
      edits.findIndex((other) => other.range.start === edit.range.start && other.text === edit.text) === index,
  );
}
