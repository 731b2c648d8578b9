import type { Colors } from 'picocolors/types.js';
import type { Report, ReportCall, ReportFile, ReportHook, ReportThreshold, ReportTrap } from '../../core/index.ts';
import { printable } from '../printable.ts';
import { count } from './count.ts';
import { hazardsOf, keepsFromListening, leadingEvidence } from './found-calls.ts';

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
    ...standaloneLines(report.files, options),
    ...report.errors.map((error) => `${colors.red('not handled')}  ${error.path}: ${error.message}`),
    totals(report),
    ...options.closing,
  ];
  return `${lines.join('\n')}\n`;
}

function fileLines(file: ReportFile, options: SummaryOptions): readonly string[] {
  const { colors } = options;
  const hooks = (file.hooks ?? []).filter((hook) => hook.form !== 'shutdown-event' || hook.notes.length > 0);
  const remarks = (file.removedRemarks ?? []).map(
    (remark) =>
      `    ${colors.dim('removed remark')} line ${remark.line}: ${remark.text.replaceAll(/\s*\n\s*/g, ' ⏎ ')}`,
  );
  const thresholds = (file.thresholds ?? []).flatMap((threshold) => thresholdLine(threshold, file, options));
  const traps = (file.traps ?? []).map((trap) => trapLine(trap, file, options));
  if (hooks.length + remarks.length + thresholds.length + traps.length === 0) return [];
  return [...hooks.flatMap((hook) => hookLines(hook, file, options)), ...remarks, ...thresholds, ...traps, ''];
}

function trapLine({ code, line, what }: ReportTrap, file: ReportFile, { colors }: SummaryOptions): string {
  return `${colors.bold(`${file.path}:${line}`)}  ${colors.yellow(code)} ${what}`;
}

function thresholdLine(threshold: ReportThreshold, file: ReportFile, { colors, verbose }: SummaryOptions) {
  const { line, name, value, atLeast, state } = threshold;
  if (state === 'enough' && !verbose) return [];
  const place = colors.bold(`${file.path}:${line}`);
  const said = {
    low: `is ${value}, less than ${atLeast}`,
    enough: `is ${value}, which is enough`,
    computed: `is computed (${value}): see that it is at least ${atLeast}`,
  };
  return [`${place}  ${name} ${said[state]}`];
}

/** Standalone scripts, those nearest to the root first. */
function standaloneLines(files: readonly ReportFile[], { colors, verbose }: SummaryOptions): readonly string[] {
  const depth = (file: ReportFile) => file.path.split('/').length;
  const scripts = files.filter((file) => file.kind === 'standalone').sort((a, b) => depth(a) - depth(b));
  if (scripts.length === 0) return [];
  const shown = verbose ? scripts : scripts.slice(0, SHOWN_SCRIPTS);
  const more = scripts.length - shown.length;
  return [
    'Standalone scripts, left alone:',
    ...shown.map((file) => `    ${colors.bold(file.path)}  ${file.why}`),
    ...(more > 0 ? [`    … and ${more} more; --verbose lists them`] : []),
    '',
  ];
}

const SHOWN_SCRIPTS = 20;

function hookLines(hook: ReportHook, file: ReportFile, options: SummaryOptions): readonly string[] {
  const { colors } = options;
  const title = `${colors.bold(`${file.path}:${hook.line}`)}  ${hook.name} (${hook.framework}, ${hook.form})`;
  const nothing = hook.calls.length === 0 && hook.form !== 'shutdown-event' ? ['    awaits nothing'] : [];
  return [
    title,
    ...hook.notes.map((note) => `    note: ${note}`),
    ...nothing,
    ...hook.calls.filter((call) => call.wraps === undefined).flatMap((call) => callLines(call, options)),
  ];
}

function callLines(call: ReportCall, options: SummaryOptions): readonly string[] {
  const { colors, verbose } = options;
  const line = `    ${verdictOf(call, colors)}  ${String(call.line).padStart(4)}  ${call.callee}`;
  const cost = keepsFromListening(call)
    ? [`          ${colors.red('never returns')}: the server cannot listen while it is awaited`]
    : [];
  const evidence = verbose ? call.evidence : leadingEvidence(call, 3);
  return [
    line,
    ...cost,
    ...evidence.map((item) => colors.dim(`          ${item.what}${item.at === undefined ? '' : ` (${item.at})`}`)),
    ...hazardsOf(call).map((hazard) => colors.yellow(`          hazard: ${hazard}`)),
  ];
}

function verdictOf(call: ReportCall, colors: Colors): string {
  if (call.decision === 'critical') return colors.blue('critical  ');
  if (call.decision === 'undecided') return colors.magenta('undecided ');
  return call.applicability === 'safe'
    ? colors.green('background')
    : colors.yellow(`background, ${call.applicability}`);
}

function totals({ summary: total }: Report): string {
  const calls = `${total.critical} critical, ${total.background} background, ${total.undecided} undecided`;
  return `${count(total.hooks, 'startup hook')}: ${calls}`;
}

/** Every string of the report as a terminal may show it. */
function printableReport(report: Report): Report {
  return JSON.parse(JSON.stringify(report), (_, value: unknown) =>
    typeof value === 'string' ? printable(value) : value,
  ) as Report;
}
