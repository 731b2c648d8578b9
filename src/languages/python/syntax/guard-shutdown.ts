import {
  type Edit,
  type FileFacts,
  insert,
  type ShutdownStep,
  type StartedStep,
  type StartupHook,
} from '../../../core/index.ts';
import { bindsLogger, localFunctionName, tasksExpression } from './names.ts';
import { reindent } from './reindent.ts';
import { loggerSetUp } from './set-up.ts';
import { fits, lineEnd, standsAlone } from './text.ts';
import { verbatimIn } from './tokens.ts';

/** `try` around shutdown steps that belong together, with an `except Exception` that logs which step it was. */
export function guardShutdown(
  group: readonly ShutdownStep[],
  hook: StartupHook,
  facts: FileFacts,
  finished: StartedStep | undefined,
): readonly Edit[] | undefined {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return undefined;
  const { text } = facts.file;
  const range = { start: first.range.start, end: last.range.end };
  if (!standsAlone(text, range)) return undefined;
  // The end of the startup tasks, from an earlier run, does not fail.
  if (group.some((step) => step.callee === `${tasksExpression(hook, facts)}.stop`)) return undefined;
  const condition = finished && finishedCondition(finished, hook, facts);
  if (finished && condition === undefined) return undefined;
  const unit = facts.style.indentUnit;
  const inner = first.indent + unit;
  const head = condition === undefined ? `try:\n${inner}` : `try:\n${inner}if ${condition}:\n${inner}${unit}`;
  const by = condition === undefined ? unit : unit + unit;
  const verbatim = [...group.flatMap((step) => step.verbatim), ...verbatimIn(text, range)];
  const hasLogger = bindsLogger(hook, facts);
  return [
    ...(hasLogger ? [] : loggerSetUp(facts)),
    insert(range.start, head),
    ...reindent(range, verbatim, by, facts),
    insert(lineEnd(text, range.end), `\n${first.indent}except Exception:\n${logged(group, inner, facts)}`),
  ];
}

/** The name stands on a line of its own where the message would be too long. */
function logged(group: readonly ShutdownStep[], indent: string, facts: FileFacts): string {
  const { quote, indentUnit } = facts.style;
  const named = group.filter((step) => step.releases || step.flushes);
  const names = [...new Set((named.length > 0 ? named : group).flatMap((step) => step.callee ?? []))].map(printable);
  const what = `Error in shutdown ${names.length > 1 ? 'steps' : 'step'} `;
  const message = `${quote}${what}${names.join(', ')}${quote}`;
  const call = `${indent}${facts.logger.expression}.exception(`;
  if (fits(`${call}${message})`, facts)) return `${call}${message})`;
  const inner = indent + indentUnit;
  if (fits(inner + message, facts)) return `${call}\n${inner}${message}\n${indent})`;
  const parts = names.map((name, index) => `${inner}${quote}${name}${index < names.length - 1 ? ', ' : ''}${quote}\n`);
  return `${call}\n${inner}${quote}${what}${quote}\n${parts.join('')}${indent})`;
}

/** Without what would end the string or stand for a placeholder. */
function printable(name: string): string {
  return name.replace(/[^\p{L}\p{N}_.()[\]]/gu, '');
}

/** `startup_tasks.finished(worker_manager.start)`; a local function is visible only in the hook that surely defines it. */
function finishedCondition(started: StartedStep, hook: StartupHook, facts: FileFacts): string | undefined {
  const { step } = started;
  const tasks = tasksExpression(hook, facts);
  const isPlain = step.shape === 'plain-call' || step.shape === 'detached';
  if (isPlain && step.calls[0]) return `${tasks}.finished(${step.calls[0].callee})`;
  if (started.hook.id !== hook.id || step.conditional || step.gather) return undefined;
  return `${tasks}.finished(${localFunctionName(step, hook)})`;
}
