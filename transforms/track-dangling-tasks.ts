import type { DanglingTask, FileFacts, Rewrite, Syntax, Transform } from '../src/core/index.ts';

/**
 * Holds the tasks that handlers and services leave behind, and logs their failures.
 *
 * ```diff
 *  async def sign_up(user: User):
 * -    asyncio.create_task(send_mail(user))
 * +    StartupTasks.keep(asyncio.create_task(send_mail(user)))
 * ```
 *
 * Safe: the task is made where it was made and with the same value; what changes is that it cannot vanish while it runs, and that
 * its failure is logged when it happens, not when it is thrown away.
 */
export const trackDanglingTasks: Transform = {
  id: 'track-dangling-tasks',
  description: 'Hold the tasks that Python handlers and services leave behind, and log their failures',
  subject: 'Keep the tasks that handlers leave behind',
  onRequest: true,
  seeks: 'dangling-tasks',
  anchors: ['create_task', 'ensure_future'],
  rewriteFile(facts, syntax) {
    return facts.danglingTasks.flatMap((task) => rewriteOf(task, facts, syntax));
  },
};

function rewriteOf(task: DanglingTask, facts: FileFacts, syntax: Syntax): readonly Rewrite[] {
  const edits = syntax.keepTask?.(task, facts) ?? [];
  if (edits.length === 0) return [];
  const helper = syntax.helper(facts);
  return [
    {
      transform: 'track-dangling-tasks',
      title: `Keep the task of ${task.callee}`,
      applicability: 'safe',
      edits: edits.map((edit) => ({ ...edit, path: facts.file.path })),
      creates: helper ? [helper] : [],
    },
  ];
}
