import type { ReportSource } from '../report-source.ts';
import type { Finding } from './finding.ts';
import { findingRules } from './rules.ts';

/** Remarks that this run removes. */
export function remarkFindings({ plan }: ReportSource): readonly Finding[] {
  const rule = findingRules.remark;
  return plan.rewrites.flatMap((rewrite) => {
    const path = rewrite.edits[0]?.path;
    if (path === undefined) return [];
    return (rewrite.removes ?? []).map(
      ({ line, text }): Finding => ({
        rule,
        level: rule.level,
        path,
        line,
        message: `Temporary, as it says: ${text.replaceAll(/\s*\n\s*/g, ' ⏎ ')}`,
        key: [rule.id, path, text],
        seen: [],
        rewrite,
      }),
    );
  });
}
