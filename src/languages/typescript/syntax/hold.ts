import { type Edit, type FileFacts, insert, type StartupHook } from '../../../core/index.ts';
import { argumentComma } from './broken-call.ts';
import { hookText, tasksName } from './names.ts';
import { HOLD } from './ranks.ts';
import { fits, statementMark } from './text.ts';

/** `await startupTasks.holdUntilListening(app);` above the statement that listens, or at the end of the hook; `release()` where no server of Node does. */
export function holdEdits(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const { tasks } = hook.body;
  if (!tasks) return undefined;
  const { heldAt, heldIndent, release = false, server = '' } = tasks;
  const method = `${tasksName(hook)}.${release ? 'release' : 'holdUntilListening'}`;
  if (hookText(hook, facts).includes(`${method}(`)) return [];
  const mark = statementMark(facts, heldAt);
  if (release) return [{ ...insert(heldAt, `${heldIndent}${method}()${mark}\n`), rank: HOLD }];
  const call = `${hook.body.isAsync ? 'await' : 'void'} ${method}(`;
  const line = `${heldIndent}${call}${server})${mark}`;
  const inner = heldIndent + facts.style.indentUnit;
  const text =
    fits(line, facts) || server === ''
      ? line
      : `${heldIndent}${call}\n${inner}${server}${argumentComma(facts)}\n${heldIndent})${mark}`;
  return [{ ...insert(heldAt, `${text}\n`), rank: HOLD }];
}
