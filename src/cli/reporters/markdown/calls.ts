import type { Report, ReportCall, ReportFile, ReportHook } from '../../../core/index.ts';
import { decidedBy, hazardsOf, leadingEvidence } from '../found-calls.ts';
import { code, plain } from './escape.ts';
import type { Section } from './fit.ts';

const COLUMNS = ['Place', 'Call', 'Decision', 'Reason', 'Evidence', 'Move', 'Decided by'];
/** Pieces of evidence in a row: the rest is in the JSON report. */
const SHOWN_EVIDENCE = 3;

/** A table of every call for each hook. */
export function callTables(report: Report): readonly Section[] {
  const tables = report.files.flatMap((file) =>
    (file.hooks ?? []).filter(({ calls }) => calls.length > 0).map((hook) => tableOf(hook, file)),
  );
  const [first, ...others] = tables;
  return first ? [{ ...first, head: ['### Every call', '', ...first.head] }, ...others] : [];
}

function tableOf(hook: ReportHook, file: ReportFile): Section {
  const title = `**${code(hook.name)}** in ${code(`${file.path}:${hook.line}`)} (${plain(hook.framework)}, ${hook.form})`;
  const head = [title, '', row(COLUMNS), row(COLUMNS.map(() => '---'))];
  const calls = hook.calls.filter((call) => call.wraps === undefined);
  return { head, items: calls.map((call) => row(cells(call, file))), noun: 'calls', rank: 2 };
}

function cells(call: ReportCall, file: ReportFile): readonly string[] {
  return [
    code(`${file.path}:${call.line}`),
    code(call.callee),
    verdict(call),
    plain(call.reason),
    leadingEvidence(call, SHOWN_EVIDENCE).map(evidence).join('<br>') || 'none',
    move(call),
    decidedBy[call.decidedBy],
  ];
}

function verdict({ decision, category, confidence, cost }: ReportCall): string {
  const loud = cost === 'never-returns' ? '<br>**never returns**' : '';
  return `${decision}<br>${category}, ${Math.round(confidence * 100)} %${loud}`;
}

function evidence({ what, at }: ReportCall['evidence'][number]): string {
  return at === undefined ? plain(what) : `${plain(what)} (${code(at)})`;
}

/** What happens to the call, and what stands against it. */
function move(call: ReportCall): string {
  if (call.decision !== 'background') return 'stays awaited';
  const state = call.moves ? 'moves' : call.form === 'detached' ? 'stays as it is' : 'stays awaited';
  return [`${state}, ${call.applicability}`, ...hazardsOf(call).map(plain)].join('<br>');
}

function row(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}
