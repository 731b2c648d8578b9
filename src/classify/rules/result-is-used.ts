import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A result that the hook or the handlers read. */
export const resultIsUsed: EvidenceRule = {
  id: 'result-is-used',
  observe({ step }) {
    return step.hazards
      .filter(({ kind }) => kind === 'result-is-used' || kind === 'publishes-state')
      .map(({ kind, what, at }) => ({
        what,
        weight: kind === 'publishes-state' ? weights.publishesState : weights.resultIsUsed,
        favours: 'critical',
        key: kind,
        reason: kind === 'publishes-state' ? 'request handlers read what it makes.' : 'its result is used.',
        ...(at === undefined ? {} : { at: formatPlace(at) }),
      }));
  },
};
