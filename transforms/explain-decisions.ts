import type { Edit, HookContext, Rewrite, StartupStep, Transform } from '../src/core/index.ts';
import { type MovedUnit, movedUnits } from './moves/moved-units.ts';
import { isTouched } from './moves/touched.ts';

/**
 * Says above every step that was decided why startup waits for it, or why it does not.
 *
 * ```diff
 * +    # Blocks startup: the database must be ready before the first request.
 *      await init_db()
 * ```
 *
 * Safe: only comments change. A comment that gives the reason already stays alone.
 */
export const explainDecisions: Transform = {
  id: 'explain-decisions',
  description: 'Comment every decided step with the reason why startup waits for it or not',
  subject: 'Say why startup waits for a step, or does not',
  rewrite(context) {
    if (!isTouched(context)) return [];
    const units = movedUnits(context);
    return [...units.flatMap((unit) => movedUnit(unit, context)), ...waitedFor(units, context)].sort(
      (a, b) => (a.edits[0]?.range.start ?? 0) - (b.edits[0]?.range.start ?? 0),
    );
  },
};

function movedUnit(unit: MovedUnit, context: HookContext): readonly Rewrite[] {
  const [first] = unit.steps;
  return first ? rewriteOf(first, 'Background', unit.kept.length > 0 ? 'below' : 'above', context) : [];
}

/** Awaited steps that were decided; of a gather the first one speaks for those that stay. */
function waitedFor(units: readonly MovedUnit[], context: HookContext): readonly Rewrite[] {
  const moved = new Set(units.flatMap((unit) => unit.steps.map((step) => step.id)));
  const groups = new Set<string>();
  return context.hook.steps.flatMap((step) => {
    const isWaitedFor =
      !moved.has(step.id) && step.calls.some((call) => call.form === 'await' || call.form === 'gather-member');
    if (!isWaitedFor || context.decisionOf(step)?.verdict !== 'critical') return [];
    if (step.gather && groups.has(step.gather.group)) return [];
    if (step.gather) groups.add(step.gather.group);
    return rewriteOf(step, 'Blocks startup', 'above', context);
  });
}

function rewriteOf(
  step: StartupStep,
  lead: string,
  place: 'above' | 'below',
  context: HookContext,
): readonly Rewrite[] {
  const { hook, facts, syntax } = context;
  const decision = context.decisionOf(step);
  if (!decision) return [];
  const edits: readonly Edit[] = syntax.explain(step, lead, decision.reason, facts, place);
  if (edits.length === 0) return [];
  return [
    {
      transform: 'explain-decisions',
      title: `Explain ${step.calls[0]?.callee ?? `line ${step.line}`}`,
      applicability: 'safe',
      hookId: hook.id,
      edits: edits.map((edit) => ({ ...edit, path: hook.path })),
      creates: [],
    },
  ];
}
