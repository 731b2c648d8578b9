import { formatPlace } from '../../core/index.ts';
import type { EvidenceRule } from '../evidence-rule.ts';
import { weights } from '../weights.ts';

/** Work that means something only before the server listens: routes, set-up of logs and traces. */
export const mustComeFirst: EvidenceRule = {
  id: 'must-come-first',
  observe({ step }) {
    return step.hazards
      .filter(({ kind }) => kind === 'must-be-first' || kind === 'registers-routes')
      .map(({ kind, what, at }) => ({
        what,
        weight: kind === 'registers-routes' ? weights.registersRoutes : weights.mustBeFirst,
        favours: 'critical',
        key: kind,
        category: kind === 'registers-routes' ? 'core-api' : 'telemetry',
        reason:
          kind === 'registers-routes'
            ? 'its routes must be there before the first request.'
            : 'what follows is logged or traced with it.',
        ...(at === undefined ? {} : { at: formatPlace(at) }),
      }));
  },
};
