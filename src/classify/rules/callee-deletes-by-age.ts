import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** Clean-up that selects by age leaves alone what live requests have just made. */
export const calleeDeletesByAge: EvidenceRule = {
  id: 'callee-deletes-by-age',
  observe({ call: { body } }) {
    if (!body?.deletesByAge) return [];
    return [
      {
        what: 'what its body deletes it selects by age',
        weight: weights.deletesByAge,
        favours: 'background',
        category: 'cleanup',
        at: formatPlace(body.at),
      },
    ];
  },
};
