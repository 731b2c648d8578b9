import type { Analysis } from '../analyse.ts';
import type { Decision, FileFacts, Remark, Rewrite, StartupHook, StartupStep, Transform } from '../core/index.ts';
import { lineAt } from '../core/index.ts';
import { plan } from '../plan.ts';
import type { Answers } from './answer.ts';
import { guardedStops, type Keys } from './keys.ts';
import { reviewed } from './reviewed.ts';

/** One question of a review. */
export interface ReviewItem {
  /** Stable: it outlasts edits of the file. */
  readonly key: string;
  readonly path: string;
  readonly line: number;
  /** What is asked about: a dotted callee, the words of a remark. */
  readonly name: string;
  readonly hook?: StartupHook;
  readonly about:
    | { readonly kind: 'move' | 'undecided'; readonly step: StartupStep; readonly decision: Decision }
    | { readonly kind: 'guard' | 'comments' | 'other' }
    | { readonly kind: 'remark'; readonly remark: Remark };
}

/**
 * What is asked, given what was answered: one item a step that could move, a guard, a remark; and a call that is undecided. In
 * the order of the files. What no longer makes sense after an answer (the guards of a hook in which nothing moves) is not asked.
 */
export function reviewItems(
  analysis: Analysis,
  answers: Answers,
  keys: Keys,
  transforms: readonly Transform[],
): readonly ReviewItem[] {
  const wanted = reviewed(analysis, answers, keys, { others: 'written' });
  const proposed = plan(wanted.analysis, transforms, { unsafe: true, picks: wanted.picks });
  const moving = new Set(proposed.rewrites.flatMap((rewrite) => rewrite.moves ?? []));
  const movable = new Set([...moving, ...couldMove(analysis, answers, keys, transforms)]);
  const files = analysis.languages.flatMap(({ facts }) => facts.files);
  const items = [
    ...files.flatMap((file) => stepItems(file, analysis, answers, keys, movable)),
    ...proposed.rewrites.flatMap((rewrite) => rewriteItems(rewrite, analysis, keys)),
    ...declinedItems(analysis, answers, keys, transforms),
  ];
  return [...new Map(items.map((item) => [item.key, item])).values()].sort(byPlace);
}

function byPlace(a: ReviewItem, b: ReviewItem): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || (a.key < b.key ? -1 : 1);
}

/** Undecided steps that can be written as background steps. */
function couldMove(
  analysis: Analysis,
  answers: Answers,
  keys: Keys,
  transforms: readonly Transform[],
): readonly string[] {
  const undecided = [...analysis.decisions.values()].filter(({ verdict }) => verdict === 'undecided');
  if (undecided.length === 0) return [];
  const asked = undecided.flatMap(({ stepId }) => keys.ofStep(stepId) ?? []);
  const all: Answers = new Map([...answers, ...asked.map((key) => [key, { says: 'yes' }] as const)]);
  const tried = reviewed(analysis, all, keys, { others: 'written' });
  const { rewrites } = plan(tried.analysis, transforms, { unsafe: true, picks: tried.picks });
  return rewrites.flatMap((rewrite) => rewrite.moves ?? []);
}

function stepItems(
  file: FileFacts,
  analysis: Analysis,
  answers: Answers,
  keys: Keys,
  movable: ReadonlySet<string>,
): readonly ReviewItem[] {
  return file.hooks.flatMap((hook) =>
    hook.steps.flatMap((step) => {
      const key = keys.ofStep(step.id);
      const decision = analysis.decisions.get(step.id);
      if (key === undefined || !decision || (!movable.has(step.id) && !answers.has(key))) return [];
      const kind = decision.verdict === 'undecided' ? 'undecided' : 'move';
      const [call] = step.calls;
      const line = call?.line ?? step.line;
      return [{ key, path: hook.path, line, name: call?.callee ?? '', hook, about: { kind, step, decision } } as const];
    }),
  );
}

function rewriteItems(rewrite: Rewrite, analysis: Analysis, keys: Keys): readonly ReviewItem[] {
  const hook = analysis.hooks.get(rewrite.hookId ?? '')?.hook;
  const within = hook ? { hook } : {};
  const key = keys.ofRewrite(rewrite);
  const path = hook?.path ?? rewrite.edits[0]?.path;
  if (key === undefined || path === undefined) return [];
  const [remark] = rewrite.removes ?? [];
  if (remark) {
    const [name = ''] = remark.text.split('\n', 1);
    return [{ key, path, line: remark.line, name, ...within, about: { kind: 'remark', remark } }];
  }
  if (!hook || key.startsWith('other|')) {
    const text = fileText(path, analysis);
    const line = lineAt(text, rewrite.edits.find((edit) => edit.path === path)?.range.start ?? 0);
    return [{ key, path, line, name: rewrite.title, ...within, about: { kind: 'other' } }];
  }
  if (rewrite.transform === 'explain-decisions') {
    if (analysis.config.options.touch !== 'all') return [];
    const line = lineAt(fileText(path, analysis), hook.body.start);
    return [{ key, path, line, name: hook.name, hook, about: { kind: 'comments' } }];
  }
  const stops = guardedStops(rewrite, hook);
  const name = stops.flatMap((stop) => stop.callee ?? []).join(', ');
  return [{ key, path, line: stops[0]?.line ?? hook.line, name, hook, about: { kind: 'guard' } }];
}

function fileText(path: string, { languages }: Analysis): string {
  const files = languages.flatMap(({ facts }) => facts.files);
  return files.find(({ file }) => file.path === path)?.file.text ?? '';
}

/** Guards, remarks and comments that were declined: they stay in the list, so that the answer can be changed. */
function declinedItems(
  analysis: Analysis,
  answers: Answers,
  keys: Keys,
  transforms: readonly Transform[],
): readonly ReviewItem[] {
  const asked = new Map([...answers].filter(([key]) => key.startsWith('step|')));
  if (asked.size === answers.size) return [];
  const tried = reviewed(analysis, asked, keys, { others: 'written' });
  const { rewrites } = plan(tried.analysis, transforms, { unsafe: true, picks: tried.picks });
  return rewrites.flatMap((rewrite) => rewriteItems(rewrite, analysis, keys)).filter(({ key }) => answers.has(key));
}
