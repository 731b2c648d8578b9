import type { Report } from '../../../core/index.ts';
import { within } from './budget.ts';
import { highlightedLines } from './highlight.ts';
import { placeOf, type ShownLines } from './lines.ts';
import { type Html, html, nothing } from './markup.ts';

const LONGEST = 120_000;
/** Lines shown above and below one that the evidence names. */
const AROUND = 3;

/** The lines that the report speaks of and no diff shows, with a few around them; they become targets of links. */
export function excerpts(report: Report, read: (path: string) => string | undefined, lines: ShownLines): Html {
  const { kept, cut } = within(pieces(report, read, lines), LONGEST);
  for (const { path, shown } of kept) for (const line of shown) lines.add(path, line);
  if (kept.length === 0) return nothing;
  const note = cut ? html`<p>More of them are not shown here, to keep this page small.</p>` : nothing;
  return html`<section aria-labelledby="code"><h2 id="code">Lines that decided</h2>
${kept.map(({ body }) => body)}${note}</section>
`;
}

function* pieces(report: Report, read: (path: string) => string | undefined, lines: ShownLines) {
  for (const [path, named] of namedLines(report)) {
    const wanted = [...named].filter((line) => !lines.has(path, line));
    const text = wanted.length > 0 ? read(path) : undefined;
    if (text === undefined) continue;
    const texts = highlightedLines(path, text);
    const shown = around(wanted, texts.length).filter((line) => !lines.has(path, line));
    if (shown.length > 0) yield { path, shown, body: excerpt(path, shown, named, texts, lines) };
  }
}

/** Every place that a call or its evidence names, by file. */
function namedLines(report: Report): ReadonlyMap<string, ReadonlySet<number>> {
  const named = new Map<string, Set<number>>();
  const add = (path: string, line: number) => named.set(path, (named.get(path) ?? new Set()).add(line));
  for (const { path, hooks = [] } of report.files) {
    for (const call of hooks.flatMap(({ calls }) => calls)) {
      add(path, call.line);
      for (const { at } of call.evidence) {
        const place = at === undefined ? undefined : placeOf(at);
        if (place?.line !== undefined) add(place.path, place.line);
      }
    }
  }
  return named;
}

function around(wanted: readonly number[], last: number): readonly number[] {
  const shown = new Set<number>();
  for (const line of wanted)
    for (let at = Math.max(1, line - AROUND); at <= Math.min(last, line + AROUND); at++) shown.add(at);
  return [...shown].sort((a, b) => a - b);
}

function excerpt(
  path: string,
  shown: readonly number[],
  named: ReadonlySet<number>,
  texts: readonly Html[],
  lines: ShownLines,
): Html {
  const rows = shown.map((line, at) => {
    const gap =
      at > 0 && shown[at - 1] !== line - 1 ? html`<tr class="gap"><td class="number">⋮</td><td></td></tr>\n` : nothing;
    const kind = named.has(line) ? html` class="named"` : nothing;
    return html`${gap}<tr id="${lines.idOf(path, line)}"${kind}><td class="number">${line}</td><td><code>${texts[line - 1] ?? ''}</code></td></tr>\n`;
  });
  return html`<h3><code>${path}</code></h3>
<div class="scroll" role="region" aria-label="Lines of ${path}" tabindex="0"><table class="code">
<thead><tr><th scope="col">Line</th><th scope="col">Text</th></tr></thead><tbody>
${rows}</tbody></table></div>
`;
}
