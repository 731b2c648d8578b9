import type { FileFacts, StartupHook, StartupStep } from '../../../core/index.ts';

/** The name under which a startup hook reaches its startup tasks. */
export function tasksName(hook: StartupHook): string {
  return lastSegment(hook.body.tasks?.expression ?? 'startupTasks');
}

/** The hook uses an instance that an earlier run has made. */
export function tracksTasks(hook: StartupHook, facts: FileFacts): boolean {
  if (hook.form === 'shutdown-event' || !hook.body.tasks) return false;
  const name = tasksName(hook);
  const use = new RegExp(`\\b${name}\\??\\.(start|startService|holdUntilListening|release)\\(`);
  return madeIn(facts.file.text, name) && use.test(hookText(hook, facts));
}

/** The instance of the hook is there: an earlier run has made it. */
export function existingInstance(hook: StartupHook, facts: FileFacts): boolean {
  if (hook.body.tasks?.kind !== 'module') return tracksTasks(hook, facts);
  return new RegExp(`^(export )?(const|let|var) ${tasksName(hook)}\\b[^=\\n]*= new StartupTasks\\(`, 'm').test(
    facts.file.text,
  );
}

/** How code of a hook calls methods of the tasks: those of a field are there only once the startup has begun. */
export function tasksAccess(hook: StartupHook, facts: FileFacts): string | undefined {
  const expression = hook.form === 'shutdown-event' ? seenByStop(hook, facts) : hook.body.tasks?.expression;
  return expression?.startsWith('this.') ? `${expression}?` : expression;
}

/**
 * The name of a step in the log, after its first call: `warmCache`, `workerManager.start` where the verb alone says nothing. The
 * steps of the hooks that share an instance are named in their order, so that a name does not depend on what else moves.
 */
export function stepName(step: StartupStep, hook: StartupHook, facts: FileFacts): string {
  if (step.shape === 'inert') return 'announceStartup';
  const taken = namesRecorded(hook, facts);
  for (const other of namedTogether(hook, facts)) {
    const name = untaken(other, taken);
    if (other.id === step.id) return name;
    taken.push(name);
  }
  return untaken(step, taken);
}

/** Names of steps that run as one. */
export function joinedName(steps: readonly StartupStep[], hook: StartupHook, facts: FileFacts): string {
  return steps.map((step) => stepName(step, hook, facts)).join(', ');
}

export function hookText(hook: StartupHook, facts: FileFacts): string {
  return facts.file.text.slice(hook.range.start, hook.range.end);
}

export function lastSegment(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

function madeIn(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b[^=\\n]*(\\?\\?)?= *\\(?(this\\.\\w+ (\\?\\?)?= )?new StartupTasks\\(`).test(text);
}

/** Methods of one class: `CacheService.onModuleInit` and `CacheService.onModuleDestroy`. */
export function isOfSameClass(one: StartupHook, other: StartupHook): boolean {
  return classOf(one) !== undefined && classOf(one) === classOf(other);
}

/** The tasks that a shutdown hook can see: of the function around it, of its class, of its file. */
function seenByStop(stop: StartupHook, facts: FileFacts): string | undefined {
  const starting = facts.hooks.filter((hook) => hook.body.tasks !== undefined);
  const around = starting.find(({ body }) => body.start <= stop.range.start && stop.range.end <= body.end);
  if (around?.body.tasks && around.body.kind !== 'module') return tasksName(around);
  const found = starting.find((hook) => isSeen(hook, stop));
  return found?.body.tasks?.expression;
}

function isSeen(hook: StartupHook, stop: StartupHook): boolean {
  const { tasks } = hook.body;
  if (tasks?.kind === 'field') return isOfSameClass(hook, stop);
  if (tasks?.kind === 'module') return true;
  return tasks !== undefined && tasks.madeIndent.length < hook.body.indent.length && tasks.madeAt <= stop.range.start;
}

function classOf({ name }: StartupHook): string | undefined {
  return name.includes('.') ? name.slice(0, name.indexOf('.')) : undefined;
}

/** Names under which an earlier run has recorded steps. */
function namesRecorded(hook: StartupHook, facts: FileFacts): string[] {
  const text = hook.body.tasks?.kind === 'local' ? hookText(hook, facts) : facts.file.text;
  const records = new RegExp(`\\b${tasksName(hook)}\\.start(?:Service)?\\(\\s*(["'\`])(.*?)\\1`, 'g');
  return [...text.matchAll(records)].flatMap((match) => (match[2] ?? '').split(', '));
}

function namedTogether(hook: StartupHook, facts: FileFacts): readonly StartupStep[] {
  const { tasks } = hook.body;
  const hooks =
    tasks === undefined || tasks.kind === 'local'
      ? [hook]
      : facts.hooks.filter(
          ({ body, id }) =>
            id === hook.id || (body.tasks?.kind === tasks.kind && body.tasks.expression === tasks.expression),
        );
  const steps = hooks.flatMap((one) => one.steps).filter((one) => one.shape !== 'inert');
  return [...new Map(steps.map((one) => [one.id, one])).values()];
}

function untaken(step: StartupStep, taken: readonly string[]): string {
  const callee = segmentsOf(step);
  const short = nameAfter(callee);
  const whole = callee.join('.') || short;
  const free = [short, whole].find((name) => !taken.includes(name));
  if (free !== undefined) return free;
  let number = 2;
  while (taken.includes(`${whole} ${number}`)) number++;
  return `${whole} ${number}`;
}

function nameAfter(segments: readonly string[]): string {
  const verb = segments.at(-1);
  if (verb === undefined) return 'backgroundStep';
  const receiver = segments.at(-2);
  return receiver === undefined || saysWhat(verb) ? verb : `${receiver}.${verb}`;
}

/** More than a verb: `warmCache`, not `warmUp`. */
function saysWhat(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').split(/[_$]+/);
  return words.filter((word) => word !== '' && !PARTICLES.has(word.toLowerCase())).length > 1;
}

/** The names in a callee, without those that every hook has: `cache`, `warm` for `this.cache.warm`. */
function segmentsOf(step: StartupStep): readonly string[] {
  const names = (step.calls[0]?.callee ?? '')
    .replace(/^new /, '')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .split(/[.?!]+/)
    .filter((name) => /^[\p{L}\p{N}_$#]+$/u.test(name))
    .map((name) => name.replace(/^[#_]+/, ''))
    .filter(Boolean);
  const telling = names.slice(0, -1).filter((name) => !RECEIVERS_WITHOUT_MEANING.has(name));
  return [...telling, ...names.slice(-1)];
}

const PARTICLES: ReadonlySet<string> = new Set(
  'up all async once now in out on off it service instance sync if needed'.split(' '),
);

const RECEIVERS_WITHOUT_MEANING: ReadonlySet<string> = new Set(
  'this super self app server fastify strapi services globalThis module exports default instance'.split(' '),
);
