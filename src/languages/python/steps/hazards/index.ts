import type { Hazard } from '../../../../core/index.ts';
import { capturedVariables } from './captured-variables.ts';
import type { StepContext } from './context.ts';
import { controlFlow } from './control-flow.ts';
import { handlerEffects } from './handler-effects.ts';
import { kindOfWork } from './kind-of-work.ts';
import { lateListen } from './late-listen.ts';
import { publishedState } from './published-state.ts';
import { readinessFlags } from './readiness-flags.ts';
import { taskScopes } from './task-scopes.ts';
import { unsupportedSyntax } from './unsupported-syntax.ts';
import { usedResults } from './used-results.ts';

export type { StepContext } from './context.ts';

/** What stands against moving a step, as far as the step and its hook show it. */
export function hazardsOf(step: StepContext): Hazard[] {
  if (step.found.length === 0) return [];
  const found = [
    controlFlow,
    usedResults,
    publishedState,
    handlerEffects,
    taskScopes,
    kindOfWork,
    readinessFlags,
    capturedVariables,
    unsupportedSyntax,
    lateListen,
  ].flatMap((observe) => observe(step));
  const seen = new Set<string>();
  return found.filter(({ kind, what }) => !seen.has(`${kind} ${what}`) && seen.add(`${kind} ${what}`));
}
