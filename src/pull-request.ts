import type { Analysis } from './analyse.ts';
import { changesOf, chosenTransforms } from './apply.ts';
import type { FileChange, Rewrite, Transform } from './core/index.ts';
import { movedSteps, type Plan, type PlanOptions, plan } from './plan.ts';
import type { Scan } from './scan.ts';
import { malformed, type VerifiedPlan } from './verify.ts';

/** What the rewrites of one commit have in common. */
export type SplitBy = 'transform' | 'hook' | 'owner' | 'none';

export interface SplitOptions {
  readonly splitBy: SplitBy;
  readonly unsafe: boolean;
  /** The owners of a file, by its path below the root, as one text; empty where it has none. */
  readonly ownersOf: (path: string) => string;
}

/** A step of the way from the source to the plan, after which the program still runs. */
export interface PlannedCommit {
  /** Ids of the transforms or hooks, or the owners, whose rewrites it makes; several where a text in between does not parse. */
  readonly groups: readonly string[];
  readonly rewrites: readonly Rewrite[];
  /** Old and new texts of the files that it changes, those that are made first. */
  readonly changes: readonly FileChange[];
}

/**
 * A verified plan as commits: the text after each one is planned from the source for the groups until then, with the imports,
 * the helper and the shutdown parts that they need. After the last one it is the text of the plan itself. Pure.
 */
export function splitPlan(scan: Scan, verified: VerifiedPlan, options: SplitOptions): readonly PlannedCommit[] {
  const { analysis } = scan;
  const groups = groupsOf(verified.plan, chosenTransforms(scan), analysis, options);
  const commits: PlannedCommit[] = [];
  const told = new Set<string>();
  let made: readonly FileChange[] = [];
  let pending: string[] = [];
  for (const [index, group] of groups.entries()) {
    pending.push(group);
    const isLast = index === groups.length - 1;
    const current = isLast ? verified.plan : planUntil(index, groups, scan, verified, options);
    if (!isLast && malformed(current, analysis).length > 0) continue;
    const state = changesOf(current);
    const changes = between(made, state);
    if (changes.length > 0) {
      const rewrites = current.rewrites.filter((rewrite) => !told.has(nameOf(rewrite)));
      for (const rewrite of rewrites) told.add(nameOf(rewrite));
      commits.push({ groups: pending, rewrites, changes });
    }
    pending = [];
    made = state;
  }
  return commits;
}

/** The same rewrite in every plan that has it. */
function nameOf({ transform, hookId = '', title, edits }: Rewrite): string {
  return [transform, hookId, edits[0]?.path, title].join('\0');
}

/**
 * In the order in which their commits are made: that of the transforms; or that of the rewrites, where moves come before what
 * is only done because something moves.
 */
function groupsOf(
  whole: Plan,
  transforms: readonly Transform[],
  analysis: Analysis,
  options: SplitOptions,
): readonly string[] {
  const moving = whole.rewrites.filter(({ moves }) => moves !== undefined);
  const keys = new Set([...moving, ...whole.rewrites].map((rewrite) => keyOf(rewrite, analysis, options)));
  if (options.splitBy !== 'transform') return [...keys];
  return transforms.filter(({ id }) => keys.has(id)).map(({ id }) => id);
}

function keyOf(rewrite: Rewrite, analysis: Analysis, options: SplitOptions): string {
  switch (options.splitBy) {
    case 'transform':
      return rewrite.transform;
    case 'none':
      return '';
    default:
      return keyOfPlace(rewrite.hookId, rewrite.edits[0]?.path ?? '', analysis, options);
  }
}

/** What belongs to no hook is a group of its own, or belongs to the owners of its file. */
function keyOfPlace(hookId: string | undefined, path: string, analysis: Analysis, options: SplitOptions): string {
  if (options.splitBy === 'hook') return hookId ?? '';
  const hook = hookId === undefined ? undefined : analysis.hooks.get(hookId)?.hook;
  return options.ownersOf(hook?.path ?? path);
}

/** The plan of the groups up to this one. What moves is what moves in the end: a hook never takes back what another one moved. */
function planUntil(
  index: number,
  groups: readonly string[],
  scan: Scan,
  verified: VerifiedPlan,
  options: SplitOptions,
): Plan {
  const { analysis } = scan;
  const done = new Set(groups.slice(0, index + 1));
  const except = new Set(verified.errors.map(({ path }) => path));
  const transforms = chosenTransforms(scan);
  const base: PlanOptions = { unsafe: options.unsafe, except };
  if (options.splitBy === 'transform')
    return plan(
      analysis,
      transforms.filter(({ id }) => done.has(id)),
      base,
    );
  const moved = movedSteps(analysis, base);
  const isTrusted = (rewrite: Rewrite) => rewrite.applicability === 'safe' || options.unsafe;
  return plan(analysis, transforms, {
    ...base,
    picks: {
      moves: ({ stepId, hookId }) => moved.has(stepId) && done.has(keyOfPlace(hookId, '', analysis, options)),
      writes: (rewrite) => isTrusted(rewrite) && done.has(keyOf(rewrite, analysis, options)),
    },
  });
}

/** What changes from one state of the source to the next; both are told as changes of the source. */
function between(made: readonly FileChange[], state: readonly FileChange[]): readonly FileChange[] {
  const earlier = new Map(made.map((change) => [change.path, change]));
  const later = new Set(state.map(({ path }) => path));
  const forward = state.map(({ path, before, after }): FileChange => {
    const from = earlier.has(path) ? earlier.get(path)?.after : before;
    return { path, ...(from === undefined ? {} : { before: from }), ...(after === undefined ? {} : { after }) };
  });
  const undone = made
    .filter(({ path }) => !later.has(path))
    .map(({ path, before, after }): FileChange => {
      return {
        path,
        ...(after === undefined ? {} : { before: after }),
        ...(before === undefined ? {} : { after: before }),
      };
    });
  return [...forward, ...undone].filter(({ before, after }) => before !== after);
}
