import type { TextRange } from '../../../core/index.ts';

/** A literal that must be kept as it is, or a comment. */
export interface Token extends TextRange {
  readonly kind: 'string' | 'template' | 'comment' | 'regex';
}

/** Strings, templates, regular expressions and comments between two offsets; the first must stand outside of them all. */
export function literalsAndComments(text: string, start = 0, end = text.length): Token[] {
  const tokens: Token[] = [];
  let before = '';
  for (let at = start; at < end; ) {
    const token = tokenAt(text, at, before);
    if (token) {
      tokens.push(token);
      if (token.kind !== 'comment') before = 'literal';
      at = token.end;
    } else {
      const word = wordAt(text, at);
      if (word.trim() !== '') before = word;
      at += word.length;
    }
  }
  return tokens;
}

/** Literals over several lines: what they say must not be indented. */
export function verbatimIn(text: string, range: TextRange): readonly TextRange[] {
  return literalsAndComments(text, range.start, range.end).filter(
    (token) => token.kind !== 'comment' && text.slice(token.start, token.end).includes('\n'),
  );
}

/** The text with blanks instead of comments, and of all literals but templates, which may hold code. Offsets stay. */
export function codeOf(text: string, start = 0, end = text.length): string {
  return blanked(text, start, end, (token) => token.kind !== 'template');
}

/** The text with blanks instead of comments and all literals: what is left of brackets opens and closes code. */
export function bracketsOf(text: string, start = 0, end = text.length): string {
  return blanked(text, start, end, () => true);
}

/** The elements of a list between brackets, without the blanks around them; comments stay with what follows them. */
export function elementsIn(list: string): readonly string[] {
  const code = bracketsOf(list);
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= code.length; at++) {
    const char = code.charAt(at);
    if ('([{'.includes(char) && char !== '') depth++;
    else if (')]}'.includes(char) && char !== '') depth--;
    else if (at === code.length || (char === ',' && depth === 0)) {
      parts.push(list.slice(from, at).trim());
      from = at + 1;
    }
  }
  return parts.filter((part) => part !== '');
}

/** The bracket that belongs to the one at the offset, in a text of `bracketsOf`; -1 where it stays open. */
export function matchingBracket(code: string, at: number): number {
  const step = '([{'.includes(code.charAt(at)) ? 1 : -1;
  let depth = 0;
  for (let index = at; index >= 0 && index < code.length; index += step) {
    if ('([{'.includes(code.charAt(index))) depth += step;
    else if (')]}'.includes(code.charAt(index))) depth -= step;
    if (depth === 0) return index;
  }
  return -1;
}

function blanked(text: string, start: number, end: number, goes: (token: Token) => boolean): string {
  let code = '';
  let at = start;
  for (const token of literalsAndComments(text, start, end).filter(goes)) {
    const literal = text.slice(token.start, Math.min(token.end, end));
    code += text.slice(at, token.start) + literal.replace(/[^\r\n]/g, token.kind === 'comment' ? ' ' : '_');
    at = token.start + literal.length;
  }
  return code + text.slice(at, end);
}

function tokenAt(text: string, at: number, before: string): Token | undefined {
  const char = text[at];
  if (char === '"' || char === "'") return { kind: 'string', start: at, end: endOfString(text, at) };
  if (char === '`') return { kind: 'template', start: at, end: endOfTemplate(text, at) };
  if (char === '#' && at === 0 && text[1] === '!') return { kind: 'comment', start: at, end: endOfLine(text, at) };
  if (char !== '/') return undefined;
  if (text[at + 1] === '/') return { kind: 'comment', start: at, end: endOfLine(text, at) };
  if (text[at + 1] === '*') {
    const close = text.indexOf('*/', at + 2);
    return { kind: 'comment', start: at, end: close < 0 ? text.length : close + 2 };
  }
  const end = endsValue(before) ? undefined : endOfRegex(text, at);
  return end === undefined ? undefined : { kind: 'regex', start: at, end };
}

/** What stands before a `/` that divides. */
function endsValue(before: string): boolean {
  if (/^(return|typeof|case|in|of|await|void|delete|throw|new|else|do|yield|instanceof)$/.test(before)) return false;
  return /[\p{L}\p{N}_$)\]}]$/u.test(before);
}

function endOfLine(text: string, at: number): number {
  const match = /[\r\n]/g;
  match.lastIndex = at;
  return match.exec(text)?.index ?? text.length;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at + 1;
    else if (text[at] === '\n') return at;
  }
  return text.length;
}

/** A template may hold code, and that code templates. */
function endOfTemplate(text: string, start: number): number {
  for (let at = start + 1; at < text.length; ) {
    if (text[at] === '\\') at += 2;
    else if (text[at] === '`') return at + 1;
    else if (text.startsWith('${', at)) at = endOfSubstitution(text, at + 2);
    else at++;
  }
  return text.length;
}

function endOfSubstitution(text: string, start: number): number {
  let before = '{';
  let depth = 1;
  for (let at = start; at < text.length; ) {
    const token = tokenAt(text, at, before);
    const word = token ? '' : wordAt(text, at);
    if (word === '{') depth++;
    if (word === '}' && --depth === 0) return at + 1;
    if (word.trim() !== '') before = word;
    else if (token && token.kind !== 'comment') before = 'literal';
    at = token ? token.end : at + word.length;
  }
  return text.length;
}

function endOfRegex(text: string, start: number): number | undefined {
  let inClass = false;
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at + 1 + (/^[a-z]*/.exec(text.slice(at + 1))?.[0].length ?? 0);
  }
  return undefined;
}

/** A whole word, or one character. */
function wordAt(text: string, at: number): string {
  const word = /[\p{L}\p{N}_$]+/uy;
  word.lastIndex = at;
  return word.exec(text)?.[0] ?? text.charAt(at);
}
