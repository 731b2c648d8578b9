import type { Hazard, StartupStep } from '../../core/index.ts';
import type { RuledObservation } from '../evidence-rule.ts';

/** A callee whose body was not found: its name alone is no ground for a safe move. */
export function unseenHazards(step: StartupStep, evidence: readonly RuledObservation[]): readonly Hazard[] {
  if (evidence.some(tellsMore)) return [];
  return step.calls
    .filter(({ body }) => body === undefined)
    .slice(0, 1)
    .map(({ callee }) => ({ kind: 'body-not-found', what: `the body of ${callee} was not found`, severity: 'unsafe' }));
}

/** A known call, or a task that runs already. */
function tellsMore({ rule, favours }: RuledObservation): boolean {
  return favours === 'background' && (rule === 'known-call' || rule === 'runs-as-a-task-already');
}
