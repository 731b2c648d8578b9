import { type Edit, type FileFacts, insert, type StartupHook, type TasksPlace } from '../../../core/index.ts';
import { argumentComma } from './broken-call.ts';
import { hookText, tasksName } from './names.ts';
import { HOLD } from './ranks.ts';
import { fits, statementMark } from './text.ts';

/** `await startupTasks.holdUntilListening(app);` above the statement that listens, or at the end of the hook; `release()` where no server of Node does. */
export function holdEdits(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const { tasks, isAsync } = hook.body;
  if (!tasks) return undefined;
  const method = `${tasksName(hook)}.${tasks.release ? 'release' : 'holdUntilListening'}`;
  if (isHeld(method, hook, tasks, facts)) return [];
  const call = tasks.release ? method : `${isAsync ? 'await' : 'void'} ${method}`;
  return [{ ...insert(tasks.heldAt, holdLine(call, tasks, facts)), rank: HOLD }];
}

/** An earlier run has written it; a module holds other functions, which may have their own. */
function isHeld(method: string, hook: StartupHook, { heldAt }: TasksPlace, facts: FileFacts): boolean {
  if (hook.body.kind !== 'module') return hookText(hook, facts).includes(`${method}(`);
  const above = facts.file.text.slice(0, heldAt).trimEnd().split('\n').slice(-3);
  return above.some((line) => line.includes(`${method}(`));
}

function holdLine(call: string, { heldAt, heldIndent, release, server }: TasksPlace, facts: FileFacts): string {
  const argument = release ? '' : (server ?? '');
  const mark = statementMark(facts, heldAt);
  const line = `${heldIndent}${call}(${argument})${mark}`;
  if (fits(line, facts) || argument === '') return `${line}\n`;
  const inner = heldIndent + facts.style.indentUnit;
  return `${heldIndent}${call}(\n${inner}${argument}${argumentComma(facts)}\n${heldIndent})${mark}\n`;
}
