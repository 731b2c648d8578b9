import {
  type AcceptedFinding,
  compareFindings,
  countFindings,
  findingsOf,
  hasBaseline,
  type LocatedFinding,
  overruns,
  type Report,
  readBaseline,
  type Scan,
  UserError,
  type VerifiedPlan,
  writeBaseline,
} from '../../index.ts';
import type { Arguments } from '../args.ts';
import { printable } from '../printable.ts';
import { count } from '../reporters/count.ts';

/** What a run comes to beside its diff: whether `--check` fails, and what the summary says of it. */
export interface Verdicts {
  readonly fails: boolean;
  readonly lines: readonly string[];
}

/** Holds what was found against the baseline and the startup budget; writes the baseline where that is asked for. */
export function holdAgainst(args: Arguments, found: Scan, { plan }: VerifiedPlan, report: Report): Verdicts {
  const findings = findingsOf(found.analysis, plan);
  const over = overruns(found.analysis, plan, found.selected).map(({ hook, calls, allowed }) => {
    const where = hook ?? 'this run';
    return `over budget  ${where}: ${count(calls, 'startup call')} stay awaited, maxBlockingCalls allows ${allowed}`;
  });
  const { isNew, lines } = againstBaseline(args, found, findings, report);
  const fails = !args.updateBaseline && (isNew || over.length > 0);
  return { fails, lines: [...lines, ...over].map(printable) };
}

function againstBaseline(args: Arguments, found: Scan, findings: readonly LocatedFinding[], report: Report) {
  const { baseline } = args;
  if (baseline === undefined) return { isNew: report.files.some(({ changed }) => changed), lines: [] };
  const isSeen = (entry: AcceptedFinding) =>
    found.project.covers(entry.path) &&
    found.selected?.has(entry.path) !== false &&
    !report.errors.some((error) => error.path === entry.path);
  if (args.updateBaseline) return { isNew: false, lines: [update(baseline, findings, isSeen)] };
  const { fresh, stale } = compareFindings(findings, readBaseline(baseline));
  const accepted = findings.length - fresh.length;
  return {
    isNew: fresh.length > 0,
    lines: [
      ...fresh.map((finding) => `new          ${finding.path}:${finding.line} ${nameOf(finding)}`),
      ...stale
        .filter(isSeen)
        .map((entry) => `stale        ${entry.path} ${nameOf(entry)}: ${entry.count} less than in ${baseline}`),
      `${count(accepted, 'finding')} accepted by ${baseline}, ${fresh.length} new`,
    ],
  };
}

/** What the run did not look at stays as it was. */
function update(
  file: string,
  findings: readonly LocatedFinding[],
  isSeen: (entry: AcceptedFinding) => boolean,
): string {
  const kept = hasBaseline(file) ? readBaseline(file).filter((entry) => !isSeen(entry)) : [];
  const all = [...kept, ...countFindings(findings)].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  writeBaseline(file, all);
  return `${file}: ${count(
    all.reduce((sum, entry) => sum + entry.count, 0),
    'finding',
  )} accepted`;
}

/** `lifespan: warm_cache`, or the transform where no call moves. */
function nameOf({ hook, callee, transform }: AcceptedFinding | LocatedFinding): string {
  return `${hook === '' ? '' : `${hook}: `}${callee ?? transform}`;
}

/** A baseline says what `--check` accepts: it means nothing elsewhere. */
export function checkBaselineOptions({ baseline, updateBaseline, mode }: Arguments): void {
  if (updateBaseline && baseline === undefined)
    throw new UserError('--update-baseline has no file to write', 'Name it: --baseline FILE --update-baseline.');
  if (baseline !== undefined && mode !== 'check')
    throw new UserError('--baseline goes with --check', 'Add --check, or --update-baseline to write the file.');
}
