import { type TrapKind, traps } from '../../../index.ts';
import type { ReportSource } from '../report-source.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './rules.ts';

const ruleOf = ({ code, title, level, why, instead }: TrapKind): Rule => {
  return { id: code, title, level, help: `${why} ${instead}` };
};

const byCode = new Map<string, Rule>(traps.map((kind) => [kind.code, ruleOf(kind)]));

/** A rule for each trap, known by its code. */
export const trapRules: readonly Rule[] = [...byCode.values()];

/** Traps that stay once this run's rewrites are written. */
export function trapFindings({ report }: ReportSource): readonly Finding[] {
  return report.files.flatMap(({ path, traps: found = [] }) =>
    found.flatMap(({ code, line, what }) => {
      const rule = byCode.get(code);
      if (rule === undefined) return [];
      const key = [code, path, what.replaceAll(/:\d+/g, '')];
      return [{ rule, level: rule.level, path, line, message: `${what}.`, key, seen: [] }];
    }),
  );
}
