import type { HookContext, Rewrite, StartupStep, Transform } from '../src/core/index.ts';
import { helperFiles } from './moves/helper-files.ts';
import { movedUnits, setUpEdits } from './moves/moved-units.ts';

/**
 * Lets a log line that speaks for several services wait for those that moved. A line about a single step belongs to its step.
 *
 * ```diff
 *      startup_tasks.start(worker_manager.start)
 * -    logger.info("All services started")
 * +
 * +    async def _announce_startup():
 * +        logger.info("All services started")
 * +
 * +    startup_tasks.start(_announce_startup)
 * ```
 *
 * Safe: finite background steps run in their order, so the line is written after those that stood before it.
 */
export const keepLogLinesTrue: Transform = {
  id: 'keep-log-lines-true',
  description: 'Let log lines that announce several services wait for those that moved',
  subject: 'Log that services are up once they are',
  rewrite(context) {
    // What was detached already had not run when the line was written before, either.
    const moved = movedUnits(context)
      .flatMap((unit) => unit.steps)
      .filter((step) => step.shape !== 'detached');
    const isAfterMove = (step: StartupStep) => moved.some((other) => other.range.end <= step.range.start);
    return context.hook.steps
      .filter((step) => announcesServices(step) && isAfterMove(step))
      .flatMap((step) => rewriteOf(step, context));
  },
};

/** `All services started`, `Background tasks are running`. */
const SEVERAL =
  /\b((all|every)\b[^.!?]*\b(services?|tasks?|workers?|jobs?|components?|caches?|models?|loops?|systems?)|background (services|tasks|workers|jobs|loops))\b[^.!?]*\b(started|ready|initiali[sz]ed|loaded|running|completed?|up|online|warm|warmed)\b/i;

function announcesServices(step: StartupStep): boolean {
  return step.shape === 'inert' && step.logs.some((message) => SEVERAL.test(message));
}

function rewriteOf(step: StartupStep, context: HookContext): readonly Rewrite[] {
  const { hook, facts, syntax } = context;
  const edits = syntax.runInBackground(step, hook, facts);
  const setUp = setUpEdits(context);
  if (!edits || !setUp) return [];
  return [
    {
      transform: 'keep-log-lines-true',
      title: `Log "${step.logs[0] ?? ''}" after the background steps`,
      applicability: 'safe',
      hookId: hook.id,
      edits: [...setUp, ...edits.map((edit) => ({ ...edit, path: hook.path }))],
      creates: helperFiles(context),
    },
  ];
}
