import type { EvidenceRule } from '../evidence-rule.ts';
import { phrasesSaid } from '../phrases-said.ts';
import { places } from '../weights.ts';
import { wordsSaid } from '../words-seen.ts';

/** What the comment at the step says about it. */
export const commentSays: EvidenceRule = {
  id: 'comment-says',
  observe({ step }) {
    if (step.comment === undefined) return [];
    return [
      ...phrasesSaid(step.comment, places.phraseInComment, 'the comment'),
      ...wordsSaid(step.comment, places.comment, (word) => `the comment says “${word}”`),
    ];
  },
};
