import type { Hazard } from '../../../core/index.ts';
import { flagName, isReadyFlag, sharesWord } from '../attached.ts';
import { lineOf } from '../own-nodes.ts';
import { wordsOf } from '../words-of.ts';
import type { StepContext } from './context.ts';

/** A flag set later on says that this step is done: alone in the background it would make the flag lie. */
export function readinessFlags({ flow, range, found, definition }: StepContext): Hazard[] {
  const flag = flow.startup.find(({ node }) => {
    if (node.startIndex < range.end || !isReadyFlag(node)) return false;
    const name = flagName(node);
    return name.isShared && (wordsOf(name.text).length === 0 || sharesWord(name.text, found));
  });
  if (!flag) return [];
  const line = lineOf(flag.node);
  const at = { path: definition.module.path, line };
  return [{ kind: 'readiness-flag', what: `line ${line} says that it is ready`, at, severity: 'unsafe' }];
}
