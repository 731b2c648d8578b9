import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A call that the author has detached: startup does not wait for it as it is. */
export const runsAsATaskAlready: EvidenceRule = {
  id: 'runs-as-a-task-already',
  observe({ call }) {
    if (call.form !== 'detached') return [];
    const reason = 'startup does not wait for it.';
    return [{ what: 'it is started as a task already', weight: weights.isDetached, favours: 'background', reason }];
  },
};
