import type { EvidenceRule } from '../evidence-rule.ts';
import { phrasesSaid } from '../phrases-said.ts';
import { places } from '../weights.ts';
import { wordsSaid } from '../words-seen.ts';

/** What the log lines in the step and right before it say. */
export const logLineSays: EvidenceRule = {
  id: 'log-line-says',
  observe({ step }) {
    const text = step.logs.join('\n');
    return [
      ...phrasesSaid(text, places.phraseInLog, 'a log line'),
      ...wordsSaid(text, places.log, (word) => `a log line says “${word}”`),
    ];
  },
};
