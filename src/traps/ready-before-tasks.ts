import type { Trap } from '../core/index.ts';
import { type DecidedStep, decidedSteps, isDetached, type TrapKind } from './trap-kind.ts';

/** `app.state.ready = True` before the `yield`, while a task that fills what it speaks of still runs. */
export const readyBeforeTasks: TrapKind = {
  code: 'SC101',
  id: 'ready-before-tasks',
  title: 'A readiness flag is set while the work that it speaks of still runs',
  level: 'warning',
  why: 'The task has only been started when the flag is set, before the server listens: a probe or a route that asks the flag is told that everything is there, and the first requests find it missing. Nothing takes the flag back where the task fails.',
  instead:
    'Set the flag at the end of the task itself, or ask the task: `startup_tasks.ready` of the runtime helper is true once the required ones are done.',
  find: (analysis) => decidedSteps(analysis).flatMap(flagsAfter),
};

function flagsAfter({ hook, step }: DecidedStep): readonly Trap[] {
  // A service that runs for ever is as ready as it gets once it has been started.
  if (!isDetached(step) || !step.calls.some(({ cost }) => cost === 'finite' || cost === 'blocks-loop')) return [];
  return step.hazards.flatMap(({ kind, at }) =>
    kind === 'readiness-flag' && at
      ? [
          {
            code: 'SC101',
            ...at,
            what: `${step.calls[0]?.callee} still runs when this says that it is done`,
            hookId: hook.id,
            stepId: step.id,
          } as const,
        ]
      : [],
  );
}
