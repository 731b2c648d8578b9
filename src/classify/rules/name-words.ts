import type { EvidenceRule } from '../evidence-rule.ts';
import { places } from '../weights.ts';
import { methodOf, receiverOf, wordsOf } from '../words.ts';
import { wordsSeen } from '../words-seen.ts';

/** Words of the callee's dotted name that belong to a row of the matrix. */
export const nameWords: EvidenceRule = {
  id: 'name-words',
  observe({ call }) {
    const verbs = wordsOf(methodOf(call.callee));
    const nouns = wordsOf(receiverOf(call.callee));
    return wordsSeen(
      { nouns: [...nouns, ...verbs.slice(1)], verb: verbs[0] },
      places.name,
      (word) => `its name says “${word}”`,
    );
  },
};
