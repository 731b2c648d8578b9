/**
 * Text from a source file as a terminal may show it: control characters and those that reorder or hide text are written out
 * (`\x1b`, `\u202e`), so that no file can move the cursor, hide a line or rename what is shown. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(UNSEEN, writtenOut);
}

/**
 * Controls, marks of direction (https://unicode.org/reports/tr9/#Directional_Formatting_Characters), blanks of no width and tags.
 * The joiners U+200C and U+200D stay: Persian and emoji are written with them.
 */
export const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

function writtenOut(character: string): string {
  const digits = (character.codePointAt(0) ?? 0).toString(16);
  if (digits.length <= 2) return `\\x${digits.padStart(2, '0')}`;
  return digits.length <= 4 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
}
