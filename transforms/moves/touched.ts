import type { HookContext } from '../../src/core/index.ts';
import { movedUnits } from './moved-units.ts';

/** Something moves in the hook, or in a startup hook whose shutdown hook it is; or config says `touch: all`. */
export function isTouched(context: HookContext): boolean {
  if (context.hook.adviceOnly !== undefined) return false;
  if (context.options.touch === 'all') return true;
  if (context.hook.form !== 'shutdown-event') return movedUnits(context).length > 0;
  return context.app.startupOrder.some((id) => {
    const found = context.hookOf(id);
    return found !== undefined && movedUnits({ ...context, ...found }).length > 0;
  });
}
