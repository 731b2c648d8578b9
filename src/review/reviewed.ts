import type { Analysis } from '../analyse.ts';
import type { Decision, StartupStep } from '../core/index.ts';
import type { Picks } from '../plan.ts';
import { type Answer, type Answers, isMoving } from './answer.ts';
import type { Keys } from './keys.ts';

/** An analysis in which a person's decisions stand, and the choice that goes with them. */
export interface Reviewed {
  readonly analysis: Analysis;
  readonly picks: Picks;
}

export interface ReviewedOptions {
  /** What becomes of what nobody has answered: it is written as with `--unsafe`, or left as it is. */
  readonly others: 'written' | 'left';
  /** Steps that move because a person has put them back. */
  readonly restored?: ReadonlySet<string>;
}

/** Puts answers in the place of decisions. The text that comes out follows from these, with imports, log lines and comments. */
export function reviewed(analysis: Analysis, answers: Answers, keys: Keys, options: ReviewedOptions): Reviewed {
  const answerOf = (stepId: string): Answer | undefined =>
    options.restored?.has(stepId) ? { says: 'yes' } : answers.get(keys.ofStep(stepId) ?? '');
  const decisions = [...analysis.decisions].map(([id, decision]) => [id, decidedAs(decision, answerOf(id))] as const);
  const threads = new Map(
    [...analysis.decisions.keys()].flatMap((id) => {
      const answer = answerOf(id);
      return answer?.says === 'change' && (answer.to === 'thread' || answer.to === 'background')
        ? [[id, answer.to] as const]
        : [];
    }),
  );
  const isAllComments = analysis.config.options.touch === 'all';
  const { others } = options;
  return {
    analysis: withCosts({ ...analysis, decisions: new Map(decisions) }, threads),
    picks: {
      moves: (decision) => {
        if (decision.applicability === 'display-only') return false;
        const answer = answerOf(decision.stepId);
        return answer ? isMoving(answer) : others === 'written';
      },
      writes: (rewrite) => {
        if (rewrite.transform === 'explain-decisions' && !isAllComments) return true;
        const key = keys.ofRewrite(rewrite);
        const answer = answers.get(key ?? '');
        return key === undefined || (answer ? answer.says === 'yes' : others === 'written');
      },
    },
  };
}

const DECIDED = 'as decided in a review.';

function decidedAs(decision: Decision, answer: Answer | undefined): Decision {
  if (!answer || answer.says === 'restore') return decision;
  if (isMoving(answer)) return byReview(decision, 'background', answer);
  if (answer.says === 'change' && answer.to === 'leave') return byReview(decision, 'undecided', answer);
  return byReview(decision, 'critical', answer);
}

function byReview(decision: Decision, verdict: Decision['verdict'], answer: Answer): Decision {
  const own = decision.verdict === verdict ? decision.reason : DECIDED;
  const reason = answer.says === 'change' ? (answer.reason ?? own) : own;
  return { ...decision, verdict, reason, decidedBy: 'review', confidence: 1 };
}

/** How a step is recorded follows from its cost: what a person puts into a thread is taken for blocking. */
function withCosts(analysis: Analysis, chosen: ReadonlyMap<string, 'thread' | 'background'>): Analysis {
  if (chosen.size === 0) return analysis;
  const languages = analysis.languages.map(({ language, facts }) => ({
    language,
    facts: {
      ...facts,
      files: facts.files.map((file) => ({
        ...file,
        hooks: file.hooks.map((hook) => ({ ...hook, steps: hook.steps.map((step) => withCost(step, chosen)) })),
      })),
    },
  }));
  const files = languages.flatMap(({ facts }) => facts.files);
  const hooks = files.flatMap((facts) => facts.hooks.map((hook) => [hook.id, { hook, facts }] as const));
  return { ...analysis, languages, hooks: new Map(hooks) };
}

function withCost(step: StartupStep, chosen: ReadonlyMap<string, 'thread' | 'background'>): StartupStep {
  const choice = chosen.get(step.id);
  if (choice === undefined) return step;
  const calls = step.calls.map((call) => {
    if (choice === 'thread') return { ...call, cost: 'blocks-loop' as const };
    return call.cost === 'blocks-loop' ? { ...call, cost: 'finite' as const } : call;
  });
  return { ...step, calls };
}
