import type { Edit, FileEdit, HookContext, StartupStep } from '../../src/core/index.ts';
import { type HookWithRole, hasPart, rolesOf } from './roles.ts';
import { stopsOf } from './stops.ts';

/** Steps that move as one: a single step, or the members of a gather. */
export interface MovedUnit {
  readonly steps: readonly StartupStep[];
  /** Members of the same gather that stay awaited. */
  readonly kept: readonly StartupStep[];
  readonly edits: readonly Edit[];
}

/** What moves in the hook and can be written; empty where the hook has no place for its startup tasks. */
export function movedUnits(context: HookContext): readonly MovedUnit[] {
  if (context.hook.adviceOnly !== undefined || setUpEdits(context) === undefined) return [];
  return units(context).flatMap(({ steps, kept }) => {
    const edits = steps.every((step) => stopCopes(step, context)) ? editsOf(steps, kept, context) : undefined;
    return edits ? [{ steps, kept, edits }] : [];
  });
}

/** Edits that every move in the hook needs: instance, release, stop, imports, in whichever hook of the app they belong. */
export function setUpEdits(context: HookContext): readonly FileEdit[] | undefined {
  const edits: FileEdit[] = [];
  const roles = rolesOf(context);
  if (!shareInstance(roles)) return undefined;
  for (const { hook, facts, role } of roles) {
    if (hook.adviceOnly !== undefined) return undefined;
    // A yield before the first recorded step stays bare, unless an earlier hook has recorded one.
    const isAlone = roles.every((other) => other.hook.id === hook.id || other.role.instance === 'none');
    const after = isAlone ? firstMoved(hook.steps, context) : 0;
    const part = context.syntax.trackTasks(hook, facts, role, after);
    if (!part) return undefined;
    edits.push(...part.map((edit) => ({ ...edit, path: hook.path })));
  }
  return edits;
}

/** Several hooks find the same instance on their app, or, where none of them reaches it, in the one file that they stand in. */
function shareInstance(roles: readonly HookWithRole[]): boolean {
  const hooks = roles.filter(({ role }) => hasPart(role)).map(({ hook }) => hook);
  const isOneFile = new Set(hooks.map((hook) => hook.path)).size === 1;
  if (hooks.some((hook) => hook.body.tasks !== undefined)) return isOneFile;
  const onApp = hooks.filter((hook) => hook.body.keptAt !== undefined);
  if (hooks.length === 1 || onApp.length === hooks.length) return true;
  return onApp.length === 0 && isOneFile;
}

function firstMoved(steps: readonly StartupStep[], context: HookContext): number {
  return steps.find((step) => context.moves(step))?.range.start ?? 0;
}

function units(context: HookContext) {
  const { steps } = context.hook;
  const moved = steps.filter((step) => context.moves(step));
  const groups = new Set<string>();
  return moved.flatMap((step) => {
    if (!step.gather) return [{ steps: [step], kept: [] }];
    const { group } = step.gather;
    if (groups.has(group)) return [];
    groups.add(group);
    const members = steps.filter((other) => other.gather?.group === group);
    return [
      {
        steps: members.filter((other) => moved.includes(other)),
        kept: members.filter((other) => !moved.includes(other)),
      },
    ];
  });
}

function editsOf(
  steps: readonly StartupStep[],
  kept: readonly StartupStep[],
  context: HookContext,
): readonly Edit[] | undefined {
  const { hook, facts, syntax } = context;
  const [first] = steps;
  if (!first) return undefined;
  return first.gather
    ? syntax.splitGather(steps, kept, first.gather, hook, facts)
    : syntax.runInBackground(first, hook, facts);
}

/** A stop that needs a finished start can be put under that condition, or a person has accepted the risk. */
function stopCopes(step: StartupStep, context: HookContext): boolean {
  if (context.decisionOf(step)?.applicability !== 'safe') return true;
  return stopsOf(step, context).every(
    ({ stop, hook, facts }) =>
      stop.guarded || context.syntax.guardShutdown([stop], hook, facts, { step, hook: context.hook }) !== undefined,
  );
}
