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
      const needing = stops.find(({ stop }) => stop.counterpartOf === step.id && needsStart(stop));
      return needing ? withHazard(step, needing.stop, needing.hook.path) : step;
    }),
  }));
}

function withStart(stop: ShutdownStep, starts: readonly StartupStep[]): ShutdownStep {
  const { callee } = stop;
  if (stop.counterpartOf !== undefined || callee === undefined) return stop;
  const start =
    starts.find((step) => step.calls.some((call) => undoes(callee, call.callee))) ??
    starts.find((step) => stop.releases && makes(step, callee));
  return start ? { ...stop, counterpartOf: start.id } : stop;
}

/** `worker = await createWorker()` makes what `worker.close()` closes. */
function makes(step: StartupStep, callee: string): boolean {
  const receiver = callee.slice(0, Math.max(0, callee.lastIndexOf('.')));
  return receiver !== '' && step.binds.includes(receiver);
}

/** The stop may fail where the start has not finished, and cannot stand under a condition that it has. */
function needsStart(stop: ShutdownStep): boolean {
  return stop.copesWithoutStart !== 'yes' && !stop.guarded && stop.leaves;
}

function withHazard(step: StartupStep, stop: ShutdownStep, path: string): StartupStep {
  if (step.hazards.some(({ kind }) => kind === 'stop-needs-start')) return step;
  const what = `${stop.callee ?? 'its stop'} in line ${stop.line} needs what only a finished start sets`;
  return {
    ...step,
    hazards: [...step.hazards, { kind: 'stop-needs-start', what, at: { path, line: stop.line }, severity: 'unsafe' }],
  };
}
