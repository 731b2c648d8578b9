/**
 * Text from a source file as a terminal may show it: control characters and those that reorder text are written out
 * (`\x1b`, `\u202e`), so that no file can move the cursor, hide a line or rename what is shown. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(HARMFUL, (c) => {
    const code = c.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff]/g;
