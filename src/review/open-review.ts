import { createHash } from 'node:crypto';
import type { Analysis } from '../analyse.ts';
import type { FileChange, ProjectFiles, Transform } from '../core/index.ts';
import { plan } from '../plan.ts';
import type { VerifiedPlan } from '../verify.ts';
import { type Answer, type Answers, type Change, isAccepting, isMoving } from './answer.ts';
import { changedLines, changesBetween, textsOf } from './differences.ts';
import { editing } from './edited.ts';
import { type ReviewItem, reviewItems } from './items.ts';
import { keysOf } from './keys.ts';
import { reviewed } from './reviewed.ts';
import { planOf } from './written-plan.ts';

/** A review of what a scan has found: pure functions of the answers. Reads nothing, writes nothing, asks nobody. */
export interface Review {
  readonly analysis: Analysis;
  /** What is asked, given what was answered. */
  items(answers: Answers): readonly ReviewItem[];
  /** What the item's yes, or the answer given, changes in every file, next to what was accepted already. */
  difference(item: ReviewItem, answers: Answers, answer?: Answer): Promise<readonly FileChange[]>;
  /** What a person can make of an item, besides yes and no. */
  changes(item: ReviewItem, answers: Answers): Promise<readonly Change[]>;
  /** The answer can be kept in the code, or the disabled call be restored. */
  canEdit(item: ReviewItem, answers: Answers, answer: Answer): Promise<boolean>;
  /** A print of what the item shows, whatever else was answered and wherever it stands: where it is the same, an answer still holds. */
  print(item: ReviewItem): Promise<string>;
  /** What the answers write, verified. */
  plan(answers: Answers): Promise<VerifiedPlan>;
}

/** `except`: paths of files that nothing is asked about, and that are left as they are. */
export function openReview(
  analysis: Analysis,
  project: ProjectFiles,
  transforms: readonly Transform[],
  except: ReadonlySet<string> = new Set(),
): Review {
  const keys = keysOf(analysis);
  const edit = editing(analysis, project, keys);
  const known = new WeakMap<Answers, readonly ReviewItem[]>();
  const items = (answers: Answers) => {
    const found =
      known.get(answers) ?? reviewItems(analysis, answers, keys, transforms).filter(({ path }) => !except.has(path));
    known.set(answers, found);
    return found;
  };
  const textsFor = async (answers: Answers) => {
    const { source, analysis: base, keys: own, restored } = await edit(answers);
    const wanted = reviewed(base, answers, own, { others: 'left', restored });
    return textsOf(plan(wanted.analysis, transforms, { unsafe: true, picks: wanted.picks }), source);
  };
  const differenceBeside = async (answers: Answers, item: ReviewItem, answer: Answer) =>
    changesBetween(await textsFor(without(answers, item)), await textsFor(withAnswer(answers, item, answer)), analysis);
  const difference = async (item: ReviewItem, answers: Answers, answer: Answer = { says: 'yes' }) => {
    const shown = await differenceBeside(answers, item, answer);
    if (shown.length > 0 || !isAccepting(answer)) return shown;
    // A guard makes sense only beside a move: it is shown as it will be once everything that is proposed moves.
    const open = items(answers).filter(({ key, about }) => about.kind !== 'undecided' && !answers.has(key));
    const all = new Map<string, Answer>([...open.map(({ key }) => [key, { says: 'yes' }] as const), ...answers]);
    return differenceBeside(all, item, answer);
  };
  return {
    analysis,
    items,
    difference,
    async changes(item, answers) {
      if (!('decision' in item.about)) return [];
      const textsWith = async (to: Change) =>
        JSON.stringify([...(await textsFor(withAnswer(answers, item, { says: 'change', to })))]);
      const hasThreads = (await textsWith('thread')) !== (await textsWith('background'));
      return ['critical', 'background', ...(hasThreads ? (['thread'] as const) : []), 'leave'];
    },
    async canEdit(item, answers, answer) {
      const before = await edit(without(answers, item));
      const after = await edit(withAnswer(answers, item, answer));
      const isRestored = [...after.restored].every((id) => isMovable(id, after.analysis, transforms));
      if (answer.says === 'restore') return after.restored.size > before.restored.size && isRestored;
      const added = 'step' in item.about && item.about.step.directive ? 0 : 1;
      const decision = [...after.analysis.decisions.values()].find(
        ({ stepId }) => after.keys.ofStep(stepId) === item.key,
      );
      const isObeyed =
        decision?.decidedBy === 'directive' && decision.verdict === (isMoving(answer) ? 'background' : 'critical');
      return isObeyed && directivesIn(after.analysis) === directivesIn(before.analysis) + added;
    },
    async print(item) {
      const decision = 'decision' in item.about ? item.about.decision : undefined;
      const shown = await difference(item, new Map());
      const seen = {
        lines: shown.flatMap(({ path, before = '', after = '' }) => [path, ...changedLines(before, after)]),
        verdict: [decision?.verdict, decision?.category, decision?.applicability, decision?.cost],
        hazards: decision?.hazards.map(({ what }) => what.replaceAll(/\d+/g, '')),
      };
      return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 16);
    },
    plan: async (answers) => planOf(answers, await edit(answers), analysis, transforms, except),
  };
}

function isMovable(stepId: string, analysis: Analysis, transforms: readonly Transform[]): boolean {
  const moves = new Set([stepId]);
  const wanted = reviewed(analysis, new Map(), keysOf(analysis), { others: 'left', restored: moves });
  const { rewrites } = plan(wanted.analysis, transforms, { unsafe: true, picks: wanted.picks });
  return rewrites.some((rewrite) => rewrite.moves?.includes(stepId));
}

function directivesIn(analysis: Analysis): number {
  return [...analysis.hooks.values()].flatMap(({ hook }) => hook.steps).filter((step) => step.directive).length;
}

function without(answers: Answers, item: ReviewItem): Answers {
  return new Map([...answers].filter(([key]) => key !== item.key));
}

function withAnswer(answers: Answers, item: ReviewItem, answer: Answer): Answers {
  return new Map([...answers, [item.key, answer]]);
}
