import type { ReportSource } from '../report-source.ts';
import { within } from './budget.ts';
import { type Html, html } from './markup.ts';

/** Bytes of a list; a longer one ends with a count. */
const LONGEST = 20_000;

/** What was left alone, what is removed, and what could not be handled, with the reasons. */
export function leftAlone({ report, leftAlone: unread = [] }: ReportSource): readonly Html[] {
  const notes = report.files.flatMap(({ path, hooks = [] }) =>
    hooks.flatMap(({ name, line, notes: said }) =>
      said.map((note) => html`<code>${name}</code> in <code>${path}:${line}</code>: ${note}`),
    ),
  );
  const scripts = report.files
    .filter(({ kind }) => kind === 'standalone')
    .map(({ path, why = 'runs no server' }) => html`<code>${path}</code>: ${why}`);
  const remarks = report.files.flatMap(({ path, removedRemarks = [] }) =>
    removedRemarks.map(({ line, text }) => html`<code>${path}:${line}</code>: <code>${text}</code>`),
  );
  const traps = report.files.flatMap(({ path, traps: found = [] }) =>
    found.map(({ code, line, title, what }) => html`<b>${code}</b> <code>${path}:${line}</code>: ${what}. ${title}.`),
  );
  return [
    list(
      'Not handled',
      report.errors.map(({ path, message }) => html`<code>${path}</code>: ${message}`),
    ),
    list('Traps', traps),
    list('Removed remarks', remarks),
    list('Notes', notes),
    list('Standalone scripts, left alone', scripts),
    list(
      'Files that were not looked at',
      unread.map(({ path, why }) => html`<code>${path}</code>: ${why}`),
    ),
  ].flat();
}

function list(title: string, items: readonly Html[]): readonly Html[] {
  if (items.length === 0) return [];
  const { kept, cut } = within(
    items.map((item) => ({ body: html`<li>${item}</li>\n` })),
    LONGEST,
  );
  const more = cut ? [html`<li>… and ${items.length - kept.length} more</li>`] : [];
  return [html`<h3>${title}</h3>\n<ul>${[...kept.map(({ body }) => body), ...more]}</ul>\n`];
}
