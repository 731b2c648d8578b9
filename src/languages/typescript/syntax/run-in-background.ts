import type { Edit, FileFacts, StartupHook, StartupStep, TextRange } from '../../../core/index.ts';
import { declaredNamesLeak } from './declared-names.ts';
import { joinedName, stepName, tasksName } from './names.ts';
import { recordedBlock } from './recorded-block.ts';
import { recordedFunction } from './recorded-function.ts';
import { recordedThunk } from './recorded-thunk.ts';
import { lineBefore, statementEnd } from './text.ts';
import { codeOf, matchingBracket } from './tokens.ts';

/** `await f(x)` => `startupTasks.start('f', () => f(x))`; what is more than a plain call goes into an async function. */
export function runInBackground(step: StartupStep, hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  if (!hook.body.tasks) return undefined;
  const record = recordMethod([step], hook);
  const name = stepName(step, hook, facts);
  if (step.shape === 'inert') return recordedLogLine(step, record, name, facts);
  const awaited =
    step.shape === 'plain-call' || step.shape === 'statements' ? awaitedAlone(step, hook, facts) : undefined;
  if (awaited) return recordedThunk({ record, name, statement: statementOf(step, facts), expression: awaited }, facts);
  if (step.shape === 'detached') return recordedTask(step, record, name, hook, facts);
  return step.shape === 'gather-member' ? undefined : wholeStep(step, record, name, hook, facts);
}

/** `startupTasks.start`, or its form for what never returns. */
export function recordMethod(steps: readonly StartupStep[], hook: StartupHook): string {
  const isService = steps.some((step) => step.calls.some((call) => call.cost === 'never-returns'));
  return `${tasksName(hook)}.${isService ? 'startService' : 'start'}`;
}

/** Several steps that run as one, written as the promise that stands in the range. */
export function recordedTogether(
  steps: readonly StartupStep[],
  statement: TextRange,
  expression: TextRange,
  hook: StartupHook,
  facts: FileFacts,
): readonly Edit[] {
  const it = { record: recordMethod(steps, hook), name: joinedName(steps, hook, facts), statement, expression };
  return recordedThunk(it, facts);
}

/** The statement of a step, with the semicolon that keeps it apart from the line before, without that of the line after. */
export function statementOf(step: StartupStep, facts: FileFacts): TextRange {
  const { text } = facts.file;
  const before = /^[ \t]*;$/.test(lineBefore(text, step.range.start)) ? 1 : 0;
  return { start: step.range.start - before, end: statementEnd(text, step.range) };
}

/** `logger.info('All services started')`: what it writes does not depend on when it is written. */
function recordedLogLine(
  step: StartupStep,
  record: string,
  name: string,
  facts: FileFacts,
): readonly Edit[] | undefined {
  const statement = statementOf(step, facts);
  const expression = withoutMark(step.range, facts);
  const code = facts.file.text.slice(expression.start, expression.end);
  const isConstant =
    /^[\w.$]+\.(log|debug|info|success|notice|verbose)\(\s*("[^"\\\n]*"|'[^'\\\n]*'|`[^`$\\]*`)\s*,?\s*\)$/;
  return isConstant.test(code) ? recordedThunk({ record, name, statement, expression }, facts) : undefined;
}

/** What `await` waits for, where the statement is no more than that, or keeps the result in a name that nothing reads. */
function awaitedAlone(step: StartupStep, hook: StartupHook, facts: FileFacts): TextRange | undefined {
  const [call] = step.calls;
  const whole = withoutMark(step.range, facts);
  if (!call || step.attached.length > 0 || call.range.end !== whole.end || call.form === 'detached') return undefined;
  const code = facts.file.text.slice(whole.start, whole.end);
  const head = /^((?:const|let|var)\s+[\w$]+\s*(?::[^=]+)?=\s*)?await\s+/.exec(code);
  if (!head || !code.endsWith(')') || call.range.start !== whole.start + (head[1] ?? '').length) return undefined;
  if (head[1] !== undefined && declaredNamesLeak([step], hook, facts)) return undefined;
  return expressionAt({ start: whole.start + head[0].length, end: whole.end }, step, facts);
}

/** `void f()`, `f().catch(log)`, `const task = f()`, `setImmediate(f)`. */
function recordedTask(
  step: StartupStep,
  record: string,
  name: string,
  hook: StartupHook,
  facts: FileFacts,
): readonly Edit[] | undefined {
  const { text } = facts.file;
  const statement = statementOf(step, facts);
  const whole = withoutMark(step.range, facts);
  const code = text.slice(whole.start, whole.end);
  const head = /^((const|let|var)\s+[\w$]+\s*(:[^=]+)?=\s*)?(void\s+)?/.exec(code)?.[0] ?? '';
  const it = { record, name, statement };
  const value = { start: whole.start + head.length, end: whole.end };
  const handed = recordedFunction(it, step, value, facts);
  if (handed !== undefined) return handed === 'none' ? undefined : handed;
  const expression = expressionAt(value, step, facts);
  if (expression) return recordedThunk({ ...it, expression }, facts);
  return head === '' ? wholeStep(step, record, name, hook, facts) : undefined;
}

/** The range, where a thunk that is not async can give its value back: nothing in it is awaited, and no brackets are around it. */
function expressionAt(range: TextRange, step: StartupStep, facts: FileFacts): TextRange | undefined {
  const code = codeOf(facts.file.text, range.start, range.end);
  const inner = step.calls.some((call) => call.range.start > range.start && call.range.end <= range.end);
  if (inner || (/\bawait\b/.test(code) && !/=>|\bfunction\b/.test(code))) return undefined;
  return code.startsWith('(') && matchingBracket(code, 0) === code.length - 1 ? undefined : range;
}

function wholeStep(
  step: StartupStep,
  record: string,
  name: string,
  hook: StartupHook,
  facts: FileFacts,
): readonly Edit[] | undefined {
  if (declaredNamesLeak([step], hook, facts)) return undefined;
  return recordedBlock({ record, name, statement: statementOf(step, facts), step }, facts);
}

/** The statement without its semicolon. */
function withoutMark(range: TextRange, facts: FileFacts): TextRange {
  const code = facts.file.text.slice(range.start, range.end);
  return { start: range.start, end: range.start + code.replace(/\s*;$/, '').length };
}
