import type { EvidenceRule } from '../evidence-rule.ts';
import { placeOf } from '../place-of.ts';
import { weights } from '../weights.ts';

/** A callee whose answer goes into the log and nowhere else: no request waits for a log line. */
export const calleeOnlyLogs: EvidenceRule = {
  id: 'callee-only-logs',
  observe({ call: { body } }) {
    if (!body?.onlyLogs) return [];
    const what = 'all that its body does is log what it finds';
    return [{ what, weight: weights.onlyLogs, favours: 'background', category: 'monitoring', ...placeOf(body) }];
  },
};
