import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** A body that sends CREATE or ALTER statements makes what every query needs. */
export const calleeDefinesSchema: EvidenceRule = {
  id: 'callee-defines-schema',
  observe({ call: { body } }) {
    const query = body?.queries.find((text) =>
      /^\s*(?:create|alter)\s+(?:table|type|schema|extension|unique|index)/i.test(text),
    );
    if (body === undefined || query === undefined) return [];
    return [
      {
        what: `its body sends ${query.trim().split(/\s+/, 3).join(' ').toUpperCase()}`,
        weight: weights.definesSchema,
        favours: 'critical',
        category: 'database',
        at: formatPlace(body.at),
      },
    ];
  },
};
