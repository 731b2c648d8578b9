import type { Applicability, Hazard, StartupHook } from '../core/index.ts';

/** How far a background move may be trusted, given its hazards. */
export function applicabilityOf(hazards: readonly Hazard[], hook: StartupHook): Applicability {
  if (hook.adviceOnly !== undefined || hazards.some(({ severity }) => severity === 'never')) return 'display-only';
  return hazards.length > 0 ? 'unsafe' : 'safe';
}
