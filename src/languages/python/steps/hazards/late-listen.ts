import type { Hazard } from '../../../../core/index.ts';
import type { StepContext } from './context.ts';

/** Its task would run while the server is still starting, for nothing says when that is over. Tasks of their own do so already. */
export function lateListen({ definition, found }: StepContext): Hazard[] {
  const delay = definition.serving?.delay;
  if (delay === undefined || found.every(({ form }) => form === 'detached')) return [];
  return [{ kind: 'order', what: `it could run too early: ${delay}`, severity: 'unsafe' }];
}
