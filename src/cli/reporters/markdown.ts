import { count } from './count.ts';
import { type FoundCall, foundCalls, keepsFromListening } from './found-calls.ts';
import { callTables } from './markdown/calls.ts';
import { checklistSections } from './markdown/checklist.ts';
import { code, plain } from './markdown/escape.ts';
import { fitted, type Section } from './markdown/fit.ts';
import { leftAloneSections } from './markdown/left-alone.ts';
import { reviewSections } from './markdown/review.ts';
import type { Findings } from './report-source.ts';

/** The longest body that GitHub takes for a pull request, in characters; counted in bytes here, which are never fewer. */
export const LONGEST_BODY = 65_536;

/** A pull request's body: what changes and why, every decision, what a reviewer looks at, how to take it back; `more` comes early in it. */
export function markdownReport(findings: Findings, more: readonly Section[] = []): string {
  const calls = foundCalls(findings.report);
  const sections = [
    overview(findings, calls),
    ...neverReturning(calls),
    ...more,
    ...callTables(findings.report),
    ...changedFiles(findings),
    ...removedRemarks(findings),
    ...traps(findings),
    ...leftAloneSections(findings, calls),
    ...checklistSections(findings),
    ...errors(findings),
    ...reviewSections(findings, calls),
  ];
  return fitted(sections, LONGEST_BODY);
}

function overview({ report, changes, mode }: Findings, calls: readonly FoundCall[]): Section {
  const moved = calls.filter(({ call }) => call.moves).length;
  const { critical, background, undecided, hooks } = report.summary;
  const title = moved > 0 ? `Move ${count(moved, 'startup call')} into the background` : 'What startup waits for';
  const verb = mode === 'write' ? 'moves' : 'would move';
  const what = [
    'A server does not listen until its startup hook returns: whoever uses it waits for everything that the hook awaits.',
    `In ${count(hooks, 'startup hook')}, ${critical} of ${count(calls.length, 'call')} must be waited for, ${background} can run in the background, and ${undecided} could not be decided and ${undecided === 1 ? 'stays' : 'stay'} awaited.`,
    changes.length > 0
      ? `This change ${verb} ${moved} of them into tracked background tasks, which start once the server listens; one that fails is logged and ends neither the server nor the others.`
      : 'Nothing is changed.',
  ];
  return { head: [`## ${title}`, '', what.join(' ')], items: [], noun: 'lines', rank: 0 };
}

function neverReturning(calls: readonly FoundCall[]): readonly Section[] {
  const found = calls.filter(({ call }) => keepsFromListening(call));
  if (found.length === 0) return [];
  const head = [
    '> [!CAUTION]',
    `> **${count(found.length, 'awaited call')} never return${found.length === 1 ? 's' : ''}: as long as one is awaited, the server does not listen.** What stands after it runs for the first time once it moves.`,
    '>',
  ];
  return [{ head, items: found.map(neverReturningLine), noun: 'calls that never return', rank: 1 }];
}

function neverReturningLine({ file, call }: FoundCall): string {
  const state = call.moves ? 'runs in the background from now on' : '**is still awaited**';
  const loop = call.evidence.find(({ at }) => at !== undefined)?.at;
  const seen = loop === undefined ? '' : `, its body at ${code(loop)}`;
  return `> - ${code(call.callee)} at ${code(`${file.path}:${call.line}`)}${seen}: ${state}`;
}

function changedFiles({ changes }: Findings): readonly Section[] {
  const items = changes.map(({ path, before }) =>
    before === undefined
      ? `- ${code(path)}: new, the runtime helper that tracks the tasks; no dependency`
      : `- ${code(path)}`,
  );
  return listed(['### Changed files', ''], items, 'files', 5);
}

function removedRemarks({ report }: Findings): readonly Section[] {
  const items = report.files.flatMap(({ path, removedRemarks = [] }) =>
    removedRemarks.map(({ line, text }) => `- ${code(`${path}:${line}`)}: ${code(text)}`),
  );
  const head = [
    '### Removed remarks',
    '',
    'Comments that said that something is temporary. Is one of them still to be done?',
    '',
  ];
  return listed(head, items, 'removed remarks', 4);
}

function traps({ report }: Findings): readonly Section[] {
  const items = report.files.flatMap(({ path, traps: found = [] }) =>
    found.map(({ code: id, line, what }) => `- **${id}** ${code(`${path}:${line}`)}: ${plain(what)}`),
  );
  const head = [
    '### Traps',
    '',
    'Ways to start a server that are known to go wrong; this change leaves them as they are. `startup-codemod explain CODE` says what goes wrong and what to write instead.',
    '',
  ];
  return listed(head, items, 'traps', 4);
}

function errors({ report }: Findings): readonly Section[] {
  const items = report.errors.map(({ path, message }) => `- ${code(path)}: ${plain(message)}`);
  return listed(['### Files that could not be handled', ''], items, 'files', 3);
}

/** A list below its head; nothing where it is empty. */
function listed(head: readonly string[], items: readonly string[], noun: string, rank: number): readonly Section[] {
  return items.length === 0 ? [] : [{ head, items, noun, rank }];
}
