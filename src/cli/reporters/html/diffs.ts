import { type AlignedLines, alignedHunks, type FileChange } from '../../../core/index.ts';
import { within } from './budget.ts';
import { highlightedLines } from './highlight.ts';
import type { ShownLines } from './lines.ts';
import { type Html, html, nothing } from './markup.ts';

const LONGEST = 350_000;

/** The changed files side by side; the old lines become targets of links. */
export function diffs(changes: readonly FileChange[], lines: ShownLines): Html {
  if (changes.length === 0) return html`<p>Nothing is changed.</p>`;
  const { kept, cut } = within(pieces(changes, lines), LONGEST);
  for (const { path, shown } of kept) for (const line of shown) lines.add(path, line);
  const missing = changes.slice(kept.length).map(({ path }) => html`<li><code>${path}</code></li>`);
  const note = cut
    ? html`<p>Too long to be shown here; <code>--dry-run</code> prints them:</p><ul>${missing}</ul>`
    : nothing;
  return html`${kept.map(({ body }) => body)}${note}`;
}

/** Changed files before those that are made, each drawn only when there is room for it. */
function* pieces(changes: readonly FileChange[], lines: ShownLines) {
  const changed = changes.filter(({ before }) => before !== undefined);
  for (const change of [...changed, ...changes.filter(({ before }) => before === undefined)]) {
    const hunks = alignedHunks(change);
    const shown = hunks.flat().flatMap(({ before }) => before ?? []);
    const body = change.before === undefined ? newFile(change) : sideBySide(change, hunks, lines);
    yield { path: change.path, shown, body };
  }
}

function sideBySide(change: FileChange, hunks: readonly (readonly AlignedLines[])[], lines: ShownLines): Html {
  const before = highlightedLines(change.path, change.before ?? '');
  const after = highlightedLines(change.path, change.after ?? '');
  const row = (aligned: AlignedLines) => {
    const id = aligned.before === undefined ? nothing : html` id="${lines.idOf(change.path, aligned.before)}"`;
    const left = side(aligned.before, before, aligned.changed ? 'removed' : 'same');
    return html`<tr${id}>${left}${side(aligned.after, after, aligned.changed ? 'added' : 'same')}</tr>\n`;
  };
  return html`<h3><code>${change.path}</code></h3>
<div class="scroll" role="region" aria-label="Changes in ${change.path}" tabindex="0"><table class="code sides">
<thead><tr><th scope="col" colspan="2">Before</th><th scope="col" colspan="2">After</th></tr></thead>
${hunks.map((rows) => html`<tbody>\n${rows.map(row)}</tbody>\n`)}</table></div>
`;
}

/** A line of one side; its change is said in words, too, not by its colour alone. */
function side(line: number | undefined, texts: readonly Html[], kind: 'removed' | 'added' | 'same'): Html {
  if (line === undefined) return html`<td class="number empty"></td><td class="empty"></td>`;
  const said = kind === 'same' ? nothing : html`<span class="said">${kind}: </span>`;
  return html`<td class="number ${kind}">${line}</td><td class="${kind}">${said}<code>${texts[line - 1] ?? ''}</code></td>`;
}

function newFile({ path, after = '' }: FileChange): Html {
  const rows = highlightedLines(path, after.replace(/\n$/, '')).map(
    (text, at) => html`<tr><td class="number">${at + 1}</td><td><code>${text}</code></td></tr>\n`,
  );
  return html`<details><summary>New file <code>${path}</code>: the runtime helper that tracks the tasks</summary>
<div class="scroll" role="region" aria-label="New file ${path}" tabindex="0"><table class="code">
<thead><tr><th scope="col">Line</th><th scope="col">Text</th></tr></thead><tbody>
${rows}</tbody></table></div></details>
`;
}
