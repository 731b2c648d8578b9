import type { EvidenceRule } from '../evidence-rule.ts';
import { places } from '../weights.ts';
import { methodOf, receiverOf, wordsOf } from '../words.ts';
import { wordsSeen } from '../words-seen.ts';

/** Words of the callee's dotted name that belong to a row of the matrix. */
export const nameWords: EvidenceRule = {
  id: 'name-words',
  observe({ call }) {
    const [verb, ...rest] = wordsOf(methodOf(call.callee));
    const what = (word: string) => `its name says “${word}”`;
    const action = wordsSeen({ verb, nouns: [] }, places.name, what);
    const receiver = wordsOf(receiverOf(call.callee));
    const nouns = [...receiver, ...rest, ...pairsOf(receiver), ...pairsOf(rest)];
    return [...action.map((one) => ({ ...one, word: 'action' }) as const), ...wordsSeen({ nouns }, places.name, what)];
  },
};

/** `search index` in `search_index.build`. */
function pairsOf(words: readonly string[]): readonly string[] {
  return words.slice(1).map((word, at) => `${words[at]} ${word}`);
}
