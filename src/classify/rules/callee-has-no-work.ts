import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A callee that only logs or assigns: nothing is waited for. */
export const calleeHasNoWork: EvidenceRule = {
  id: 'callee-has-no-work',
  observe({ call: { body, form, cost } }) {
    if (!body?.isTrivial || form === 'detached' || cost === 'never-returns' || cost === 'returns-at-once') return [];
    return [
      {
        what: 'there is no work in its body',
        weight: weights.noWorkInBody,
        favours: 'critical',
        at: formatPlace(body.at),
        reason: 'it returns at once, so there is nothing to gain from moving it.',
      },
    ];
  },
};
