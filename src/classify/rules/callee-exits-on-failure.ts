import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A callee that raises on purpose or ends the process wants startup to stop. */
export const calleeExitsOnFailure: EvidenceRule = {
  id: 'callee-exits-on-failure',
  observe({ call: { body, cost } }) {
    if (!body?.exitsOnFailure || cost === 'never-returns') return [];
    return [
      {
        what: 'its body raises or exits on purpose when it fails',
        weight: weights.bodyExitsOnFailure,
        favours: 'critical',
        at: formatPlace(body.at),
        reason: 'the server must not start when it fails.',
      },
    ];
  },
};
