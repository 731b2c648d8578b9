import type { Colors } from 'picocolors/types.js';
import type { Report, ReportCall, ReportFile, ReportHook } from '../../core/index.ts';
import { printable } from '../printable.ts';

export interface SummaryOptions {
  readonly colors: Colors;
  /** Every piece of evidence, and hooks in which nothing changes. */
  readonly verbose: boolean;
  /** What was or would be written, as a sentence for the end. */
  readonly closing: readonly string[];
}

/** The summary for a person: each hook with its calls, what was left alone and why, what to do next. */
export function summary(source: Report, options: SummaryOptions): string {
  const { colors } = options;
  const report = printableReport(source);
  const lines = [
    ...report.files.flatMap((file) => fileLines(file, options)),
    ...report.errors.map((error) => `${colors.red('not handled')}  ${error.path}: ${error.message}`),
    totals(report),
    ...options.closing,
  ];
  return `${lines.join('\n')}\n`;
}

function fileLines(file: ReportFile, options: SummaryOptions): readonly string[] {
  const { colors } = options;
  if (file.kind === 'standalone') return [`${colors.bold(file.path)}  left alone: ${file.why}`, ''];
  const hooks = file.hooks ?? [];
  const remarks = (file.removedRemarks ?? []).map(
    (remark) => `    ${colors.dim('removed remark')} line ${remark.line}: ${remark.text}`,
  );
  if (hooks.length === 0 && remarks.length === 0) return [];
  return [...hooks.flatMap((hook) => hookLines(hook, file, options)), ...remarks, ''];
}

function hookLines(hook: ReportHook, file: ReportFile, options: SummaryOptions): readonly string[] {
  const { colors } = options;
  const title = `${colors.bold(`${file.path}:${hook.line}`)}  ${hook.name} (${hook.framework}, ${hook.form})`;
  const nothing = hook.calls.length === 0 ? ['    awaits nothing'] : [];
  return [
    title,
    ...hook.notes.map((note) => `    note: ${note}`),
    ...nothing,
    ...hook.calls.flatMap((call) => callLines(call, options)),
  ];
}

function callLines(call: ReportCall, options: SummaryOptions): readonly string[] {
  const { colors, verbose } = options;
  const line = `    ${verdictOf(call, colors)}  ${String(call.line).padStart(4)}  ${call.callee}`;
  const cost =
    call.cost === 'never-returns'
      ? [`          ${colors.red('never returns')}: the server cannot listen while it is awaited`]
      : [];
  const hazards = call.decision === 'background' && call.applicability !== 'safe' ? call.hazards : [];
  const evidence = verbose ? call.evidence : leading(call);
  return [
    line,
    ...cost,
    ...evidence.map((item) => colors.dim(`          ${item.what}${item.at === undefined ? '' : ` (${item.at})`}`)),
    ...hazards.map((hazard) => colors.yellow(`          hazard: ${hazard}`)),
  ];
}

function verdictOf(call: ReportCall, colors: Colors): string {
  if (call.decision === 'critical') return colors.blue('critical  ');
  if (call.decision === 'undecided') return colors.magenta('undecided ');
  return call.applicability === 'safe'
    ? colors.green('background')
    : colors.yellow(`background, ${call.applicability}`);
}

/** The strongest evidence for the decision that was taken. */
function leading(call: ReportCall): ReportCall['evidence'] {
  const sign = call.decision === 'background' ? 1 : -1;
  return [...call.evidence].sort((a, b) => sign * (b.weight - a.weight)).slice(0, 1);
}

function totals({ summary: total }: Report): string {
  const calls = `${total.critical} critical, ${total.background} background, ${total.undecided} undecided`;
  return `${count(total.hooks, 'startup hook')}: ${calls}`;
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Every string of the report as a terminal may show it. */
function printableReport(report: Report): Report {
  return JSON.parse(JSON.stringify(report), (_, value: unknown) =>
    typeof value === 'string' ? printable(value) : value,
  ) as Report;
}
