import { createHash } from 'node:crypto';
import { version } from '../version.ts';
import { count } from './count.ts';
import { type FoundCall, foundCalls, keepsFromListening } from './found-calls.ts';
import { hookFacts } from './hook-facts.ts';
import { within } from './html/budget.ts';
import { decisions } from './html/decisions.ts';
import { diffs } from './html/diffs.ts';
import { excerpts } from './html/excerpts.ts';
import { leftAlone } from './html/left-alone.ts';
import { placeLink, type ShownLines, shownLines } from './html/lines.ts';
import { type Html, html, nothing, trusted } from './html/markup.ts';
import { script } from './html/script.ts';
import { style } from './html/style.ts';
import { type DrawnHook, timelines } from './html/timelines.ts';
import { type ReportSource, textsOf } from './report-source.ts';

/** Bytes of the list of calls that never return. */
const LONGEST_ALARM = 10_000;

/** The report as one page that needs nothing else: no network, no file beside it. */
export function htmlPage(source: ReportSource): string {
  const calls = foundCalls(source.report);
  const lines = shownLines();
  const changes = diffs(source.changes, lines);
  const texts = textsOf(source);
  const code = excerpts(source.report, (path) => texts.get(path) ?? source.read(path), lines);
  const left = leftAlone(source);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>What startup waits for</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
<header><h1>What startup waits for</h1>
${overview(source, calls)}
<nav aria-label="Parts of the report"><a href="#timelines">Timelines</a> <a href="#decisions">Decisions</a> <a href="#changes">Changes</a>${left.length > 0 ? html` <a href="#left">Left alone</a>` : nothing}</nav></header>
<main id="main">
${neverReturning(calls, lines)}<section aria-labelledby="timelines"><h2 id="timelines">Timelines</h2>
${timelines(drawnHooks(calls, source))}</section>
<section aria-labelledby="decisions"><h2 id="decisions">Decisions</h2>
${decisions(calls, lines)}</section>
<section aria-labelledby="changes"><h2 id="changes">Changes</h2>
${changes}</section>
${left.length > 0 ? html`<section aria-labelledby="left"><h2 id="left">Left alone, and removed</h2>\n${left}</section>\n` : nothing}${code}</main>
<footer>startup-codemod ${version()}</footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.markup;
}

/** Nothing is loaded, sent or run, apart from the page's own style and script. */
function policy(): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}

function overview({ report, mode }: ReportSource, calls: readonly FoundCall[]): Html {
  const moved = calls.filter(({ call }) => call.moves).length;
  const { hooks, critical, background, undecided } = report.summary;
  return html`<p>A server does not listen until its startup hook returns. In ${count(hooks, 'startup hook')}, ${critical} of ${count(calls.length, 'call')} must be waited for, ${background} can run in the background, ${undecided} could not be decided. ${moved} ${mode === 'write' ? 'moved' : 'would move'} into tracked background tasks.</p>`;
}

function neverReturning(calls: readonly FoundCall[], lines: ShownLines): Html {
  const found = calls.filter(({ call }) => keepsFromListening(call));
  if (found.length === 0) return nothing;
  const items = found.map(({ file, call }) => {
    const state = call.moves ? 'moves into the background' : 'is still awaited';
    const place = placeLink(`${file.path}:${call.line}`, lines);
    return { body: html`<li><code>${call.callee}</code> at ${place} ${state}</li>` };
  });
  const { kept, cut } = within(items, LONGEST_ALARM);
  const more = cut ? html`<li>… and ${found.length - kept.length} more</li>` : nothing;
  return html`<section class="alarm" aria-labelledby="never"><h2 id="never">${count(found.length, 'awaited call')} never return${found.length === 1 ? 's' : ''}</h2>
<p>As long as one is awaited, the server does not listen.</p><ul>${kept.map(({ body }) => body)}${more}</ul></section>
`;
}

function drawnHooks(calls: readonly FoundCall[], source: ReportSource): readonly DrawnHook[] {
  const hooks = [...new Set(calls.map(({ hook }) => hook))];
  return hooks.flatMap((hook) => {
    const own = calls.filter((found) => found.hook === hook);
    const file = own[0]?.file;
    if (!file) return [];
    return [{ title: `${hook.name} (${file.path}:${hook.line})`, calls: own, facts: hookFacts(source, file, hook) }];
  });
}
