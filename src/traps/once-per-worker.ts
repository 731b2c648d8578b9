import type { Category, Trap } from '../core/index.ts';
import { type DecidedStep, decidedSteps, type TrapKind, trapAt } from './trap-kind.ts';

/** Migrations and schedulers in a hook that every worker process and every replica runs. */
export const oncePerWorker: TrapKind = {
  code: 'SC107',
  id: 'once-per-worker',
  title: 'Every worker process does what is meant to be done once',
  level: 'note',
  why: 'A startup hook runs in each worker process and in each replica. Several of them migrate the same database at the same time, or send the same scheduled mail as many times as there are workers.',
  instead:
    'Run migrations as a step of the deployment, and a scheduler in a process of its own; or take a lock that only one process gets.',
  find: (analysis) => firstOfEach(decidedSteps(analysis).filter(runsAlways)),
};

const WHAT: Partial<Record<Category, string>> = { migration: 'migrates the database', scheduler: 'starts a scheduler' };

/** The callee itself says so: much of what belongs to a scheduler may well run in each process. */
const SAYS: Partial<Record<Category, RegExp>> = {
  migration: /migrat|alembic/i,
  scheduler: /(start|run|launch|init\w*?|boot|setup)_?\w*(schedul|cron)|(schedul|cron)\w*\.(start|run|launch|init)/i,
};

/** A condition around it is somebody's answer already. */
function runsAlways({ step, decision: { category } }: DecidedStep): boolean {
  const said = SAYS[category];
  return said !== undefined && !step.conditional && step.calls.some(({ callee }) => said.test(callee));
}

/** One migration a hook is enough to say it. */
function firstOfEach(steps: readonly DecidedStep[]): readonly Trap[] {
  const first = new Map<string, Trap>();
  for (const one of steps) {
    const { category } = one.decision;
    const key = `${category} ${one.hook.id}`;
    const trap = trapAt(one, 'SC107', `${one.step.calls[0]?.callee} ${WHAT[category]} in every worker process`);
    // It goes on being true in the background.
    const { stepId: _, ...lasting } = trap;
    if (!first.has(key)) first.set(key, lasting);
  }
  return [...first.values()];
}
