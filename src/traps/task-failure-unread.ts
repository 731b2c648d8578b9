import type { TrapKind } from './trap-kind.ts';

/** `app.state.poller = asyncio.create_task(poll())`, and nobody asks how it ended. */
export const taskFailureUnread: TrapKind = {
  code: 'SC104',
  id: 'task-failure-unread',
  title: 'A task is kept, and nothing reads its exception while the server runs',
  level: 'warning',
  why: 'asyncio reports an exception that nobody has read when the task is thrown away. This one is kept for as long as the server runs: the task ends, its work is no longer done, and no line in the log says so before the process exits.',
  instead:
    'Give it a callback that logs (`task.add_done_callback(…)`), catch failures inside the task, or start it with the runtime helper.',
};
