import type { Decision, StartupHook, StartupStep } from './core/index.ts';

interface Circumstances {
  readonly language: string;
  /** The weight that the evidence lacks for the threshold; infinite where none is enough. */
  readonly missing: number;
  /** It should move, and no rewrite can write it. */
  readonly isUnwritten: boolean;
}

/** What would change a decision, or let it be written: a sentence each, with what to type. */
export function waysToChange(
  hook: StartupHook,
  step: StartupStep,
  decision: Decision,
  { language, missing, isUnwritten }: Circumstances,
): readonly string[] {
  const wanted = decision.verdict === 'background' ? ['critical'] : ['background'];
  const verdicts = decision.verdict === 'undecided' ? ['background', 'critical'] : wanted;
  return [
    ...(decision.verdict === 'undecided' && decision.decidedBy === 'heuristics' ? [moreEvidence(missing)] : []),
    ...instructions(step, verdicts, language),
    ...(isUnwritten ? ['It cannot be written as a background task as it stands here: it stays awaited.'] : []),
    ...(verdicts.includes('background') || decision.verdict === 'background' ? blockers(hook, decision) : []),
  ];
}

function moreEvidence(missing: number): string {
  if (!Number.isFinite(missing)) return 'No evidence reaches a confidence of 1: lower `confidenceThreshold`.';
  return `Evidence with a weight of ${missing.toFixed(1)} more for either side would reach the threshold: a telling name, comment or docstring.`;
}

function instructions(step: StartupStep, verdicts: readonly string[], language: string): readonly string[] {
  const mark = language === 'python' ? '#' : '//';
  const callee = step.calls[0]?.callee ?? '';
  const comments = verdicts.map((verdict) => `\`${mark} startup-codemod: ${verdict} — why\``).join(' or ');
  const rules = verdicts.map((verdict) => `\`{callee: ${JSON.stringify(callee)}, decision: ${verdict}}\``).join(' or ');
  const replaces = step.directive ? `instead of the one at line ${step.directive.line}` : 'in the line above it';
  const rule = step.directive ? [] : [`The configuration's \`rules\` may say ${rules}, before any rule that matches.`];
  return [`A comment ${replaces} decides: ${comments}.`, ...rule];
}

/** What keeps a move from being safe, or from being written at all. */
function blockers(hook: StartupHook, { hazards, applicability }: Decision): readonly string[] {
  if (hook.adviceOnly !== undefined) return [`Nothing in this hook is rewritten: ${hook.adviceOnly}.`];
  const never = hazards.filter(({ severity }) => severity === 'never');
  if (never.length > 0) return [`It is never moved while this holds: ${never.map(({ what }) => what).join('; ')}.`];
  if (applicability !== 'unsafe') return [];
  const what = hazards.map((hazard) => hazard.what).join('; ');
  return [`A move becomes safe once this no longer holds: ${what}. Until then only --unsafe moves it.`];
}
