import type { Colors } from 'picocolors/types.js';
import stringWidth from 'string-width';
import { printable } from '../printable.ts';

/** How a piece of text looks; the words that plain mode uses instead stand in the text itself. */
export type Look =
  | 'title'
  | 'dim'
  | 'good'
  | 'warning'
  | 'bad'
  | 'place'
  | 'added'
  | 'removed'
  | 'added-word'
  | 'removed-word';

export interface Span {
  readonly text: string;
  readonly look?: Look;
}

/** One line of text before it is fitted to a width. */
export type Line = readonly Span[];

const TAB = '    ';

/** A line of one look. Control characters of a source are written out. */
export function line(text: string, look?: Look): Line {
  return [span(text, look)];
}

export function span(text: string, look?: Look): Span {
  const shown = printable(text).replaceAll('\t', TAB).replaceAll('\n', ' ⏎ ');
  return { text: shown, ...(look === undefined ? {} : { look }) };
}

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The line as lines of at most `width` cells; a character that is wider by itself stands alone. */
export function wrapped(source: Line, width: number): readonly Line[] {
  const lines: Span[][] = [[]];
  let used = 0;
  for (const { text, look } of source) {
    for (const { segment } of segments.segment(text)) {
      const cells = stringWidth(segment);
      if (used > 0 && used + cells > width) {
        lines.push([]);
        used = 0;
      }
      add(lines.at(-1) ?? [], segment, look);
      used += cells;
    }
  }
  return lines;
}

function add(to: Span[], segment: string, look: Look | undefined): void {
  const last = to.at(-1);
  if (last && last.look === look) to[to.length - 1] = { ...last, text: last.text + segment };
  else to.push({ text: segment, ...(look === undefined ? {} : { look }) });
}

export function painted(source: Line, colors: Colors): string {
  return source.map(({ text, look }) => (look === undefined ? text : paint(text, look, colors))).join('');
}

function paint(text: string, look: Look, colors: Colors): string {
  switch (look) {
    case 'title':
      return colors.bold(text);
    case 'dim':
      return colors.dim(text);
    case 'good':
    case 'added':
      return colors.green(text);
    case 'warning':
      return colors.yellow(text);
    case 'bad':
    case 'removed':
      return colors.red(text);
    case 'place':
      return colors.cyan(text);
    case 'added-word':
      return colors.inverse(colors.green(text));
    case 'removed-word':
      return colors.inverse(colors.red(text));
  }
}
