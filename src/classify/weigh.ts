import type { Category, StartupCall, StartupHook, StartupStep } from '../core/index.ts';
import type { EvidenceRule, RuledObservation, Subject } from './evidence-rule.ts';
import type { Side } from './matrix.ts';
import { objectOfBackgroundVerb, steepness } from './weights.ts';

/** What the evidence of one step comes to. */
export interface Weighed {
  readonly favours: Side;
  /** 0.5 to 1. */
  readonly confidence: number;
  readonly category: Category;
  readonly evidence: readonly RuledObservation[];
}

/** Weighs the evidence of every call of a step. Of several calls the most critical one decides. */
export function weigh(
  step: StartupStep,
  hook: StartupHook,
  rules: readonly EvidenceRule[],
  knownAs: Subject['knownAs'],
): Weighed {
  const all = step.calls.map((call) => weighCall(call, step, hook, rules, knownAs));
  const [decisive] = all.toSorted((a, b) => a.margin - b.margin);
  const { margin, evidence } = decisive ?? { margin: 0, evidence: [] };
  const favours = margin > 0 ? 'background' : 'critical';
  return { favours, confidence: logistic(Math.abs(margin)), category: categoryOf(evidence, favours), evidence };
}

/** Positive margins favour the background. */
function weighCall(
  call: StartupCall,
  step: StartupStep,
  hook: StartupHook,
  rules: readonly EvidenceRule[],
  knownAs: Subject['knownAs'],
): { readonly margin: number; readonly evidence: readonly RuledObservation[] } {
  const subject: Subject = { call, step, hook, knownAs };
  const seen = rules.flatMap((rule) => rule.observe(subject).map((observation) => ({ ...observation, rule: rule.id })));
  const evidence = supported(onceEach(withObjects(seen).toSorted((a, b) => b.weight - a.weight)));
  const margin = evidence.reduce((sum, { favours, weight }) => sum + (favours === 'background' ? weight : -weight), 0);
  return { margin, evidence };
}

/** In `warm_up_connections` the noun is what the verb works on, not what is set up. What clean-up works on does matter. */
function withObjects(seen: readonly RuledObservation[]): readonly RuledObservation[] {
  const onlyPrepares = seen.some(
    ({ word, favours, category, weight }) =>
      word === 'action' && favours === 'background' && category !== 'cleanup' && weight >= 1,
  );
  if (!onlyPrepares) return seen;
  const isObject = ({ word, favours, category }: RuledObservation) =>
    word === 'other' && favours === 'critical' && category !== 'cleanup';
  return seen.map((one) => (isObject(one) ? { ...one, weight: one.weight * objectOfBackgroundVerb } : one));
}

/** Leaves out what only supports evidence that is not there. */
function supported(evidence: readonly RuledObservation[]): readonly RuledObservation[] {
  const sides = new Set(evidence.filter(({ onlySupports }) => !onlySupports).map(({ favours }) => favours));
  return evidence.filter(({ onlySupports, favours }) => !onlySupports || sides.has(favours));
}

/** Of observations that say the same thing the heaviest counts: it comes first in the sorted list. */
function onceEach(sorted: readonly RuledObservation[]): readonly RuledObservation[] {
  const taken = new Set<string>();
  return sorted.filter(({ key }) => {
    if (key === undefined) return true;
    const isNew = !taken.has(key);
    taken.add(key);
    return isNew;
  });
}

/** The category with the most weight among the evidence for a side. */
function categoryOf(evidence: readonly RuledObservation[], side: Side): Category {
  const totals = new Map<Category, number>();
  for (const { category, weight, favours } of evidence) {
    if (category !== undefined && favours === side) totals.set(category, (totals.get(category) ?? 0) + weight);
  }
  const [best] = [...totals].toSorted((a, b) => b[1] - a[1]);
  return best?.[0] ?? 'other';
}

/** By how much the evidence for one side must outweigh the other for this confidence; infinite for 1. */
export function marginFor(confidence: number): number {
  return Math.log(confidence / (1 - confidence)) / steepness;
}

function logistic(margin: number): number {
  return 1 / (1 + Math.exp(-margin * steepness));
}
