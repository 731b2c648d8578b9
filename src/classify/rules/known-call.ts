import type { EvidenceRule } from '../evidence-rule.ts';
import { sideOf } from '../matrix.ts';
import { weights } from '../weights.ts';

/** A library's call whose purpose is known. */
export const knownCall: EvidenceRule = {
  id: 'known-call',
  observe({ call, knownAs }) {
    if (call.qualifiedName === undefined) return [];
    return knownAs(call.qualifiedName)
      .slice(0, 1)
      .map((known) => ({
        what: `${call.qualifiedName} ${known.because}`,
        weight: weights.knownCall,
        favours: known.favours ?? sideOf[known.category],
        category: known.category,
      }));
  },
};
