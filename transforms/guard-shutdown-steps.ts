import type {
  FileEdit,
  HookContext,
  Rewrite,
  ShutdownStep,
  StartedStep,
  StartupHook,
  Transform,
} from '../src/core/index.ts';
import { movedUnits } from './moves/moved-units.ts';
import { hooksOf } from './moves/stops.ts';
import { isTouched } from './moves/touched.ts';

/**
 * Guards shutdown steps, so that one that fails does not keep the others from running.
 *
 * ```diff
 *      yield
 * -    await worker_manager.stop()
 * +    try:
 * +        await worker_manager.stop()
 * +    except Exception:
 * +        logger.exception("Error in shutdown step worker_manager.stop")
 * ```
 *
 * Safe: what failed the shutdown is logged instead, and the steps after it run. Steps that belong together fail together.
 */
export const guardShutdownSteps: Transform = {
  id: 'guard-shutdown-steps',
  description: 'Guard shutdown steps one by one, so that one that fails does not keep the others from running',
  subject: 'Guard shutdown steps one by one',
  rewrite(context) {
    if (!isTouched(context)) return [];
    return groupsOf(context.hook)
      .filter(canBeGuarded)
      .flatMap((group) => rewriteOf(group, context));
  },
};

function rewriteOf(group: readonly ShutdownStep[], context: HookContext): readonly Rewrite[] {
  const { hook, facts, syntax } = context;
  const started = group.map((step) => neededStart(step, context)).find((found) => found !== undefined);
  const edits =
    syntax.guardShutdown(group, hook, facts, started) ?? syntax.guardShutdown(group, hook, facts, undefined);
  if (!edits) return [];
  return [
    {
      transform: 'guard-shutdown-steps',
      title: `Guard ${group.flatMap((step) => step.callee ?? []).join(', ')}`,
      applicability: 'safe',
      hookId: hook.id,
      edits: edits.map((edit): FileEdit => ({ ...edit, path: hook.path })),
      creates: [],
    },
  ];
}

/** The start that moved, where the stop works only after it. */
function neededStart(stop: ShutdownStep, context: HookContext): StartedStep | undefined {
  if (stop.counterpartOf === undefined || stop.copesWithoutStart !== 'no') return undefined;
  for (const { hook, facts } of hooksOf(context)) {
    const moved = movedUnits({ ...context, hook, facts }).flatMap((unit) => unit.steps);
    const step = moved.find((candidate) => candidate.id === stop.counterpartOf);
    if (step) return { step, hook };
  }
  return undefined;
}

/** Neighbours that must not run without one another: what shares a local variable, a flush and the close after it, one receiver. */
function groupsOf(hook: StartupHook): readonly (readonly ShutdownStep[])[] {
  const locals = new Set([...hook.steps, ...hook.shutdown].flatMap((step) => step.binds));
  const groups: ShutdownStep[][] = [];
  for (const step of hook.shutdown) {
    const group = groups.at(-1);
    if (group && belongsTo(step, group, locals)) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

function belongsTo(step: ShutdownStep, group: readonly ShutdownStep[], locals: ReadonlySet<string>): boolean {
  const last = group.at(-1);
  if (!last || step.indent !== last.indent) return false;
  const used = new Set(group.flatMap((member) => [...member.binds, ...rootsOf(member.reads)]));
  const own = rootsOf(step.reads).filter((name) => locals.has(name) && !step.binds.includes(name));
  if (last.flushes || own.some((name) => used.has(name))) return true;
  const receiver = receiverOf(last);
  return receiver !== undefined && (receiver === receiverOf(step) || step.reads.includes(receiver));
}

/** `pool` for `pool.connections`. */
function rootsOf(paths: readonly string[]): readonly string[] {
  return paths.map((path) => path.split('.', 1)[0] ?? path);
}

/** `task` for `task.cancel`; objects that hold many resources do not count. */
function receiverOf(step: ShutdownStep): string | undefined {
  const receiver = step.callee?.includes('.') ? step.callee.slice(0, step.callee.lastIndexOf('.')) : undefined;
  return receiver && /^(self|cls|app|asyncio|logging|logger|log)$/.test(receiver) ? undefined : receiver;
}

function canBeGuarded(group: readonly ShutdownStep[]): boolean {
  return (
    group.some((step) => step.callee !== undefined && (step.releases || step.flushes)) &&
    group.every((step) => !step.guarded && !step.leaves)
  );
}
