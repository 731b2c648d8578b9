import { count } from '../count.ts';

/** A part of a Markdown text: a head, and items that may be cut from the end. */
export interface Section {
  /** Lines above the items. */
  readonly head: readonly string[];
  readonly items: readonly string[];
  /** Lines below the items. */
  readonly foot?: readonly string[];
  /** What the items are, for saying how many were cut: `calls`. */
  readonly noun: string;
  /** Items of a lower rank are kept longer. */
  readonly rank: number;
}

/** The sections as one text of at most `limit` bytes, those of a low rank first to stay; what was cut is said where it stood. */
export function fitted(sections: readonly Section[], limit: number): string {
  const whole = render(sections, new Map(sections.map((section) => [section, section.items.length])));
  if (bytes(whole) <= limit) return whole;
  const kept = new Map<Section, number>();
  let left = limit - bytes(cutNote(sections.length));
  for (const section of [...sections].sort((a, b) => a.rank - b.rank)) {
    const head = bytes(lines(section, 0)) + BETWEEN;
    if (head > left) continue;
    const items = fittingItems(section, left - head);
    kept.set(section, items.length);
    left -= head + items.reduce((sum, item) => sum + bytes(item) + 1, 0);
  }
  const missing = sections.length - kept.size;
  return render(sections, kept) + (missing > 0 ? cutNote(missing) : '');
}

/** The empty line between two sections. */
const BETWEEN = 2;

function fittingItems({ items }: Section, room: number): readonly string[] {
  let left = room;
  const end = items.findIndex((item) => {
    left -= bytes(item) + 1;
    return left < 0;
  });
  return end < 0 ? items : items.slice(0, end);
}

function cutNote(parts: number): string {
  return `\n*… and ${count(parts, 'more part')} of this report, cut here: GitHub takes no longer text.*\n`;
}

function render(sections: readonly Section[], kept: ReadonlyMap<Section, number>): string {
  const shown = sections.flatMap((section) => {
    const items = kept.get(section);
    return items === undefined ? [] : [lines(section, items)];
  });
  return `${shown.join('\n\n')}\n`;
}

function lines({ head, items, foot = [], noun }: Section, kept: number): string {
  const cut = items.length - kept;
  const said = cut > 0 ? ['', `*… and ${cut} more ${noun}, cut here: GitHub takes no longer text.*`] : [];
  return [...head, ...items.slice(0, kept), ...said, ...foot].join('\n');
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
