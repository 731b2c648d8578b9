import { type Edit, type FileFacts, insert, type StartupHook } from '../../../core/index.ts';
import { topOfBody } from './body.ts';
import { tasksExpression } from './names.ts';
import { INSTANCE } from './ranks.ts';

/** The first shutdown handler of the app begins with the end of the startup tasks. A plain one becomes `async`. */
export function stopInHandler(hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined {
  const { text } = facts.file;
  const stop = `await ${tasksExpression(hook, facts)}.stop()`;
  const definition = text.slice(hook.range.start, hook.range.end);
  if (definition.includes(stop)) return [];
  const at = topOfBody(hook, facts);
  if (at === undefined) return undefined;
  const edit: Edit = { ...insert(at, `${hook.body.indent}${stop}\n`), rank: INSTANCE };
  if (hook.body.isAsync) return [edit];
  const keyword = /^[ \t]*(?=def\s)/m.exec(definition);
  if (!keyword || isCalled(hook, facts)) return undefined;
  return [edit, insert(hook.range.start + keyword.index + keyword[0].length, 'async ')];
}

/** Code of the file calls the handler itself: it would have to await it. */
function isCalled(hook: StartupHook, facts: FileFacts): boolean {
  const calls = new RegExp(`(?<!def\\s+)\\b${hook.name}\\(`, 'g');
  return calls.test(facts.file.text);
}
