import type { ReportCall, StartupStep } from '../../../core/index.ts';
import { type FoundCall, foundCalls, hazardsOf, keepsFromListening, leadingEvidence } from '../found-calls.ts';
import { hookFacts } from '../hook-facts.ts';
import type { ReportSource } from '../report-source.ts';
import type { Finding } from './finding.ts';
import { findingRules, type Level, type Rule } from './rules.ts';

/** Calls that keep a server from listening, or that could not be decided. */
export function callFindings(source: ReportSource): readonly Finding[] {
  return foundCalls(source.report).flatMap((found) => {
    const rule = ruleFor(found.call);
    return rule ? [findingOf(found, rule, source)] : [];
  });
}

function ruleFor(call: ReportCall): Rule | undefined {
  if (keepsFromListening(call)) return findingRules.neverReturns;
  if (call.decision === 'undecided') return findingRules.undecided;
  if (call.decision !== 'background') return undefined;
  if (call.form !== 'detached') return findingRules.background;
  return call.moves ? findingRules.untracked : undefined;
}

function findingOf({ file, hook, call }: FoundCall, rule: Rule, source: ReportSource): Finding {
  const step = hookFacts(source, file, hook)?.steps.find((one) => rangeIn(one, call) !== undefined);
  const range = step && rangeIn(step, call);
  const rewrite = step && source.plan.rewrites.find(({ moves = [] }) => moves.includes(step.id));
  return {
    rule,
    level: levelOf(rule, call),
    path: file.path,
    line: call.line,
    ...(range === undefined ? {} : { range }),
    message: messageOf(call),
    key: [rule.id, file.path, hook.framework, hook.name, call.callee],
    seen: leadingEvidence(call, 3).flatMap(({ what, at }) => (at === undefined ? [] : [{ what, at }])),
    ...(rewrite === undefined ? {} : { rewrite }),
  };
}

function rangeIn(step: StartupStep, { line, callee }: ReportCall) {
  return step.calls.find((call) => call.line === line && call.callee === callee)?.range;
}

/** A move that is not safe is a person's to make. */
function levelOf(rule: Rule, call: ReportCall): Level {
  return rule.level === 'warning' && call.applicability !== 'safe' ? 'note' : rule.level;
}

function messageOf(call: ReportCall): string {
  const never = keepsFromListening(call) ? ' never returns, and the server cannot listen while it is awaited' : '';
  const verdict = `${call.decision} (${call.category}, ${Math.round(call.confidence * 100)} %), ${call.reason}`;
  const hazards = hazardsOf(call).map((hazard) => ` Hazard: ${hazard}.`);
  return `${call.callee}${never}: ${verdict}${hazards.join('')}`;
}
