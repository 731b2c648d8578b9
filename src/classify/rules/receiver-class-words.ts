import type { EvidenceRule } from '../evidence-rule.ts';
import { places } from '../weights.ts';
import { wordsOf } from '../words.ts';
import { wordsSeen } from '../words-seen.ts';

/** Words of the class that the receiver is an instance of. */
export const receiverClassWords: EvidenceRule = {
  id: 'receiver-class-words',
  observe({ call }) {
    const nouns = wordsOf(call.receiverClass ?? '');
    return wordsSeen({ nouns }, places.receiverClass, (word) => `its receiver is a ${call.receiverClass} (“${word}”)`);
  },
};
