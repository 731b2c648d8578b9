import { count } from '../count.ts';
import { type FoundCall, hazardsOf } from '../found-calls.ts';
import type { Findings } from '../report-source.ts';
import { code, plain } from './escape.ts';
import type { Section } from './fit.ts';

/** What was left alone, and why: calls that a person has to decide, hooks that get advice only, scripts, unread files. */
export function leftAloneSections(findings: Findings, calls: readonly FoundCall[]): readonly Section[] {
  const parts = [undecided(calls), pending(calls), notes(findings), scripts(findings), unread(findings)];
  const [first, ...others] = parts.filter(({ items }) => items.length > 0);
  return first ? [{ ...first, head: ['### Left alone, and why', '', ...first.head] }, ...others] : [];
}

function undecided(calls: readonly FoundCall[]): Section {
  const items = calls
    .filter(({ call }) => call.decision === 'undecided')
    .map(({ file, call }) => `- ${code(call.callee)} at ${code(`${file.path}:${call.line}`)}: ${plain(call.reason)}`);
  const head = [
    `${count(items.length, 'undecided call')}, still awaited; a directive or a rule of the configuration decides:`,
    '',
  ];
  return { head, items, noun: 'calls', rank: 3 };
}

function pending(calls: readonly FoundCall[]): Section {
  const items = calls
    .filter(({ call }) => call.decision === 'background' && !call.moves && call.form !== 'detached')
    .map(({ file, call }) => {
      const why = hazardsOf(call).map(plain).join('; ') || 'not among the rewrites of this run';
      return `- ${code(call.callee)} at ${code(`${file.path}:${call.line}`)}, ${call.applicability}: ${why}`;
    });
  const head = [`${count(items.length, 'call')} that startup need not wait for, and that did not move:`, ''];
  return { head, items, noun: 'calls', rank: 3 };
}

function notes({ report }: Findings): Section {
  const items = report.files.flatMap((file) =>
    (file.hooks ?? []).flatMap((hook) =>
      hook.notes.map((note) => `- ${code(hook.name)} in ${code(`${file.path}:${hook.line}`)}: ${plain(note)}`),
    ),
  );
  return { head: ['Notes:', ''], items, noun: 'notes', rank: 6 };
}

function scripts({ report }: Findings): Section {
  const items = report.files
    .filter(({ kind }) => kind === 'standalone')
    .map(({ path, why = 'runs no server' }) => `- ${code(path)}: ${plain(why)}`);
  return folded(`${count(items.length, 'standalone script')}, byte for byte as before`, items, 'scripts', 7);
}

function unread({ leftAlone = [] }: Findings): Section {
  const items = leftAlone.map(({ path, why }) => `- ${code(path)}: ${plain(why)}`);
  return folded(`${count(items.length, 'file')} not looked at`, items, 'files', 8);
}

/** A list that is opened by whoever wants to see it. */
function folded(title: string, items: readonly string[], noun: string, rank: number): Section {
  const head = ['<details>', `<summary>${title}</summary>`, ''];
  return { head, items, foot: ['', '</details>'], noun, rank };
}
