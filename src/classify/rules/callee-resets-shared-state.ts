import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** Clean-up that resets what live requests share harms them when it runs late. */
export const calleeResetsSharedState: EvidenceRule = {
  id: 'callee-resets-shared-state',
  observe({ call: { body } }) {
    if (!body?.resetsSharedState || body.deletesByAge) return [];
    return [
      {
        what: 'its body resets shared state, whatever its age',
        weight: weights.resetsSharedState,
        favours: 'critical',
        category: 'cleanup',
        at: formatPlace(body.at),
        reason: 'it resets state that requests share: run late, it would undo their work.',
      },
    ];
  },
};
