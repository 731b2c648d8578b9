/** How a file is written. New text keeps to it. */
export interface TextStyle {
  readonly eol: '\n' | '\r\n';
  /** One level of indentation: four blanks, a tab. */
  readonly indentUnit: string;
  readonly quote: '"' | "'";
  /** The project's line length, for wrapping comments and deciding when a call must be broken. */
  readonly lineLength: number;
  /** Statements end with a semicolon; for languages in which they may. */
  readonly semicolons?: boolean;
  /** A comma after the last of several lines; `all` after the last argument too. */
  readonly trailingCommas?: 'none' | 'es5' | 'all';
  /** Whether a lone parameter of an arrow function stands in parentheses all the same. */
  readonly arrowParens?: 'always' | 'avoid';
}

/** The line ending that most lines of the text have; `\n` for a text of one line. */
export function dominantEol(text: string): '\n' | '\r\n' {
  const crlf = text.split('\r\n').length - 1;
  const lf = text.split('\n').length - 1 - crlf;
  return crlf > lf ? '\r\n' : '\n';
}
