import type { ReportCall, StartupHook } from '../../../core/index.ts';
import { count } from '../count.ts';
import { type FoundCall, keepsFromListening } from '../found-calls.ts';
import { within } from './budget.ts';
import { type Html, html, nothing } from './markup.ts';
import { type BarKind, type Course, courseAfter, courseBefore } from './timeline.ts';

const LONGEST = 100_000;
const [ROW, HEAD, LABEL, PANEL, GAP] = [24, 44, 270, 330, 40];
/** The widest slot, so that two calls do not fill a page. */
const WIDEST = 90;
/** A bar that can still be seen. */
const THINNEST = 2;
/** Room behind the last slot, in which the server listens. */
const TAIL = 60;
/** Characters of a callee that fit before its bar. */
const LABEL_LENGTH = 30;

const legend: readonly (readonly [BarKind, string])[] = [
  ['waits', 'startup waits, and has to'],
  ['needless', 'startup waits, and need not'],
  ['undecided', 'startup waits, undecided'],
  ['never', 'never returns'],
  ['unreached', 'never reached'],
  ['background', 'in the background'],
];

/** A hook of the report, with its calls and its facts. */
export interface DrawnHook {
  readonly title: string;
  readonly calls: readonly FoundCall[];
  readonly facts: StartupHook | undefined;
}

/** The startup of every hook before and after the change. */
export function timelines(hooks: readonly DrawnHook[]): Html {
  const { kept, cut } = within(
    hooks.map((hook, at) => ({ body: timeline(hook, at) })),
    LONGEST,
  );
  const note = cut
    ? html`<p>${count(hooks.length - kept.length, 'more hook')} not drawn, to keep this page small.</p>`
    : nothing;
  const swatches = legend.map(
    ([kind, text]) =>
      html`<li><svg width="28" height="14" aria-hidden="true"><rect class="bar ${kind}" x="1" y="1" width="26" height="12" rx="3"/></svg> ${text}</li>`,
  );
  return html`<p>Every call has the same width: how long one takes is not known.</p>
<ul class="legend">${swatches}</ul>
${kept.map(({ body }) => body)}${note}`;
}

function timeline({ title, calls: found, facts }: DrawnHook, at: number): Html {
  const calls = found.map(({ call }) => call);
  const [before, after] = [courseBefore(calls, facts), courseAfter(calls, facts)];
  const slots = Math.max(...[before, after].flatMap(({ bars }) => bars.map(({ start }) => start + 1)));
  const slot = Math.min(WIDEST, Math.floor((10 * (PANEL - TAIL)) / slots) / 10);
  const [width, height] = [LABEL + 2 * PANEL + GAP, HEAD + calls.length * ROW + 6];
  const said = `Before: ${inWords(before, calls)} After: ${inWords(after, calls)}`;
  return html`<figure><figcaption><code>${title}</code>. ${said}</figcaption>
<div class="scroll" role="region" aria-label="Timeline of ${title}" tabindex="0">
<svg class="timeline" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="timeline-${at}">
<title id="timeline-${at}">Startup of ${title} before and after</title>
${calls.map(label)}${panel('Before', before, LABEL, slot, height)}${panel('After', after, LABEL + PANEL + GAP, slot, height)}</svg></div></figure>
`;
}

/** What the picture shows, for those who cannot see it. */
function inWords({ bars, listensAt }: Course, calls: readonly ReportCall[]): string {
  if (listensAt === undefined) {
    const never = calls.filter((call, at) => keepsFromListening(call) && bars[at]?.kind === 'never');
    return `the server never listens, since ${never.map(({ callee }) => callee).join(' and ')} never returns.`;
  }
  const waiting = bars.filter(({ kind }) => kind === 'waits' || kind === 'needless' || kind === 'undecided').length;
  return `the server listens after ${count(waiting, 'call')}.`;
}

function label({ callee, line }: ReportCall, at: number): Html {
  const shown = callee.length > LABEL_LENGTH ? `…${callee.slice(1 - LABEL_LENGTH)}` : callee;
  return html`<text class="label" x="0" y="${HEAD + at * ROW + 16}"><title>${callee}, line ${line}</title>${shown}</text>\n`;
}

function panel(name: string, { bars, listensAt }: Course, x: number, slot: number, height: number): Html {
  const end = x + PANEL;
  const drawn = bars.map(({ start, kind, isOpen }, at) => {
    const left = Math.round(x + start * slot);
    const y = HEAD + at * ROW + 4;
    const width = isOpen ? end - left - 8 : Math.max(slot - 3, THINNEST);
    const tip = isOpen ? html`<path class="tip ${kind}" d="M${end - 8} ${y}l8 8l-8 8z"/>` : nothing;
    return html`<rect class="bar ${kind}" x="${left + 1}" y="${y}" width="${Math.round(width)}" height="16" rx="3"/>${tip}\n`;
  });
  const line = Math.round(x + (listensAt ?? 0) * slot);
  const listens =
    listensAt === undefined
      ? html`<text class="head blocked" x="${end}" y="31" text-anchor="end">never listens</text>`
      : html`<line class="listens" x1="${line}" x2="${line}" y1="36" y2="${height}"/><text class="head" x="${line}" y="31">listening</text>`;
  return html`<text class="head" x="${x}" y="14">${name}</text><line class="axis" x1="${x}" x2="${x}" y1="36" y2="${height}"/>${drawn}${listens}\n`;
}
