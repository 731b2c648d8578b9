import type { Analysis } from '../analyse.ts';
import type { Trap, TrapCode } from '../core/index.ts';
import type { Plan } from '../plan.ts';
import { blocksInHook } from './blocks-in-hook.ts';
import { eventsBesideLifespan } from './events-beside-lifespan.ts';
import { isIgnored } from './ignored.ts';
import { neededAndNotAwaited } from './needed-and-not-awaited.ts';
import { noShutdownHooks } from './no-shutdown-hooks.ts';
import { oncePerWorker } from './once-per-worker.ts';
import { raisedPluginTimeout } from './raised-plugin-timeout.ts';
import { readyBeforeTasks } from './ready-before-tasks.ts';
import { taskFailureUnread } from './task-failure-unread.ts';
import { taskGroupAroundYield } from './task-group-around-yield.ts';
import type { TrapKind } from './trap-kind.ts';
import { voidPromise } from './void-promise.ts';

export type { TrapKind } from './trap-kind.ts';
export { type DecidedStep, decidedSteps, isDetached } from './trap-kind.ts';

/** Every trap, in the order of codes. A code is never used again for another one. */
export const traps: readonly TrapKind[] = [
  readyBeforeTasks,
  eventsBesideLifespan,
  taskGroupAroundYield,
  taskFailureUnread,
  voidPromise,
  neededAndNotAwaited,
  oncePerWorker,
  noShutdownHooks,
  raisedPluginTimeout,
  blocksInHook,
];

/** The traps of the startup hooks, without those that a comment at the place says to ignore; in the order of files and lines. */
export function trapsOf(analysis: Analysis): readonly Trap[] {
  const seen = [...analysis.hooks.values()].flatMap(({ hook }) =>
    (hook.traps ?? []).map((trap) => ({ ...trap, hookId: hook.id })),
  );
  const found = traps.flatMap((kind) => kind.find?.(analysis) ?? []);
  const texts = new Map(
    analysis.languages.flatMap(({ facts }) => facts.files.map(({ file }) => [file.path, file.text])),
  );
  return distinct([...seen, ...found])
    .filter(({ code, path, line }) => !isIgnored(code, texts.get(path) ?? '', line))
    .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

/** Those that this run's rewrites leave: a step that moves is tracked, and its failure is logged. */
export function remainingTraps(analysis: Analysis, plan: Plan): readonly Trap[] {
  const moved = new Set(plan.rewrites.flatMap(({ moves = [] }) => moves));
  return trapsOf(analysis).filter(({ stepId }) => stepId === undefined || !moved.has(stepId));
}

/** The trap of a code. */
export function trapKind(code: TrapCode): TrapKind {
  const kind = traps.find((one) => one.code === code);
  if (kind === undefined) throw new Error(`no trap has the code ${code}`);
  return kind;
}

/** Several hooks may show the same place. */
function distinct(found: readonly Trap[]): Trap[] {
  return [...new Map(found.map((trap) => [`${trap.code} ${trap.path}:${trap.line}`, trap])).values()];
}
