import type { Applicability, FileEdit, HookContext, Rewrite, StartupStep, Transform } from '../src/core/index.ts';
import { helperFiles } from './moves/helper-files.ts';
import { type MovedUnit, movedUnits, setUpEdits } from './moves/moved-units.ts';
import { hooksOf } from './moves/stops.ts';

/**
 * Records what startup need not wait for as a background task, which starts once the server listens.
 *
 * ```diff
 *  async def lifespan(app: FastAPI):
 * +    startup_tasks = app.state.startup_tasks = StartupTasks(logger)
 *      await init_db()
 * -    await warm_cache(region)
 * -    yield
 * +    startup_tasks.start(warm_cache, region)
 * +    async with startup_tasks:
 * +        yield
 * ```
 *
 * Safe or unsafe as the decision of the step says: the work runs later, and its failure is logged instead of stopping startup.
 */
export const runInBackground: Transform = {
  id: 'run-in-background',
  description: 'Run steps that startup need not wait for as tracked background tasks',
  subject: 'Start background work once the server listens',
  movesSteps: true,
  rewrite(context) {
    const units = movedUnits(context);
    const setUp = units.length > 0 ? setUpEdits(context) : undefined;
    if (!setUp) return [];
    const shared = [...setUp, ...unusedImports(setUp, context)];
    return units.map((unit) => rewriteOf(unit, shared, context));
  },
};

function rewriteOf(unit: MovedUnit, shared: readonly FileEdit[], context: HookContext): Rewrite {
  const { hook } = context;
  const own = unit.edits.map((edit) => ({ ...edit, path: hook.path }));
  return {
    transform: 'run-in-background',
    title: `Run ${unit.steps.map((step) => step.calls[0]?.callee ?? `line ${step.line}`).join(', ')} in the background`,
    applicability: worstOf(unit.steps, context),
    hookId: hook.id,
    moves: unit.steps.map((step) => step.id),
    edits: [...shared, ...own],
    creates: helperFiles(context),
  };
}

function worstOf(steps: readonly StartupStep[], context: HookContext): Applicability {
  const found = steps.map((step) => context.decisionOf(step)?.applicability ?? 'display-only');
  if (found.includes('display-only')) return 'display-only';
  return found.includes('unsafe') ? 'unsafe' : 'safe';
}

/** Imports that the moves of the whole app leave unused, file by file. */
function unusedImports(setUp: readonly FileEdit[], context: HookContext): readonly FileEdit[] {
  const files = new Map(hooksOf(context).map(({ facts }) => [facts.file.path, facts]));
  const moved = hooksOf(context).flatMap(({ hook, facts }) =>
    movedUnits({ ...context, hook, facts }).flatMap((unit) => unit.edits.map((edit) => ({ ...edit, path: hook.path }))),
  );
  return [...files].flatMap(([path, facts]) => {
    const edits = [...setUp, ...moved].filter((edit) => edit.path === path);
    return context.syntax.dropUnused(edits, facts).map((edit) => ({ ...edit, path }));
  });
}
