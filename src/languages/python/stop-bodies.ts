import type { Node } from './parse.ts';
import type { HookContext } from './steps.ts';

/** Whether a shutdown statement can run after a start that failed or never ran. */
export function copesWithoutStart(_statement: Node, _context: HookContext): 'yes' | 'no' | 'unknown' {
  return 'unknown';
}
