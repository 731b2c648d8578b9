import type { FileFacts, NewFile, Syntax } from '../../core/index.ts';
import { helperSource } from '../../runtime/python.ts';
import { addReadiness } from './syntax/add-readiness.ts';
import { commentAbove, explain } from './syntax/comments.ts';
import { guardShutdown } from './syntax/guard-shutdown.ts';
import { keepTask } from './syntax/keep-task.ts';
import { mergeEvents } from './syntax/merge-events.ts';
import { tracksTasks } from './syntax/names.ts';
import { removeRemark } from './syntax/remarks.ts';
import { runInBackground } from './syntax/run-in-background.ts';
import { splitGather } from './syntax/split-gather.ts';
import { trackTasks } from './syntax/track-tasks.ts';
import { dropUnused } from './syntax/unused.ts';

/** How Python spells what the transforms ask for. */
export const pythonSyntax: Syntax = {
  runInBackground,
  splitGather,
  trackTasks,
  tracksTasks,
  dropUnused,
  guardShutdown,
  explain,
  addReadiness,
  mergeEvents,
  keepTask,
  removeRemark,
  commentAbove,
  helper,
};

function helper(facts: FileFacts): NewFile | undefined {
  return facts.helper.state === 'absent' ? { path: facts.helper.path, text: helperSource() } : undefined;
}
