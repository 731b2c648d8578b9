import type { Remark, StartupHook, TextRange } from '../../../core/index.ts';
import { isPragma, isRemarkText, saysDisabled, saysForNow } from '../../wording/remark-words.ts';
import type { PythonModule } from '../modules/definition.ts';
import { type Comment, commentsOf, directiveOf } from '../tree/comments.ts';
import { disabledCallIn, isCode, openBrackets, wordsBehindCode } from './commented-code.ts';

/** The "TODO / temporarily disabled" comments of a file. Strings and docstrings hold none. */
export function findRemarks(module: PythonModule, hooks: readonly StartupHook[]): Remark[] {
  const comments = [...commentsOf(module.root, module.text).values()].sort((left, right) => left.line - right.line);
  const blocks = blocksOf(comments, module.text).filter((block) => !block.some((one) => LEGAL.test(one.text)));
  const inHook = (range: TextRange) =>
    hooks.some(
      (hook) => hook.path === module.path && hook.range.start <= range.start && range.end <= hook.range.end + 2,
    );
  return blocks.flatMap(remarksIn).map((remark) => {
    const range = removedRange(remark, module.text);
    const disabled = disabledCallIn(remark.map((comment) => comment.text));
    return {
      line: remark[0]?.line ?? 1,
      range,
      text: remark.map((comment) => module.text.slice(comment.start, comment.end)).join('\n'),
      inHook: inHook({ start: remark[0]?.start ?? 0, end: remark.at(-1)?.end ?? 0 }),
      ...(disabled ? { disabledCall: disabled } : {}),
    };
  });
}

const LEGAL = /\b(copyright|licen[sc]e|spdx|all rights reserved)\b/i;

/** Comment lines that stand together at one depth; a trailing comment is a block of its own. */
function blocksOf(comments: readonly Comment[], text: string): Comment[][] {
  const blocks: Comment[][] = [];
  for (const comment of comments) {
    const last = blocks.at(-1)?.at(-1);
    const together = last?.isWholeLine && comment.isWholeLine && comment.line === last.line + 1;
    if (together && columnOf(comment, text) === columnOf(last, text)) blocks.at(-1)?.push(comment);
    else blocks.push([comment]);
  }
  return blocks;
}

function columnOf(comment: Comment, text: string): number {
  return comment.start - text.lastIndexOf('\n', comment.start - 1);
}

/** The remarks of a block: each a marker with its continuation lines and the code that it disables. */
function remarksIn(block: readonly Comment[]): Comment[][] {
  const remarks: Comment[][] = [];
  for (let at = 0; at < block.length; at++) {
    if (!isRemark(block, at)) continue;
    const before = codeBefore(block, at, remarks.at(-1)?.at(-1));
    const end = endOfRemark(block, at);
    remarks.push(block.slice(at - before, end));
    at = end - 1;
  }
  return remarks;
}

function isRemark(block: readonly Comment[], at: number): boolean {
  const comment = block[at];
  if (!comment || directiveOf(comment)) return false;
  // `# await warm_cache()  # for now`: the words count, not the strings of the code.
  if (isCode(comment.text))
    return isRemarkText(wordsBehindCode(comment.text)) || saysForNow(wordsBehindCode(comment.text));
  if (isRemarkText(comment.text)) return true;
  return saysForNow(comment.text) && (isCodeAt(block, at + 1) || isCodeAt(block, at - 1));
}

function isCodeAt(block: readonly Comment[], at: number): boolean {
  const comment = block[at];
  return comment !== undefined && isCode(comment.text);
}

/** `# await warm_cache()` above `# temporarily disabled, too slow`. */
function codeBefore(block: readonly Comment[], at: number, taken: Comment | undefined): number {
  if (isCodeAt(block, at + 1) || !saysDisabled(block[at]?.text ?? '')) return 0;
  let count = 0;
  while (isCodeAt(block, at - count - 1) && block[at - count - 1] !== taken) count++;
  return count;
}

function endOfRemark(block: readonly Comment[], at: number): number {
  let end = at + 1;
  while (end < block.length && continues(block.slice(at, end), block[end])) end++;
  return end;
}

/** Whether a line goes on with a remark: the rest of its sentence, or the code that it disables. */
function continues(remark: readonly Comment[], next: Comment | undefined): boolean {
  const [first] = remark;
  const last = remark.at(-1);
  if (!next || !first || !last || next.text === '' || isPragma(next.text) || directiveOf(next)) return false;
  const code = remark.slice(remark.findIndex(({ text }, at) => isCode(text) && (at > 0 || remark.length === 1)));
  const inCode = isCode(last.text) || code.length < remark.length;
  if (inCode && openBrackets(code.map(({ text }) => text)) > 0) return true;
  if (isRemarkText(next.text)) return false;
  if (isCode(next.text)) return true;
  if (inCode) return next.indent > (code[0]?.indent ?? first.indent);
  return next.indent > first.indent || /^[\p{Ll}\p{P}\d]/u.test(next.text) || UNFINISHED.test(last.text);
}

const UNFINISHED = /(,|\(|-|\b(and|or|the|a|an|to|of|for|with|in|is|by|we|this|that))$/i;

/** Whole lines with their line end, one blank line with them where two would meet; or a trailing comment with the blanks before it. */
function removedRange(remark: readonly Comment[], text: string): TextRange {
  const first = remark[0];
  const last = remark.at(-1);
  if (!first || !last) return { start: 0, end: 0 };
  if (!first.isWholeLine) return { start: text.slice(0, first.start).trimEnd().length, end: first.end };
  const start = text.lastIndexOf('\n', first.start - 1) + 1;
  const end = lineEnd(text, last.end);
  const follows = /^[ \t]*\r?\n/.exec(text.slice(end));
  const meets = follows && /(^|\n)[ \t]*\r?\n$/.test(text.slice(Math.max(0, start - 400), start));
  return { start, end: meets ? end + follows[0].length : end };
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}
