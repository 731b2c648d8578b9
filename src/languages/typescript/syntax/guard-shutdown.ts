import {
  type Edit,
  type FileFacts,
  insert,
  type ShutdownStep,
  type StartedStep,
  type StartupHook,
} from '../../../core/index.ts';
import { argumentComma } from './broken-call.ts';
import { declaredNamesLeak } from './declared-names.ts';
import { hookText, lastSegment, stepName, tasksAccess } from './names.ts';
import { quoted } from './recorded-thunk.ts';
import { reindent } from './reindent.ts';
import { loggerSetUp } from './set-up.ts';
import { fits, lineEnd, standsAlone, statementEnd } from './text.ts';
import { verbatimIn } from './tokens.ts';

/** `try` around shutdown steps that belong together, with a `catch` that logs which step it was. */
export function guardShutdown(
  group: readonly ShutdownStep[],
  hook: StartupHook,
  facts: FileFacts,
  finished: StartedStep | undefined,
): readonly Edit[] | undefined {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return undefined;
  const { text } = facts.file;
  const range = {
    start: first.range.start,
    end: statementEnd(text, { start: first.range.start, end: last.range.end }),
  };
  if (!standsAlone(text, range) || declaredNamesLeak(group, hook, facts)) return undefined;
  if (group.some((step) => stopsTasks(step, hook, facts))) return undefined;
  const condition = finished && finishedCondition(finished, hook, facts);
  if (finished && condition === undefined) return undefined;
  const unit = facts.style.indentUnit;
  const inner = first.indent + unit;
  const isConditional = condition !== undefined;
  const head = isConditional ? `try {\n${inner}if (${condition}) {\n${inner}${unit}` : `try {\n${inner}`;
  const verbatim = [...group.flatMap((step) => step.verbatim), ...verbatimIn(text, range)];
  const name = errorName(hook, facts);
  return [
    ...loggerSetUp(facts),
    insert(range.start, head),
    ...reindent(range, verbatim, isConditional ? unit + unit : unit, facts),
    insert(
      lineEnd(text, range.end),
      `${isConditional ? `\n${inner}}` : ''}\n${first.indent}} catch (${name}) {\n${logged(group, inner, name, hook, facts)}\n${first.indent}}`,
    ),
  ];
}

/** The end of the startup tasks, from an earlier run, does not fail. */
function stopsTasks(step: ShutdownStep, hook: StartupHook, facts: FileFacts): boolean {
  const tasks = tasksAccess(hook, facts)?.replace('?', '') ?? 'startupTasks';
  return step.callee?.replaceAll('?', '') === `${tasks}.stop`;
}

/** A parameter of the hook, or a name of the file, is not shadowed. */
function errorName(hook: StartupHook, facts: FileFacts): string {
  const head = facts.file.text.slice(hook.range.start, hook.body.start);
  return /\berror\b/.test(head) || facts.imports.names.includes('error') ? 'shutdownError' : 'error';
}

/** In the style of the logger that the hook can see. */
function logged(
  group: readonly ShutdownStep[],
  indent: string,
  error: string,
  hook: StartupHook,
  facts: FileFacts,
): string {
  const { expression, library } = isVisible(hook, facts)
    ? facts.logger
    : ({ expression: 'console', library: 'console' } as const);
  const message = quoted(messageOf(group), facts);
  const stack = `${error} instanceof Error ? ${error}.stack : ${error}`;
  const parts =
    library === 'pino' ? [`{ err: ${error} }`, message] : library === 'nest' ? [message, stack] : [message, error];
  const mark = facts.style.semicolons === false ? '' : ';';
  const line = `${indent}${expression}.error(${parts.join(', ')})${mark}`;
  if (fits(line, facts)) return line;
  const inner = indent + facts.style.indentUnit;
  return `${indent}${expression}.error(\n${inner}${parts.join(`,\n${inner}`)}${argumentComma(facts)}\n${indent})${mark}`;
}

function messageOf(group: readonly ShutdownStep[]): string {
  const named = group.filter((step) => step.releases || step.flushes);
  const names = [...new Set((named.length > 0 ? named : group).flatMap((step) => step.callee ?? []))].map(printable);
  return `Error in shutdown ${names.length > 1 ? 'steps' : 'step'} ${names.join(', ')}`;
}

/** Without what would end the string or stand for a placeholder. */
function printable(name: string): string {
  return name.replace(/[^\p{L}\p{N}_$.()[\]]/gu, '');
}

/** The logger is one of the file, or the hook uses it already; that of a class is there in its methods only. */
function isVisible(hook: StartupHook, facts: FileFacts): boolean {
  const root = facts.logger.expression.split(/[.(?]/)[0] ?? '';
  if (root === 'console' || facts.imports.names.includes(root) || facts.logger.setUp !== undefined) return true;
  if (root === 'this') return hook.name.includes('.') || hookText(hook, facts).includes(`${facts.logger.expression}.`);
  return new RegExp(`\\b${root}\\b`).test(hookText(hook, facts));
}

/** `startupTasks.finished('workerManager.start')`; what runs as a part of a `Promise.all` has no name of its own. */
function finishedCondition(
  { step, hook: starting }: StartedStep,
  hook: StartupHook,
  facts: FileFacts,
): string | undefined {
  const access = tasksAccess(hook, facts);
  if (access === undefined || step.gather || lastSegment(access.replace('?', '')) === '') return undefined;
  return `${access}.finished(${quoted(stepName(step, starting, facts), facts)})`;
}
