import type { Edit, FileFacts, StartupHook, StartupStep, TextRange } from '../../../core/index.ts';
import { localFunction } from './local-function.ts';
import { localFunctionName, tasksName } from './names.ts';
import { recordedCall } from './recorded-call.ts';
import { verbatimIn } from './tokens.ts';

/** `await f(x)` => `startup_tasks.start(f, x)`; what is more than a plain call goes into a local async function. */
export function runInBackground(step: StartupStep, hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const record = recordMethod([step], hook, facts);
  if (step.shape === 'plain-call') return recordedAwait(step, record, facts) ?? wholeStep(step, record, hook, facts);
  if (step.shape === 'detached') return recordedTask(step, record, facts);
  if (step.shape === 'inert' && !isLogLine(step, facts)) return undefined;
  if (step.shape === 'statements' || step.shape === 'inert') return wholeStep(step, record, hook, facts);
  return undefined;
}

/** `logger.info("All services started")`: what it writes does not depend on when it is written. */
function isLogLine(step: StartupStep, facts: FileFacts): boolean {
  const statement = facts.file.text.slice(step.range.start, step.range.end);
  return /^[\w.]+\.(debug|info|success|notice|warning)\(\s*("[^"\\\n]*"|'[^'\\\n]*')\s*,?\s*\)$/.test(statement);
}

/** `startup_tasks.start`, or its form for what never returns, or for what would freeze the server as a task. */
export function recordMethod(steps: readonly StartupStep[], hook: StartupHook, facts: FileFacts): string {
  const calls = steps.flatMap((step) => step.calls);
  const isService = calls.some((call) => call.cost === 'never-returns');
  const isBlocking = calls.some((call) => call.cost === 'blocks-loop' && call.form !== 'detached');
  return `${tasksName(hook, facts)}.${isService ? 'start_service' : isBlocking ? 'start_thread' : 'start'}`;
}

function recordedAwait(step: StartupStep, record: string, facts: FileFacts): readonly Edit[] | undefined {
  const call = step.calls[0];
  if (!call || step.attached.length > 0) return undefined;
  const { text } = facts.file;
  if (!/^await\s+$/.test(text.slice(call.range.start, call.calleeRange.start))) return undefined;
  if (text.slice(call.argumentsRange.end, call.range.end) !== ')') return undefined;
  return recordedCall(call, call.range, record, facts);
}

/** `task = asyncio.create_task(f(x), name="f")` => `startup_tasks.start(f, x)`. */
function recordedTask(step: StartupStep, record: string, facts: FileFacts): readonly Edit[] | undefined {
  const call = step.calls[0];
  if (!call || step.attached.length > 0) return undefined;
  const { text } = facts.file;
  const before = text.slice(step.range.start, call.calleeRange.start);
  const after = text.slice(call.argumentsRange.end, call.range.end);
  if (!/^(\w+(\s*:[^=#]+)?\s*=\s*)?[\w.]+(\(\))?[\w.]*\(\s*$/.test(before) || !/^\)[^#]*\)$/.test(after))
    return undefined;
  return recordedCall(call, { start: step.range.start, end: call.range.end }, record, facts);
}

function wholeStep(
  step: StartupStep,
  record: string,
  hook: StartupHook,
  facts: FileFacts,
): readonly Edit[] | undefined {
  const awaited = detachedCalls(step, facts);
  const edits = localFunction(
    {
      range: step.range,
      name: localFunctionName(step, hook),
      record,
      indent: step.indent,
      declarations: declarationsOf(step, hook),
      verbatim: [...step.verbatim, ...verbatimIn(facts.file.text, step.range)],
    },
    hook,
    facts,
  );
  return (
    awaited &&
    edits && [...edits.filter((edit) => !awaited.some((other) => overlaps(edit.range, other.range))), ...awaited]
  );
}

/** A task that the step starts is awaited in its local function instead: a task of its own would be lost there. */
function detachedCalls(step: StartupStep, facts: FileFacts): readonly Edit[] | undefined {
  const detached = step.calls.filter((call) => call.form === 'detached');
  const [call] = detached;
  if (!call) return [];
  const { text } = facts.file;
  const before = text.slice(call.range.start, call.calleeRange.start);
  const after = text.slice(call.argumentsRange.end, call.range.end);
  if (step.calls.length > 1 || !/^[\w.]+(\(\))?[\w.]*\(\s*$/.test(before) || !/^\)[^#]*\)$/.test(after))
    return undefined;
  return [
    { range: { start: call.range.start, end: call.calleeRange.start }, text: 'await ' },
    { range: { start: call.argumentsRange.end, end: call.range.end }, text: ')' },
  ];
}

function overlaps(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** `global` and `nonlocal` lines that the local function needs to assign the same names as the statements did in the hook. */
function declarationsOf(step: StartupStep, hook: StartupHook): readonly string[] {
  const declared = new Set(step.declarations.flatMap((line) => line.split(/[\s,]+/).slice(1)));
  const boundBefore = hook.steps.filter((other) => other.shape === 'inert' && other.range.end <= step.range.start);
  const shared = step.binds.filter(
    (name) =>
      /^\w+$/.test(name) &&
      !declared.has(name) &&
      step.reads.includes(name) &&
      boundBefore.some((other) => other.binds.includes(name)),
  );
  return [...new Set([...step.declarations, ...(shared.length > 0 ? [`nonlocal ${shared.join(', ')}`] : [])])];
}
