import type { FileEdit, HookContext, Rewrite, ShutdownStep, StartedStep, Transform } from '../src/core/index.ts';
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
  rewrite(context) {
    if (!isTouched(context)) return [];
    return groupsOf(context.hook.shutdown)
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

/** Neighbours that must not run without one another: what binds and what reads, a flush and the close after it, one receiver. */
function groupsOf(steps: readonly ShutdownStep[]): readonly (readonly ShutdownStep[])[] {
  const groups: ShutdownStep[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    if (group && belongsTo(step, group)) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

function belongsTo(step: ShutdownStep, group: readonly ShutdownStep[]): boolean {
  const last = group.at(-1);
  if (!last || step.indent !== last.indent) return false;
  const bound = group.flatMap((member) => member.binds);
  if (step.reads.some((name) => bound.includes(name))) return true;
  if (last.flushes) return true;
  const receiver = receiverOf(last);
  return receiver !== undefined && (receiver === receiverOf(step) || step.reads.includes(receiver));
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
