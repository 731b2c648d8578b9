import type { Report, ReportCall } from '../index.ts';

/** What the runner reports of a file: what was decided where something changes or is open, and what could not be handled. */
export function messagesOf(report: Report): readonly string[] {
  const calls = report.files.flatMap(({ hooks = [] }) => hooks.flatMap((hook) => hook.calls));
  const told = calls.filter((call) => call.wraps === undefined && isTold(call));
  const removed = report.files.flatMap(({ removedRemarks = [] }) => removedRemarks);
  return [
    ...told.map((call) => `line ${call.line}: ${call.callee}: ${wordOf(call)}: ${call.reason}`),
    ...removed.map(({ line, text }) => `line ${line}: removed remark: ${text}`),
    ...report.errors.map(({ message }) => `not handled: ${message}`),
  ].map(onOneLine);
}

function isTold({ decision, form, cost }: ReportCall): boolean {
  return decision !== 'critical' || (cost === 'never-returns' && form !== 'detached');
}

function wordOf({ decision, applicability }: ReportCall): string {
  if (decision !== 'background') return decision;
  return applicability === 'safe' ? 'background' : `background (${applicability}, stays as it is unless asked for)`;
}

/** Control characters of a source do not reach the terminal. */
function onOneLine(message: string): string {
  return message.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '\ufffd');
}
