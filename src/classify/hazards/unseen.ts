import type { Hazard, StartupStep } from '../../core/index.ts';
import type { RuledObservation } from '../evidence-rule.ts';

/** Rules that tell more than a name does. */
const telling = new Set(['known-call', 'runs-as-a-task-already']);

/** A callee whose body was not found: its name alone is no ground for a safe move. */
export function unseenHazards(step: StartupStep, evidence: readonly RuledObservation[]): readonly Hazard[] {
  if (evidence.some(({ rule, favours }) => favours === 'background' && telling.has(rule))) return [];
  return step.calls
    .filter(({ body }) => body === undefined)
    .slice(0, 1)
    .map(({ callee }) => ({ kind: 'body-not-found', what: `the body of ${callee} was not found`, severity: 'unsafe' }));
}
