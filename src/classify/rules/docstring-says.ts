import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { phrasesSaid } from '../phrases-said.ts';
import { places } from '../weights.ts';
import { wordsSaid } from '../words-seen.ts';

/** What the docstring of the callee says. */
export const docstringSays: EvidenceRule = {
  id: 'docstring-says',
  observe({ call: { body } }) {
    if (body?.docstring === undefined) return [];
    const at = formatPlace(body.at);
    const seen = [
      ...phrasesSaid(body.docstring, places.phraseInDocstring, 'its docstring'),
      ...wordsSaid(body.docstring, places.docstring, (word) => `its docstring says “${word}”`),
    ];
    return seen.map((observation) => ({ ...observation, at }));
  },
};
