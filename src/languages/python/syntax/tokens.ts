import type { TextRange } from '../../../core/index.ts';

/** A string or comment of a text. */
export interface Token extends TextRange {
  readonly kind: 'string' | 'format-string' | 'comment';
}

const TOKEN = /#[^\r\n]*|([A-Za-z]{0,2})("""|'''|"|')/y;

/** Strings and comments between two offsets; the first must stand outside of both. */
export function stringsAndComments(text: string, start = 0, end = text.length): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = start; at < end; ) {
    const token = tokenAt(text, at);
    if (token) tokens.push(token);
    at = token ? token.end : afterWord(text, at);
  }
  return tokens;
}

/** The parts of multi-line strings that must keep their indentation. */
export function verbatimIn(text: string, range: TextRange): readonly TextRange[] {
  return stringsAndComments(text, range.start, range.end).filter(
    (token) => token.kind !== 'comment' && text.slice(token.start, token.end).includes('\n'),
  );
}

/** Offsets of the commas of an argument list that separate its arguments. */
export function separators(text: string, range: TextRange): readonly number[] {
  const skipped = stringsAndComments(text, range.start, range.end);
  const found: number[] = [];
  let depth = 0;
  for (let at = range.start; at < range.end; at++) {
    const token = skipped.find((entry) => entry.start === at);
    if (token) at = token.end - 1;
    else if ('([{'.includes(text.charAt(at))) depth++;
    else if (')]}'.includes(text.charAt(at))) depth--;
    else if (text[at] === ',' && depth === 0) found.push(at);
  }
  return found;
}

/** The arguments of a list, without the blanks around them. */
export function argumentsIn(text: string, range: TextRange): readonly string[] {
  const ends = [...separators(text, range), range.end];
  const parts = ends.map((end, index) =>
    text.slice(index === 0 ? range.start : (ends[index - 1] ?? 0) + 1, end).trim(),
  );
  return parts.filter((part) => part !== '');
}

function tokenAt(text: string, at: number): Token | undefined {
  TOKEN.lastIndex = at;
  const match = TOKEN.exec(text);
  if (!match) return undefined;
  if (match[2] === undefined) return { kind: 'comment', start: at, end: TOKEN.lastIndex };
  const end = endOfString(text, TOKEN.lastIndex, match[2]);
  return { kind: /f/i.test(match[1] ?? '') ? 'format-string' : 'string', start: at, end };
}

function endOfString(text: string, start: number, quotes: string): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quotes, at)) return at + quotes.length;
    else if (quotes.length === 1 && text[at] === '\n') return at;
  }
  return text.length;
}

/** A word is passed whole, so that the `r` of `for"…"` is no prefix. */
function afterWord(text: string, at: number): number {
  const word = /\w+/y;
  word.lastIndex = at;
  return word.test(text) && !/["']/.test(text.charAt(word.lastIndex)) ? word.lastIndex : at + 1;
}
