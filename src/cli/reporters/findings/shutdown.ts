import type { ReportFile, ReportHook, ShutdownStep } from '../../../core/index.ts';
import { hookFacts } from '../hook-facts.ts';
import type { ReportSource } from '../report-source.ts';
import type { Finding } from './finding.ts';
import { findingRules } from './rules.ts';

/** Shutdown steps that release something, and whose failure keeps the steps after them from running. */
export function shutdownFindings(source: ReportSource): readonly Finding[] {
  return source.report.files.flatMap((file) =>
    (file.hooks ?? []).flatMap((hook) => {
      const steps = hookFacts(source, file, hook)?.shutdown ?? [];
      return steps
        .slice(0, -1)
        .filter(isUnguarded)
        .map((step) => findingOf(step, hook, file, source));
    }),
  );
}

function isUnguarded({ callee, releases, guarded, leaves }: ShutdownStep): boolean {
  return callee !== undefined && releases && !guarded && !leaves;
}

function findingOf(step: ShutdownStep, hook: ReportHook, file: ReportFile, { plan }: ReportSource): Finding {
  const rule = findingRules.unguarded;
  const callee = step.callee ?? '';
  const rewrite = plan.rewrites.find(
    ({ transform, edits }) =>
      transform === 'guard-shutdown-steps' &&
      edits.some(
        ({ path, range }) => path === file.path && range.start <= step.range.end && range.end >= step.range.start,
      ),
  );
  return {
    rule,
    level: rule.level,
    path: file.path,
    line: step.line,
    range: step.range,
    message: `${callee}: a failure of it keeps the shutdown steps after it from running.`,
    key: [rule.id, file.path, hook.framework, hook.name, callee],
    seen: [],
    ...(rewrite === undefined ? {} : { rewrite }),
  };
}
