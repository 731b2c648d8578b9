import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A handler that re-raises, exits, or falls back to something else needs the outcome before startup goes on. */
export const failureStopsStartup: EvidenceRule = {
  id: 'failure-stops-startup',
  observe({ step: { failure } }) {
    if (failure === 'exits') {
      const reason = 'the server must not start when it fails.';
      const what = 'its failure is raised again or ends the process';
      return [{ what, weight: weights.exitsOnFailure, favours: 'critical', reason }];
    }
    if (failure === 'changes-state') {
      const what = 'the handler of its failure does something else instead';
      const reason = 'what startup does next depends on whether it fails.';
      return [{ what, weight: weights.handlerChangesState, favours: 'critical', reason }];
    }
    return [];
  },
};
