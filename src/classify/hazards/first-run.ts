import type { Hazard, StartupCall, StartupStep } from '../../core/index.ts';
import { wordsOf } from '../words.ts';
import type { LaterStep } from './later-step.ts';

/** What stands after a step that never returns has never run: what destroys something must not begin to by a move. */
export function firstRunHazards(step: StartupStep, later: readonly LaterStep[]): readonly Hazard[] {
  if (!neverReturns(step)) return [];
  return later.flatMap(({ hook, step: other }) =>
    other.calls.filter(destroys).map(({ callee, line }) => ({
      kind: 'never-ran-before',
      what: `${callee} in line ${line} would run for the first time, and resets or deletes what others use`,
      at: { path: hook.path, line },
      severity: 'unsafe',
    })),
  );
}

/** As its body shows, or where that was not found its name. */
function destroys({ body, callee }: StartupCall): boolean {
  return body ? body.resetsSharedState && !body.deletesByAge : wordsOf(callee).some((word) => DESTROYS.has(word));
}

const DESTROYS: ReadonlySet<string> = new Set(
  'clear delete destroy drop erase flush prune purge remove reset truncate wipe'.split(' '),
);

/** Startup waits for it for ever. */
export function neverReturns(step: StartupStep): boolean {
  return step.calls.some(({ cost, form }) => cost === 'never-returns' && form !== 'detached');
}
