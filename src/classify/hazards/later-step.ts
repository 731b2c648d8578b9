import type { Decision, StartupHook, StartupStep } from '../../core/index.ts';

/** A step that runs after the one that is looked at, decided already. */
export interface LaterStep {
  readonly hook: StartupHook;
  readonly step: StartupStep;
  /** Missing for an inert step. */
  readonly decision?: Decision | undefined;
}

/** It is awaited where it stands. */
export function stays({ hook, decision }: LaterStep): boolean {
  return hook.adviceOnly !== undefined || decision?.verdict !== 'background' || decision.applicability !== 'safe';
}

/** In the background it runs beside the finite steps, not after them. */
export function runsBeside({ step }: LaterStep): boolean {
  return step.calls.some(({ cost, form }) => cost === 'never-returns' || form === 'detached');
}
