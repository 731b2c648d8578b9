import type { Analysis } from './analyse.ts';
import { type LocatedFinding, lineAt, type Place, type Rewrite } from './core/index.ts';
import type { Plan } from './plan.ts';

/**
 * What `--check` finds: every startup call that the plan moves, every remark that it removes, and the rewrites of hooks in
 * which nothing moves. Comments and guards that come with a move are none of their own. In the order of files and lines.
 */
export function findingsOf(analysis: Analysis, plan: Plan): readonly LocatedFinding[] {
  const moving = new Set(plan.rewrites.flatMap((rewrite) => (hasMoves(rewrite) ? [rewrite.hookId ?? ''] : [])));
  const found = plan.rewrites.flatMap((rewrite) => {
    if (hasMoves(rewrite)) return movedCalls(rewrite, analysis);
    if (rewrite.removes?.length) return removedRemarks(rewrite, analysis);
    return moving.has(rewrite.hookId ?? '') ? [] : otherFinding(rewrite, analysis);
  });
  return found.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

function hasMoves({ moves = [] }: Rewrite): boolean {
  return moves.length > 0;
}

function movedCalls({ moves = [] }: Rewrite, analysis: Analysis): readonly LocatedFinding[] {
  return moves.flatMap((id) => {
    const { hook } = analysis.hooks.get(analysis.decisions.get(id)?.hookId ?? '') ?? {};
    const calls = hook?.steps.find((step) => step.id === id)?.calls ?? [];
    return calls.map(({ callee, line }) => ({ path: hook?.path ?? '', hook: hook?.name ?? '', callee, line }));
  });
}

function removedRemarks(rewrite: Rewrite, analysis: Analysis): readonly LocatedFinding[] {
  const [path = ''] = rewrite.edits.map((edit) => edit.path);
  const { transform } = rewrite;
  return (rewrite.removes ?? []).map(({ line }) => ({ path, hook: hookName(rewrite, analysis), transform, line }));
}

function otherFinding(rewrite: Rewrite, analysis: Analysis): readonly LocatedFinding[] {
  const place = placeOfRewrite(rewrite, analysis);
  return place ? [{ ...place, hook: hookName(rewrite, analysis), transform: rewrite.transform }] : [];
}

/** Where a rewrite begins; nowhere, where it has no edits. */
export function placeOfRewrite({ edits: [edit] }: Rewrite, analysis: Analysis): Place | undefined {
  if (edit === undefined) return undefined;
  const { path, range } = edit;
  const text = analysis.languages.flatMap(({ facts }) => facts.files).find(({ file }) => file.path === path)?.file.text;
  return { path, line: lineAt(text ?? '', range.start) };
}

function hookName({ hookId }: Rewrite, analysis: Analysis): string {
  return analysis.hooks.get(hookId ?? '')?.hook.name ?? '';
}
