import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A callee that a timer calls again: the program does with an older result of it most of the time. */
export const calleeIsRepeated: EvidenceRule = {
  id: 'callee-is-repeated',
  observe({ call: { body } }) {
    if (body?.repeatedAt === undefined) return [];
    return [
      {
        what: 'a timer calls it again and again',
        weight: weights.isRepeated,
        favours: 'background',
        category: 'scheduler',
        at: formatPlace(body.repeatedAt),
      },
    ];
  },
};
