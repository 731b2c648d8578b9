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

/** A known call, a task that runs already, or an author who says in so many words that startup can do without it. */
function tellsMore({ rule, favours, word }: RuledObservation): boolean {
  if (favours !== 'background') return false;
  return rule === 'known-call' || rule === 'runs-as-a-task-already' || (rule === 'comment-says' && word === undefined);
}
