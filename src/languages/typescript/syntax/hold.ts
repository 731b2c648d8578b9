import {
  type Edit,
  type FileFacts,
  insert,
  type StartupHook,
  type TasksPlace,
  type TextRange,
} from '../../../core/index.ts';
import { lineStart } from '../tree/text-ranges.ts';
import { argumentComma } from './broken-call.ts';
import { hookText, tasksName } from './names.ts';
import { HOLD } from './ranks.ts';
import { fits, isBlank, lineBefore, lineEnd, statementMark } from './text.ts';

/**
 * `await startupTasks.holdUntilListening(app);` above the statement that listens, or at the end of the hook and wherever it is left
 * after the first recorded step; `release()` where no server of Node listens.
 */
export function holdEdits(hook: StartupHook, facts: FileFacts, after: number): readonly Edit[] | undefined {
  const { tasks, isAsync } = hook.body;
  if (!tasks) return undefined;
  const method = `${tasksName(hook)}.${tasks.release ? 'release' : 'holdUntilListening'}`;
  if (isHeld(method, hook, tasks, facts)) return [];
  const call = tasks.release ? method : `${isAsync ? 'await' : 'void'} ${method}`;
  const last: Edit = {
    ...insert(tasks.heldAt, holdLine(call, tasks.heldIndent, tasks.heldAt, tasks, facts)),
    rank: HOLD,
  };
  const edits = [last];
  for (const range of earlyReturns(hook, tasks, after, facts)) {
    const held = heldReturn(call, range, tasks, facts);
    if (!held) return undefined;
    edits.push(...held);
  }
  return edits;
}

/** An earlier run has written it; a module holds other functions, which may have their own. */
function isHeld(method: string, hook: StartupHook, { heldAt }: TasksPlace, facts: FileFacts): boolean {
  if (hook.body.kind !== 'module') return hookText(hook, facts).includes(`${method}(`);
  const above = facts.file.text.slice(0, heldAt).trimEnd().split('\n').slice(-3);
  return above.some((line) => line.includes(`${method}(`));
}

function holdLine(call: string, indent: string, next: number, tasks: TasksPlace, facts: FileFacts): string {
  const server = tasks.release ? '' : (tasks.server ?? '');
  const mark = statementMark(facts, next);
  const line = `${indent}${call}(${server})${mark}`;
  if (fits(line, facts) || server === '') return `${line}\n`;
  const inner = indent + facts.style.indentUnit;
  return `${indent}${call}(\n${inner}${server}${argumentComma(facts)}\n${indent})${mark}\n`;
}

/** The returns between the first recorded step and the end of a hook that does not listen itself. */
function earlyReturns(
  hook: StartupHook,
  { heldAt }: TasksPlace,
  after: number,
  facts: FileFacts,
): readonly TextRange[] {
  const { returns, end } = hook.body;
  const isTrailing = (range: TextRange) => range.start >= heldAt && range.end === end;
  const listens = returns.some((range) => isTrailing(range) && /\blisten/.test(textAt(range, facts)));
  if (listens || (heldAt < end && !returns.some(isTrailing))) return [];
  return returns.filter((range) => range.start > after && range.start < heldAt);
}

/** `if (testing) return;` becomes a block. */
function heldReturn(call: string, range: TextRange, tasks: TasksPlace, facts: FileFacts): readonly Edit[] | undefined {
  const { text } = facts.file;
  const before = lineBefore(text, range.start);
  const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
  if (isBlank(before)) {
    const at = lineStart(text, range.start);
    return [{ ...insert(at, holdLine(call, indent, range.start, tasks, facts)), rank: HOLD }];
  }
  const isBranch = /^\s*((\} )?else )?if \(.*\) $|^\s*(\} )?else $/.test(before);
  if (!isBranch || !isBlank(text.slice(range.end, lineEnd(text, range.end)))) return undefined;
  const inner = indent + facts.style.indentUnit;
  const head = `{\n${holdLine(call, inner, range.start, tasks, facts)}${inner}`;
  return [insert(range.start, head), insert(range.end, `\n${indent}}`)];
}

function textAt(range: TextRange, facts: FileFacts): string {
  return facts.file.text.slice(range.start, range.end);
}
