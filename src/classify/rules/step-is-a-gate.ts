import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A step that can leave the hook, or that encloses the hook's own scope. */
export const stepIsAGate: EvidenceRule = {
  id: 'step-is-a-gate',
  observe({ step }) {
    return step.hazards
      .filter(({ kind }) => kind === 'control-flow' || kind === 'encloses-yield')
      .map(({ what, kind, at }) => ({
        what,
        weight: weights.leavesHook,
        favours: 'critical',
        key: kind,
        reason: kind === 'control-flow' ? 'it decides whether startup goes on.' : 'the app runs inside it.',
        ...(at === undefined ? {} : { at: formatPlace(at) }),
      }));
  },
};
