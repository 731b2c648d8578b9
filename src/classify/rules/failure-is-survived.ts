import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A failure that the hook catches, logs and survives: the author can live without the step. */
export const failureIsSurvived: EvidenceRule = {
  id: 'failure-is-survived',
  observe({ step }) {
    if (step.failure !== 'survives') return [];
    return [
      { what: 'its failure is caught and startup goes on', weight: weights.survivesFailure, favours: 'background' },
    ];
  },
};
