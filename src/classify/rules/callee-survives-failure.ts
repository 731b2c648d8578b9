import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A callee that catches every failure of its own work can be lived without. */
export const calleeSurvivesFailure: EvidenceRule = {
  id: 'callee-survives-failure',
  observe({ call: { body } }) {
    if (!body?.survivesFailure || body.isTrivial) return [];
    return [
      {
        what: 'its body catches and survives every failure',
        weight: weights.bodySurvivesFailure,
        favours: 'background',
        at: formatPlace(body.at),
      },
    ];
  },
};
