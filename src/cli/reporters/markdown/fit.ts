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

/** The sections as one text of at most `limit` bytes; what was cut is said where it stood. */
export function fitted(sections: readonly Section[], limit: number): string {
  const whole = render(
    sections,
    sections.map(({ items }) => items.length),
  );
  if (bytes(whole) <= limit) return whole;
  const kept = sections.map(() => 0);
  let left = limit - bytes(render(sections, kept));
  for (const at of inOrderOfRank(sections)) {
    for (const item of sections[at]?.items ?? []) {
      const size = bytes(item) + 1;
      if (size > left) break;
      left -= size;
      kept[at] = (kept[at] ?? 0) + 1;
    }
  }
  return render(sections, kept);
}

function render(sections: readonly Section[], kept: readonly number[]): string {
  return `${sections.map((section, at) => lines(section, kept[at] ?? 0).join('\n')).join('\n\n')}\n`;
}

function lines({ head, items, foot = [], noun }: Section, kept: number): readonly string[] {
  const cut = items.length - kept;
  const said = cut > 0 ? ['', `*… and ${cut} more ${noun}, cut here: GitHub takes no longer text.*`] : [];
  return [...head, ...items.slice(0, kept), ...said, ...foot];
}

function inOrderOfRank(sections: readonly Section[]): readonly number[] {
  return sections.map((_, at) => at).sort((a, b) => (sections[a]?.rank ?? 0) - (sections[b]?.rank ?? 0));
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
