import { formatPlace, type StartupCall } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { lexicon } from '../lexicon.ts';
import { weights } from '../weights.ts';
import { wordsOf } from '../words.ts';

/** Clean-up that selects by age leaves alone what live requests have just made. What deletes on the side is no clean-up. */
export const calleeDeletesByAge: EvidenceRule = {
  id: 'callee-deletes-by-age',
  observe({ call }) {
    if (!call.body?.deletesByAge || !isCleanUp(call)) return [];
    return [
      {
        what: 'what its body deletes it selects by age',
        weight: weights.deletesByAge,
        favours: 'background',
        category: 'cleanup',
        at: formatPlace(call.body.at),
      },
    ];
  },
};

const cleanUpWords = new Set(lexicon.filter(({ category }) => category === 'cleanup').flatMap(({ words }) => words));

function isCleanUp({ callee, receiverClass = '', body }: StartupCall): boolean {
  const words = [callee, receiverClass, body?.name ?? ''].flatMap(wordsOf);
  return words.some((word) => cleanUpWords.has(word) || /^(?:delete|remove|old|outdated)$/.test(word));
}
