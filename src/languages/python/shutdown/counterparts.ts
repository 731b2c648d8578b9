import type { ShutdownStep, StartupHook, StartupStep } from '../../../core/index.ts';
import { undoes } from '../../wording/counterpart-words.ts';

/** Links the shutdown steps of hooks of one app to the startup steps that they undo, and names the stops that need a start. */
export function linkCounterparts(hooks: readonly StartupHook[]): StartupHook[] {
  const starts = hooks.flatMap((hook) => hook.steps.filter((step) => step.calls.length > 0));
  const linked = hooks.map((hook) => ({ ...hook, shutdown: hook.shutdown.map((stop) => withStart(stop, starts)) }));
  const stops = linked.flatMap((hook) => hook.shutdown.map((stop) => ({ hook, stop })));
  return linked.map((hook) => ({
    ...hook,
    steps: hook.steps.map((step) => {
      const stop = stops.find(
        (one) => one.stop.counterpartOf === step.id && needsStart(one.stop, step, one.hook.id === hook.id),
      );
      return stop ? withHazard(step, stop.stop, stop.hook.path) : step;
    }),
  }));
}

function withStart(stop: ShutdownStep, starts: readonly StartupStep[]): ShutdownStep {
  if (stop.counterpartOf || !stop.callee) return stop;
  const callee = stop.callee;
  const start = starts.find((step) => step.calls.some((call) => undoes(callee, call.callee)));
  return start ? { ...stop, counterpartOf: start.id } : stop;
}

/**
 * The stop fails where the start has not finished, and cannot stand under a condition that it has: the helper knows a step by its
 * function, and a function made in one hook cannot be named in another.
 */
function needsStart(stop: ShutdownStep, start: StartupStep, sameHook: boolean): boolean {
  if (stop.copesWithoutStart === 'yes' || stop.guarded) return false;
  if (stop.leaves) return true;
  return !sameHook && start.shape !== 'plain-call' && start.shape !== 'detached';
}

function withHazard(step: StartupStep, stop: ShutdownStep, path: string): StartupStep {
  if (step.hazards.some(({ kind }) => kind === 'stop-needs-start')) return step;
  const what = `${stop.callee ?? 'its stop'} in line ${stop.line} needs what only a finished start sets`;
  return {
    ...step,
    hazards: [...step.hazards, { kind: 'stop-needs-start', what, at: { path, line: stop.line }, severity: 'unsafe' }],
  };
}
