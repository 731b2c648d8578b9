import { isPragma, isRemarkText, saysDisabled, saysForNow } from './remark-words.ts';

/** A line of comment, without its marks. */
export interface CommentLine {
  readonly text: string;
  /** Blanks between the mark and the text. */
  readonly indent: number;
}

/** How a language is told from prose. */
export interface CodeReader {
  /** The line is code: `await warm_cache()`. */
  isCode(text: string): boolean;
  /** What a second comment mark adds to a line of code: `for now` of `await warm_cache()  # for now`. */
  wordsBehindCode(text: string): string;
}

/** The remarks of comment lines that stand together: each a marker with its continuation lines and the code that it disables. */
export function remarksIn<Line extends CommentLine>(block: readonly Line[], code: CodeReader): Line[][] {
  const remarks: Line[][] = [];
  for (let at = 0; at < block.length; at++) {
    if (!isRemark(block, at, code)) continue;
    const before = codeBefore(block, at, remarks.at(-1)?.at(-1), code);
    const end = endOfRemark(block, at, code);
    remarks.push(block.slice(at - before, end));
    at = end - 1;
  }
  return remarks;
}

/** Brackets that lines of code open and leave open. */
export function openBrackets(lines: readonly string[]): number {
  const text = lines.join(' ');
  return text.split(/[([{]/).length - text.split(/[)\]}]/).length;
}

/** A call with the lines up to its last parenthesis. */
export function balancedCall(call: string, following: readonly string[]): string {
  let text = call;
  for (const line of following) {
    if (openBrackets([text]) <= 0) break;
    text += ` ${line}`;
  }
  return text;
}

function isRemark(block: readonly CommentLine[], at: number, code: CodeReader): boolean {
  const text = block[at]?.text ?? '';
  // `# await warm_cache()  # for now`: the words count, not the strings of the code.
  if (code.isCode(text)) return isRemarkText(code.wordsBehindCode(text)) || saysForNow(code.wordsBehindCode(text));
  if (isRemarkText(text)) return true;
  return saysForNow(text) && (isCodeAt(block, at + 1, code) || isCodeAt(block, at - 1, code));
}

function isCodeAt(block: readonly CommentLine[], at: number, code: CodeReader): boolean {
  const line = block[at];
  return line !== undefined && code.isCode(line.text);
}

/** `# await warm_cache()` above `# temporarily disabled, too slow`. */
function codeBefore(
  block: readonly CommentLine[],
  at: number,
  taken: CommentLine | undefined,
  code: CodeReader,
): number {
  if (isCodeAt(block, at + 1, code) || !saysDisabled(block[at]?.text ?? '')) return 0;
  let count = 0;
  while (isCodeAt(block, at - count - 1, code) && block[at - count - 1] !== taken) count++;
  return count;
}

function endOfRemark(block: readonly CommentLine[], at: number, code: CodeReader): number {
  let end = at + 1;
  while (end < block.length && continues(block.slice(at, end), block[end], code)) end++;
  return end;
}

/** Whether a line goes on with a remark: the rest of its sentence, or the code that it disables. */
function continues(remark: readonly CommentLine[], next: CommentLine | undefined, { isCode }: CodeReader): boolean {
  const [first] = remark;
  const last = remark.at(-1);
  if (!next || !first || !last || next.text === '' || isPragma(next.text)) return false;
  const code = remark.slice(remark.findIndex(({ text }, at) => isCode(text) && (at > 0 || remark.length === 1)));
  const inCode = isCode(last.text) || code.length < remark.length;
  if (inCode && openBrackets(code.map(({ text }) => text)) > 0) return true;
  if (isRemarkText(next.text)) return false;
  if (isCode(next.text)) return true;
  if (inCode) return next.indent > (code[0]?.indent ?? first.indent);
  return next.indent > first.indent || /^[\p{Ll}\p{P}\d]/u.test(next.text) || UNFINISHED.test(last.text);
}

const UNFINISHED = /(,|\(|-|\b(and|or|the|a|an|to|of|for|with|in|is|by|we|this|that))$/i;
