import type { EvidenceRule } from '../evidence-rule.ts';
import { placeOf } from '../place-of.ts';
import { weights } from '../weights.ts';

/** An awaited callee that never returns: the server would never listen. */
export const calleeLoopsForEver: EvidenceRule = {
  id: 'callee-loops-for-ever',
  observe({ call }) {
    if (call.cost !== 'never-returns') return [];
    const what = `its body ${call.body?.costReason ?? 'loops for ever'}`;
    return [
      {
        what,
        weight: weights.loopsForEver,
        favours: 'background',
        reason: 'it runs until shutdown and never returns: startup would wait for ever.',
        ...placeOf(call.body),
      },
    ];
  },
};
