import type { ReportCall } from '../../../core/index.ts';
import { count } from '../count.ts';
import { decidedBy, type FoundCall, hazardsOf, keepsFromListening } from '../found-calls.ts';
import { within } from './budget.ts';
import { placeLink, type ShownLines } from './lines.ts';
import { type Html, html, nothing } from './markup.ts';

const LONGEST = 220_000;

/** The table of every call, with its filters: they work by script, which also shows them. */
export function decisions(calls: readonly FoundCall[], lines: ShownLines): Html {
  if (calls.length === 0) return html`<p>No startup hook awaits anything.</p>`;
  const { kept, cut } = within(
    calls.map((found) => ({ found, body: row(found, lines) })),
    LONGEST,
  );
  const note = cut
    ? html`<p>${count(calls.length - kept.length, 'more call')} in the JSON report, not shown here to keep this page small.</p>`
    : nothing;
  return html`${filters(calls)}
<div class="scroll" role="region" aria-label="Table of decisions" tabindex="0"><table class="decisions">
<thead><tr><th scope="col">Call</th><th scope="col">Decision</th><th scope="col">Why</th><th scope="col">Move</th></tr></thead>
${bodies(kept)}</table></div>${note}
`;
}

/** One body a hook, so that its head goes when none of its rows is shown. */
function bodies(rows: readonly { readonly found: FoundCall; readonly body: Html }[]): readonly Html[] {
  const byHook = new Map<FoundCall['hook'], { readonly found: FoundCall; readonly body: Html }[]>();
  for (const each of rows) byHook.set(each.found.hook, [...(byHook.get(each.found.hook) ?? []), each]);
  return [...byHook].map(([hook, own]) => {
    const path = own[0]?.found.file.path ?? '';
    return html`<tbody><tr><th scope="rowgroup" colspan="4"><code>${hook.name}</code> in <code>${path}:${hook.line}</code> (${hook.framework})</th></tr>
${own.map(({ body }) => body)}</tbody>
`;
  });
}

function filters(calls: readonly FoundCall[]): Html {
  const categories = [...new Set(calls.map(({ call }) => call.category))].sort();
  const option = (value: string) => html`<option value="${value}">${value}</option>`;
  return html`<form id="filters" role="search" aria-label="Filter the decisions" hidden>
<label>Verdict <select name="verdict"><option value="">all</option>${['critical', 'background', 'undecided'].map(option)}<option value="never">never returns</option></select></label>
<label>Category <select name="category"><option value="">all</option>${categories.map(option)}</select></label>
<label>Text <input type="search" name="text" autocomplete="off"></label>
<button type="reset">Show all</button>
<output id="shown" aria-live="polite">${count(calls.length, 'call')}</output>
</form>`;
}

function row({ file, call }: FoundCall, lines: ShownLines): Html {
  const never = keepsFromListening(call);
  return html`<tr data-verdict="${call.decision}${never ? ' never' : ''}" data-category="${call.category}">
<th scope="row"><code>${call.callee}</code><br>${placeLink(`${file.path}:${call.line}`, lines)}</th>
<td><span class="verdict ${call.decision}">${call.decision}</span>${never ? html` <strong class="verdict never">never returns</strong>` : nothing}<br>${call.category}, ${Math.round(call.confidence * 100)}\u00a0%</td>
<td>${call.reason}${evidence(call, lines)}</td>
<td>${move(call)}<br>decided by ${decidedBy[call.decidedBy]}${hazards(call)}</td></tr>
`;
}

function evidence(call: ReportCall, lines: ShownLines): Html {
  if (call.evidence.length === 0) return nothing;
  const items = call.evidence.map(({ what, weight, at }) => {
    const place = at === undefined ? nothing : html` (${placeLink(at, lines)})`;
    return html`<li>${weightOf(weight)}${what}${place}</li>`;
  });
  return html`<ul>${items}</ul>`;
}

/** What only tells, and weighs nothing, has no number. */
function weightOf(weight: number): Html {
  if (weight === 0) return nothing;
  return html`<span class="weight">${weight > 0 ? '+' : '−'}${Math.abs(weight)}</span> `;
}

function move(call: ReportCall): string {
  if (call.decision !== 'background') return 'stays awaited';
  if (call.moves) return `moves, ${call.applicability}`;
  return `${call.form === 'detached' ? 'stays as it is' : 'stays awaited'}, ${call.applicability}`;
}

function hazards(call: ReportCall): Html {
  const items = hazardsOf(call).map((hazard) => html`<li>${hazard}</li>`);
  return items.length === 0 ? nothing : html`<br>Hazards:<ul>${items}</ul>`;
}
