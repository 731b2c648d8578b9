import type { EvidenceRule } from '../evidence-rule.ts';
import { placeOf } from '../place-of.ts';
import { weights } from '../weights.ts';

/** A callee that starts a task or thread of its own and returns: in the background already, moving it gains nothing. */
export const calleeOnlyStartsATask: EvidenceRule = {
  id: 'callee-only-starts-a-task',
  observe({ call }) {
    if (call.cost !== 'returns-at-once') return [];
    const what = `its body ${call.body?.costReason ?? 'only starts a task of its own and returns'}`;
    return [{ what, weight: weights.onlyStartsTask, favours: 'background', category: 'worker', ...placeOf(call.body) }];
  },
};
