import type { FileFacts, NewFile, Syntax } from '../../core/index.ts';
import { startupTasksSource } from '../../runtime/typescript.ts';
import { helperForm } from './placing/helper-form.ts';
import { commentAbove, explain } from './syntax/comments.ts';
import { guardShutdown } from './syntax/guard-shutdown.ts';
import { tracksTasks } from './syntax/names.ts';
import { removeRemark } from './syntax/remarks.ts';
import { runInBackground } from './syntax/run-in-background.ts';
import { splitGather } from './syntax/split-gather.ts';
import { trackTasks } from './syntax/track-tasks.ts';

/** How TypeScript and JavaScript spell what the transforms ask for. */
export const typescriptSyntax: Syntax = {
  runInBackground,
  splitGather,
  trackTasks,
  tracksTasks,
  dropUnused,
  guardShutdown,
  explain,
  removeRemark,
  commentAbove,
  helper,
};

/** A thunk uses what the statement has used: nothing is left over. */
function dropUnused(): readonly never[] {
  return [];
}

function helper(facts: FileFacts): NewFile | undefined {
  const { path, state } = facts.helper;
  if (state !== 'absent') return undefined;
  return { path, text: startupTasksSource(helperForm(facts.helper), facts.style) };
}
