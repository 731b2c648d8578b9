import type {
  AppStartup,
  Config,
  Cost,
  Decision,
  Evidence,
  Hazard,
  KnownCall,
  StartupHook,
  StartupStep,
  Verdict,
} from '../core/index.ts';
import { applicabilityOf } from './applicability.ts';
import type { RuledObservation, Subject } from './evidence-rule.ts';
import { appHazards } from './hazards/app.ts';
import { calleeHazards } from './hazards/callee.ts';
import { firstRunHazards, neverReturns } from './hazards/first-run.ts';
import { gatherHazards } from './hazards/gather.ts';
import type { LaterStep } from './hazards/later-step.ts';
import { orderHazards } from './hazards/order.ts';
import { unseenHazards } from './hazards/unseen.ts';
import { instructionFor } from './instructions.ts';
import { knownAs } from './known-as.ts';
import { reasonFor } from './reasons.ts';
import { evidenceRules } from './rules/index.ts';
import { type Weighed, weigh } from './weigh.ts';

/** What a hook is classified with. */
export interface ClassifyContext {
  readonly config: Config;
  readonly knownCalls: readonly KnownCall[];
  /** Missing where no app is known for the hook. */
  readonly app?: AppStartup | undefined;
  hookOf(id: string): StartupHook | undefined;
}

/** A decision for every step of the hook that has calls. */
export function classifyHook(hook: StartupHook, context: ClassifyContext): readonly Decision[] {
  const judged = judgedFrom(hook, context);
  const decided: LaterStep[] = [];
  for (const one of judged.toReversed()) {
    const decision = one.weighed && decide(one, one.weighed, judged, decided, context);
    decided.unshift({ hook: one.hook, step: one.step, decision });
  }
  return decided.flatMap(({ decision }) => (decision?.hookId === hook.id ? [decision] : []));
}

/** A step with its verdict, before its hazards are known. */
interface Judged {
  readonly hook: StartupHook;
  readonly step: StartupStep;
  readonly weighed?: Weighed | undefined;
  readonly verdict?: Verdict | undefined;
}

/** The steps of the hook and of the hooks of its app that run after it, in the order in which they run. */
function judgedFrom(hook: StartupHook, context: ClassifyContext): readonly Judged[] {
  const order = context.app?.startupOrder ?? [];
  const at = order.indexOf(hook.id);
  const laterHooks = at < 0 ? [] : order.slice(at + 1).flatMap((id) => context.hookOf(id) ?? []);
  const known = knownAs(context.knownCalls);
  return [hook, ...laterHooks].flatMap((each) => each.steps.map((step) => judge(step, each, context.config, known)));
}

function judge(step: StartupStep, hook: StartupHook, config: Config, known: Subject['knownAs']): Judged {
  if (step.calls.length === 0) return { hook, step };
  const weighed = weigh(step, hook, evidenceRules, known);
  const instruction = instructionFor(step, weighed.category, config);
  const isSure = weighed.confidence >= config.confidenceThreshold;
  return { hook, step, weighed, verdict: instruction?.verdict ?? (isSure ? weighed.favours : 'undecided') };
}

function decide(
  { hook, step, verdict = 'undecided' }: Judged,
  weighed: Weighed,
  all: readonly Judged[],
  later: readonly LaterStep[],
  context: ClassifyContext,
): Decision {
  const instruction = instructionFor(step, weighed.category, context.config);
  const hazards = uniqueHazards([
    ...step.hazards,
    ...appHazards(context.app),
    ...calleeHazards(step),
    ...gatherHazards(step, all),
    ...(neverReturns(step) ? [] : orderHazards(step, hook, later, context.config.options.concurrency)),
    ...firstRunHazards(step, later),
    ...(instruction ? [] : unseenHazards(step, weighed.evidence)),
  ]);
  return {
    stepId: step.id,
    hookId: hook.id,
    verdict,
    category: weighed.category,
    confidence: instruction ? 1 : weighed.confidence,
    decidedBy: instruction?.decidedBy ?? 'heuristics',
    reason: instruction?.reason ?? reasonFor(verdict, weighed.category, weighed.evidence),
    evidence: [...weighed.evidence.map(asEvidence), ...firstRuns(step, later)],
    hazards,
    applicability: applicabilityOf(hazards, hook),
    cost: gravestCost(step),
  };
}

function asEvidence({ rule, what, weight, favours, at }: RuledObservation): Evidence {
  return { rule, what, weight, favours, ...(at === undefined ? {} : { at }) };
}

/** The steps after one that never returns: the report lists them. */
function firstRuns(step: StartupStep, later: readonly LaterStep[]): readonly Evidence[] {
  if (!neverReturns(step)) return [];
  const calls = later.flatMap((other) => other.step.calls.map(({ callee, line }) => `${callee} (line ${line})`));
  if (calls.length === 0) return [];
  const what = `after it will run for the first time: ${calls.join(', ')}`;
  return [{ rule: 'never-ran-before', what, weight: 0, favours: 'background' }];
}

const costs: readonly Cost[] = ['never-returns', 'blocks-loop', 'unknown', 'finite', 'returns-at-once'];

function gravestCost(step: StartupStep): Cost {
  return costs.find((cost) => step.calls.some((call) => call.cost === cost)) ?? 'unknown';
}

function uniqueHazards(hazards: readonly Hazard[]): readonly Hazard[] {
  const seen = new Set<string>();
  return hazards.filter(({ kind, what }) => {
    const key = `${kind}: ${what}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
