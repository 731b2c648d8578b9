import { type Edit, type FileFacts, insert, type StartupHook } from '../../../core/index.ts';
import { argumentComma } from './broken-call.ts';
import { hookText, tasksName } from './names.ts';
import { HOLD } from './ranks.ts';
import { fits, statementMark } from './text.ts';

/** `await startupTasks.holdUntilListening(app);` above the statement that listens, or at the end of the hook. */
export function holdEdits(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const { tasks } = hook.body;
  if (!tasks) return undefined;
  const method = `${tasksName(hook)}.holdUntilListening`;
  if (hookText(hook, facts).includes(`${method}(`)) return [];
  const call = `${hook.body.isAsync ? 'await' : 'void'} ${method}(`;
  const { heldAt, heldIndent, server = '' } = tasks;
  const mark = statementMark(facts, heldAt);
  const line = `${heldIndent}${call}${server})${mark}`;
  const inner = heldIndent + facts.style.indentUnit;
  const text =
    fits(line, facts) || server === ''
      ? line
      : `${heldIndent}${call}\n${inner}${server}${argumentComma(facts)}\n${heldIndent})${mark}`;
  return [{ ...insert(heldAt, `${text}\n`), rank: HOLD }];
}
