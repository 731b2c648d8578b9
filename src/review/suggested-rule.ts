import { type ConfigRule, compileGlob } from '../core/index.ts';
import { type Answers, isMoving } from './answer.ts';
import type { ReviewItem } from './items.ts';
import type { Review } from './open-review.ts';

/** A rule that says once what a person has answered several times. */
export interface SuggestedRule {
  readonly rule: ConfigRule;
  /** How many answers it stands for: all that it matches. */
  readonly answers: number;
}

const ENOUGH = 3;

interface Said {
  readonly item: ReviewItem;
  readonly decision: 'critical' | 'background';
  readonly isNews: boolean;
}

/**
 * The rule that covers most answers, all of them the same, where three or more say what the tool would not have decided by
 * itself at least once. It speaks of nothing else that was decided.
 */
export function suggestedRule(review: Review, answers: Answers): SuggestedRule | undefined {
  const said = review.items(answers).flatMap((item) => saidOf(item, answers));
  const [best] = candidates(said)
    .flatMap((rule) => {
      const matching = said.filter(({ item }) => matches(rule, item));
      const isSame = matching.every(({ decision }) => decision === rule.decision);
      const isNews = matching.some((one) => one.isNews);
      return isSame && isNews && matching.length >= ENOUGH && !contradicts(rule, review, matching)
        ? [{ rule, answers: matching.length }]
        : [];
    })
    .toSorted((a, b) => b.answers - a.answers);
  return best;
}

function saidOf(item: ReviewItem, answers: Answers): readonly Said[] {
  const answer = answers.get(item.key);
  if (!answer || !('decision' in item.about) || (answer.says === 'change' && (answer.to === 'leave' || answer.keep)))
    return [];
  const decision = isMoving(answer) ? 'background' : 'critical';
  return [{ item, decision, isNews: item.about.decision.verdict !== decision }];
}

/** `*cleanup*` for the words of the callees, and their categories. */
function candidates(said: readonly Said[]): readonly ConfigRule[] {
  const rules = said.flatMap(({ item, decision }): readonly ConfigRule[] => {
    const words = item.name.match(/[A-Z]?[a-z]{4,}/g) ?? [];
    const globs = words.map((word) => ({ callee: `*${word}*`, decision }));
    const category = 'decision' in item.about ? item.about.decision.category : 'other';
    return category === 'other' ? globs : [...globs, { category, decision }];
  });
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

function matches({ callee, category }: ConfigRule, { name, about }: ReviewItem): boolean {
  if (category !== undefined && (!('decision' in about) || about.decision.category !== category)) return false;
  return callee === undefined || compileGlob(callee)(name);
}

/** It would change the decision for a call that nobody was asked about. */
function contradicts(rule: ConfigRule, { analysis }: Review, matching: readonly Said[]): boolean {
  const asked = new Set(matching.flatMap(({ item: { about } }) => ('step' in about ? about.step.id : [])));
  return [...analysis.hooks.values()].some(({ hook }) =>
    hook.steps.some((step) => {
      const decision = analysis.decisions.get(step.id);
      if (!decision || asked.has(step.id) || decision.verdict === rule.decision) return false;
      const isCalled =
        rule.callee === undefined || step.calls.some((call) => compileGlob(rule.callee ?? '')(call.callee));
      return isCalled && (rule.category === undefined || rule.category === decision.category);
    }),
  );
}
