import type { Hazard, StartupStep } from '../../core/index.ts';
import type { LaterStep } from './later-step.ts';

/** What stands after a step that never returns has never run: what destroys something must not begin to by a move. */
export function firstRunHazards(step: StartupStep, later: readonly LaterStep[]): readonly Hazard[] {
  if (!neverReturns(step)) return [];
  return later.flatMap(({ hook, step: other }) =>
    other.calls
      .filter(({ body }) => body?.resetsSharedState && !body.deletesByAge)
      .map(({ callee, line }) => ({
        kind: 'never-ran-before',
        what: `${callee} in line ${line} would run for the first time, and resets shared state`,
        at: { path: hook.path, line },
        severity: 'unsafe',
      })),
  );
}

/** Startup waits for it for ever. */
export function neverReturns(step: StartupStep): boolean {
  return step.calls.some(({ cost, form }) => cost === 'never-returns' && form !== 'detached');
}
