import type { FileFacts, StartupHook, StartupStep } from '../../../core/index.ts';

const RECEIVERS_WITHOUT_MEANING = new Set(['self', 'cls', 'app', 'state', 'application', 'server']);

/** The name under which the hook reaches its startup tasks. */
export function tasksName(hook: StartupHook, facts: FileFacts): string {
  return existingInstance(hook, facts) ?? untaken('startup_tasks', hook.body.takenNames);
}

/** The name that an instance made by an earlier run has in the hook, or at module level. */
export function existingInstance(hook: StartupHook, facts: FileFacts): string | undefined {
  const body = facts.file.text.slice(hook.range.start, hook.range.end);
  const local = /^[ \t]+(\w+) = (?:[\w.[\]'"]+ = )?(?:StartupTasks\(|[\w.]+(?:\.|\[["'])startup_tasks\b)/m.exec(body);
  const global = /^(\w+) = StartupTasks\(/m.exec(facts.file.text);
  return (local ?? global)?.[1];
}

/** An earlier run has made or taken the startup tasks in this hook. */
export function tracksTasks(hook: StartupHook, facts: FileFacts): boolean {
  return hook.form !== 'shutdown-event' && existingInstance(hook, facts) !== undefined;
}

/** The hook makes the instance itself: it overwrites one that an earlier hook has put on the app. */
export function makesInstance(hook: StartupHook, facts: FileFacts): boolean {
  return /^[ \t]+\w+ = (?:[\w.[\]'"]+ = )?StartupTasks\(/m.test(
    facts.file.text.slice(hook.range.start, hook.range.end),
  );
}

/** The step in which the hook makes a logger of its own. */
export function bindsLogger(hook: StartupHook, facts: FileFacts): StartupStep | undefined {
  const root = facts.logger.expression.split(/[.(]/)[0] ?? '';
  return hook.steps.find((step) => step.binds.includes(root));
}

/** How the hook's shutdown part reaches the tasks: an event handler has no local name for them. */
export function tasksExpression(hook: StartupHook, facts: FileFacts): string {
  if (hook.form === 'lifespan' || hook.body.keptAt === undefined) return tasksName(hook, facts);
  return existingInstance(hook, facts) ?? hook.body.keptAt;
}

/**
 * Name of the local function for a step, after its first call: `worker_manager.start` => `_start_worker_manager`. The steps of a
 * hook are named in their order, so that a name does not depend on what else moves.
 */
export function localFunctionName(step: StartupStep, hook: StartupHook): string {
  const taken = [...hook.body.takenNames];
  const groups = new Set<string>();
  for (const other of hook.steps) {
    if (other.id === step.id || (step.gather && other.gather?.group === step.gather.group)) break;
    if (other.shape === 'plain-call' || other.shape === 'detached' || other.shape === 'inert') continue;
    if (other.gather && groups.has(other.gather.group)) continue;
    if (other.gather) groups.add(other.gather.group);
    taken.push(untaken(nameAfter(other), taken));
  }
  return untaken(nameAfter(step), taken);
}

function nameAfter(step: StartupStep): string {
  if (step.shape === 'inert') return '_announce_startup';
  const segments = (step.calls[0]?.callee ?? '')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .split('.')
    .map(snakeCase)
    .filter(Boolean);
  const verb = segments.at(-1);
  if (verb === undefined) return '_background_step';
  const receiver = segments.slice(0, -1).findLast((name) => !RECEIVERS_WITHOUT_MEANING.has(name));
  return verb.includes('_') || receiver === undefined ? `_${verb}` : `_${verb}_${receiver}`;
}

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]/gu, '')
    .replace(/^_+|_+$/g, '');
}

function untaken(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}_${number}`)) number++;
  return `${name}_${number}`;
}
