import type { FileChange, Report, Scan, VerifiedPlan } from '../../index.ts';
import type { Arguments } from '../args.ts';
import { count } from '../reporters/count.ts';

/** The last lines of the summary: what was or would be written, what waits for a person, what was not looked at. */
export function closing(
  args: Arguments,
  found: Scan,
  verified: VerifiedPlan,
  changes: readonly FileChange[],
  report: Report,
): readonly string[] {
  return [
    ...pendingLines(verified),
    ...verified.plan.declined.map(({ title }) => title),
    ...leftAloneLines(found, args.verbose),
    outcomeLine(args, changes, report),
  ];
}

function pendingLines({ plan }: VerifiedPlan): readonly string[] {
  const { length } = plan.pending;
  if (length === 0) return [];
  return [
    `${count(length, 'background step')} wait${length === 1 ? 's' : ''} for a person: unsafe to move (hazards above); --unsafe includes ${length === 1 ? 'it' : 'them'}`,
  ];
}

function leftAloneLines({ leftAlone }: Scan, verbose: boolean): readonly string[] {
  if (leftAlone.length === 0) return [];
  const all = `${count(leftAlone.length, 'file')} not looked at`;
  if (!verbose) return [`${all} (generated, too large, not UTF-8 …; --verbose names them)`];
  return [`${all}:`, ...leftAlone.map(({ path, why }) => `    ${path}: ${why}`)];
}

function outcomeLine(args: Arguments, changes: readonly FileChange[], report: Report): string {
  const files = changes.map((change) => change.path);
  if (files.length === 0) return 'Nothing to change.';
  const failed = new Set(report.errors.map((error) => error.path));
  const named = files.filter((path) => !failed.has(path)).join(', ');
  if (args.mode === 'write') return `Written: ${named || 'nothing'}`;
  const option = args.unsafe ? '--write --unsafe' : '--write';
  return `Would change ${named}; ${option} writes it.`;
}
