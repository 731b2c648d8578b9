import {
  type Edit,
  type FileFacts,
  insert,
  type StartupHook,
  type TaskRole,
  type TasksPlace,
} from '../../../core/index.ts';
import { elementComma } from './broken-call.ts';
import { existingInstance, isOfSameClass, tasksName } from './names.ts';
import { FIELD, INSTANCE } from './ranks.ts';
import { helperImport, loggerSetUp, spaced } from './set-up.ts';
import { fits, isBlank, lineOf, statementMark } from './text.ts';

/** Makes the instance of a hook, or takes the one of an earlier hook; nothing where an earlier run has done so. */
export function instanceEdits(hook: StartupHook, facts: FileFacts, role: TaskRole): readonly Edit[] | undefined {
  const { tasks } = hook.body;
  if (role.instance === 'none') return [];
  if (!tasks) return undefined;
  if (existingInstance(hook, facts)) return [];
  const inField = isField(hook, tasks, facts, role);
  if (role.instance === 'take') return inField ? fieldInstance(hook, tasks, facts, role) : taken(hook, facts);
  const own = inField ? fieldInstance(hook, tasks, facts, role) : [constant(hook, tasks, facts, role)];
  return [...helperImport(facts), ...loggerSetUp(facts), ...own];
}

/** Other hooks find the tasks in the field; one that nothing reads would be an unused one. */
function isField(hook: StartupHook, tasks: TasksPlace, facts: FileFacts, role: TaskRole): boolean {
  if (tasks.kind !== 'field') return false;
  const isShared = role.instance === 'take' || !role.releases;
  const stop = role.addsShutdown && tasks.shutdownHook !== undefined;
  return isShared || stop || facts.hooks.some((one) => one.form === 'shutdown-event' && isOfSameClass(one, hook));
}

/** `const startupTasks = new StartupTasks(logger);` */
function constant(hook: StartupHook, tasks: TasksPlace, facts: FileFacts, role: TaskRole): Edit {
  const head = `const ${tasksName(hook)} = `;
  const made = constructed(tasks.madeIndent, head, '', facts, role);
  const line = `${tasks.madeIndent}${head}${made}${statementMark(facts, tasks.madeAt)}`;
  const text = tasks.kind === 'module' ? spaced(line, tasks.madeAt, facts) : `${line}\n`;
  return { ...insert(tasks.madeAt, text), rank: INSTANCE };
}

/** Hooks that share a constant must see it: that of the module they do, that of a function only beside one another. */
function taken(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const { tasks } = hook.body;
  const others = facts.hooks.flatMap((one) => (one.id !== hook.id && one.body.tasks ? [one.body.tasks] : []));
  const isShared = others.some(
    (one) =>
      one.expression === tasks?.expression &&
      one.kind === tasks.kind &&
      one.madeIndent === tasks.madeIndent &&
      one.madeAt <= hook.range.start,
  );
  return tasks?.kind === 'module' || isShared ? [] : undefined;
}

/** `const startupTasks = (this.startupTasks = new StartupTasks(this.logger));`; a later hook takes what an earlier one has made. */
function fieldInstance(hook: StartupHook, tasks: TasksPlace, facts: FileFacts, role: TaskRole): readonly Edit[] {
  const isFirst = role.instance === 'create';
  const head = `const ${tasksName(hook)} = (${tasks.expression} ${isFirst ? '=' : '??='} `;
  const made = constructed(tasks.madeIndent, head, ')', facts, role);
  const line = `${tasks.madeIndent}${head}${made})${statementMark(facts, tasks.madeAt)}\n`;
  const declaration = isFirst ? fieldDeclaration(hook, tasks, facts) : [];
  return [...declaration, { ...insert(tasks.madeAt, line), rank: INSTANCE }];
}

/** JavaScript needs no declaration. */
function fieldDeclaration(hook: StartupHook, tasks: TasksPlace, facts: FileFacts): readonly Edit[] {
  const { text, path } = facts.file;
  const name = tasksName(hook);
  const at = tasks.declaredAt;
  if (at === undefined || !/\.[cm]?tsx?$/.test(path) || new RegExp(`\\b${name}\\?: StartupTasks\\b`).test(text))
    return [];
  const below = lineOf(text, at);
  const isField = /^\s*(?!@)[^({]*[;,]\s*$|^\s*[^(){}]*=[^>]*$/.test(below);
  const line = `${tasks.declaredIndent ?? ''}private ${name}?: StartupTasks${statementMark(facts, at)}\n`;
  return [{ ...insert(at, isField || isBlank(below) ? line : `${line}\n`), rank: FIELD }];
}

/** `new StartupTasks(logger, { concurrency: 3 })`; the console is what the helper takes unasked. */
function constructed(indent: string, head: string, tail: string, facts: FileFacts, { concurrency }: TaskRole): string {
  const { expression, library } = facts.logger;
  const isConsole = library === 'console' || expression === 'console';
  if (concurrency === 1) return `new StartupTasks(${isConsole ? '' : expression})`;
  const made = `new StartupTasks(${expression}, {`;
  const line = `${made} concurrency: ${concurrency} })`;
  if (fits(`${indent}${head}${line}${tail};`, facts)) return line;
  const inner = indent + facts.style.indentUnit;
  return `${made}\n${inner}concurrency: ${concurrency}${elementComma(facts)}\n${indent}})`;
}
