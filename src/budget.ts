import type { Analysis } from './analyse.ts';
import { compileGlob, type StartupHook } from './core/index.ts';
import type { Plan } from './plan.ts';
import { startupHooks } from './report.ts';

/** A hook, or the whole run, in which more startup calls stay awaited than the configuration allows. */
export interface Overrun {
  /** `src/main.py:26 lifespan`; missing for the whole run. */
  readonly hook?: string;
  readonly calls: number;
  readonly allowed: number;
}

/**
 * Where startup waits for more calls than `maxBlockingCalls` allows, once the plan is written. Of a run that is about some of
 * the files only their hooks count, and no whole is known.
 */
export function overruns(analysis: Analysis, plan: Plan, selected?: ReadonlySet<string>): readonly Overrun[] {
  const { total, perHook, hooks } = analysis.config.maxBlockingCalls;
  const moved = new Set(plan.rewrites.flatMap((rewrite) => rewrite.moves ?? []));
  const counted = startupHooks(analysis)
    .filter(({ path }) => selected?.has(path) !== false)
    .map((hook) => ({ hook, calls: awaitedCalls(hook, moved) }));
  const over = counted.flatMap(({ hook, calls }) => {
    const own = hooks.find(({ matches }) => compileGlob(matches)(`${hook.path}:${hook.name}`));
    const allowed = own?.calls ?? perHook;
    const name = `${hook.path}:${hook.line} ${hook.name}`;
    return allowed !== undefined && calls > allowed ? [{ hook: name, calls, allowed }] : [];
  });
  const all = counted.reduce((sum, { calls }) => sum + calls, 0);
  const isOver = selected === undefined && total !== undefined && all > total;
  return isOver ? [...over, { calls: all, allowed: total }] : over;
}

function awaitedCalls(hook: StartupHook, moved: ReadonlySet<string>): number {
  const stay = hook.steps.filter((step) => !moved.has(step.id));
  return stay.flatMap((step) => step.calls).filter(({ form }) => form !== 'detached').length;
}
