import { printable } from '../../printable.ts';

/** A piece of HTML in which everything that came from elsewhere is escaped. */
export interface Html {
  readonly markup: string;
}

export type Value = Html | string | number | readonly Html[];

/** HTML from a template: every text that is put in is escaped, in elements and in quoted attributes; pieces of HTML are not. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: strings.map((text, at) => text + markupOf(values[at] ?? '')).join('') };
}

/** HTML that another program has made and escaped. */
export function trusted(markup: string): Html {
  return { markup };
}

export const nothing: Html = { markup: '' };

function markupOf(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(value);
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
