import { formatPlace, type KnownCall } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { sideOf } from '../matrix.ts';
import { weights } from '../weights.ts';

/** Libraries' calls in the callee's body whose purpose is known, one a category. */
export const calleeMakesKnownCall: EvidenceRule = {
  id: 'callee-makes-known-call',
  observe({ call: { body, cost }, knownAs }) {
    if (body === undefined || cost === 'never-returns') return [];
    const byCategory = new Map<string, { name: string; known: KnownCall }>();
    for (const name of body.calls) {
      for (const known of knownAs(name).slice(0, 1)) {
        if (!byCategory.has(known.category)) byCategory.set(known.category, { name, known });
      }
    }
    return [...byCategory.values()].map(({ name, known }) => ({
      what: `its body calls ${name}, which ${known.because}`,
      weight: weights.bodyMakesKnownCall,
      favours: known.favours ?? sideOf[known.category],
      category: known.category,
      at: formatPlace(body.at),
    }));
  },
};
