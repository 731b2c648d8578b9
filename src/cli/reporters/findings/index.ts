import type { ReportSource } from '../report-source.ts';
import { callFindings } from './calls.ts';
import type { Finding } from './finding.ts';
import { remarkFindings } from './remarks.ts';
import { findingRules, type Rule } from './rules.ts';
import { shutdownFindings } from './shutdown.ts';
import { trapFindings, trapRules } from './traps.ts';

export type { Finding } from './finding.ts';

/** Every kind of finding. */
export const rules: readonly Rule[] = [...Object.values(findingRules), ...trapRules];

/** Everything that a report finds fault with, the gravest first, then in the order of files and lines. */
export function findingsOf(source: ReportSource): readonly Finding[] {
  const found = [
    ...callFindings(source),
    ...shutdownFindings(source),
    ...remarkFindings(source),
    ...trapFindings(source),
  ];
  return found.sort(
    (a, b) => GRAVITY.indexOf(a.level) - GRAVITY.indexOf(b.level) || comparePaths(a, b) || a.line - b.line,
  );
}

const GRAVITY = ['error', 'warning', 'note'];

function comparePaths(a: Finding, b: Finding): number {
  return a.path === b.path ? 0 : a.path < b.path ? -1 : 1;
}
