import { printable } from '../../printable.ts';

/** Longer texts are clipped: a table is read by people, the JSON report has everything. */
const LONGEST = 400;

/**
 * Text of a source file as plain Markdown text of one line: nothing in it is markup, a link, a mention, a reference to an issue
 * or the end of a table's cell. Such characters are written as references, which never structure a text
 * (https://github.github.com/gfm/#entity-and-numeric-character-references).
 */
export function plain(text: string): string {
  return oneLine(text).replace(MARKUP, (mark) =>
    /^[@#]$|-$/.test(mark) ? `${references(mark)}${NO_WIDTH}` : references(mark),
  );
}

/** Marks anywhere; a colon in a link or `:emoji:`; a mention and its kin; and what makes a list of a line that it begins. */
const MARKUP =
  /[\\`*[\]<>&|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=[^\s\d])|[@#](?=[\w-])|\bwww\.|\bGH-(?=\d)|^[-+#]|(?<=^\d+)[.)]/giu;

/** Text of a source file as code within a line, in a table's cell too. GitHub looks for no mention or reference in it. */
export function code(text: string): string {
  const line = oneLine(text);
  if (/^[\w.:/()'", -]*[\w)'"]$/.test(line) && /^[\w'"(./]/.test(line)) return `\`${line}\``;
  return `<code>${line.replace(/[^\p{L}\p{N}\s⏎,/-]/gu, references)}</code>`;
}

/** Between a mark and its name, so that the two are no mention of a person and no reference to an issue. */
const NO_WIDTH = '&#8203;';

function references(text: string): string {
  return [...text].map((character) => `&#${character.codePointAt(0)};`).join('');
}

function oneLine(text: string): string {
  const line = printable(text.replaceAll(/\s*[\r\n]+\s*/g, ' ⏎ '))
    .replaceAll('\t', ' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
