import { SyntaxKind } from 'ts-morph';
import type { Remark, StartupHook, TextRange } from '../../../core/index.ts';
import { remarksIn } from '../../wording/remark-blocks.ts';
import { removedRange } from '../../wording/removed-text.ts';
import type { SourceModule } from '../modules/definition.ts';
import { type Comment, commentsOf } from '../tree/comments.ts';
import { disabledCallIn, isCode, wordsBehindCode } from './commented-code.ts';

/**
 * The "TODO / temporarily disabled" comments of a file; strings, templates, JSDoc and JSX comments hold none. Code that is switched off
 * in another way, by `if (false)`, is code: only the comment beside it goes, since what the condition encloses is the user's to delete.
 */
export function findRemarks(module: SourceModule, hooks: readonly StartupHook[]): Remark[] {
  const comments = [...commentsOf(module).values()].sort((left, right) => left.line - right.line);
  const found = [...lineRemarks(comments, module.text), ...blockRemarks(comments, module)];
  return found
    .filter((remark) => !fillsBlock(remark, module.text))
    .toSorted((left, right) => startOf(left) - startOf(right))
    .map((remark) => describeRemark(remark, module, hooks));
}

/** A line of a remark, with the blanks between its mark and its text. */
interface RemarkLine extends Comment {
  readonly indent: number;
}

function describeRemark(remark: readonly RemarkLine[], module: SourceModule, hooks: readonly StartupHook[]): Remark {
  const { text } = module;
  const disabled = disabledCallIn(remark.map((line) => line.text));
  const range = { start: startOf(remark), end: remark.at(-1)?.end ?? 0 };
  return {
    line: remark[0]?.line ?? 1,
    range: removedRange(remark, text),
    text: remark.map(({ start, end }) => text.slice(start, end).trim()).join('\n'),
    inHook: hooks.some((hook) => hook.path === module.path && holds(hook.range, range)),
    ...(disabled ? { disabledCall: disabled } : {}),
  };
}

/** `catch { // TODO: tell the user }`: a linter takes an empty block for a mistake, and the comment for a reason. */
function fillsBlock(remark: readonly RemarkLine[], text: string): boolean {
  const { start, end } = removedRange(remark, text);
  return /\{\s*$/.test(text.slice(Math.max(0, start - 400), start)) && /^\s*\}/.test(text.slice(end, end + 400));
}

function startOf(remark: readonly RemarkLine[]): number {
  return remark[0]?.start ?? 0;
}

/** A comment behind the last brace of a hook belongs to it. */
function holds(hook: TextRange, range: TextRange): boolean {
  return hook.start <= range.start && range.end <= hook.end + 2;
}

function lineRemarks(comments: readonly Comment[], text: string): RemarkLine[][] {
  const lines = comments.filter(({ kind }) => kind === 'line').map((comment) => withIndent(comment, text));
  return blocksOf(lines, text)
    .filter((block) => !block.some((line) => LEGAL.test(line.text)))
    .flatMap((block) => remarksIn(block, { isCode, wordsBehindCode }));
}

const LEGAL = /\b(copyright|licen[sc]e|spdx|all rights reserved)\b/i;

/** Comment lines that stand together at one depth; a trailing comment is a block of its own. */
function blocksOf(lines: readonly RemarkLine[], text: string): RemarkLine[][] {
  const blocks: RemarkLine[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1)?.at(-1);
    const together = last?.isWholeLine && line.isWholeLine && line.line === last.line + 1;
    if (together && columnOf(line, text) === columnOf(last, text)) blocks.at(-1)?.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function columnOf({ start }: Comment, text: string): number {
  return start - text.lastIndexOf('\n', start - 1);
}

/** Block comments that are one remark from their first line to their last; those that say anything else stay. */
function blockRemarks(comments: readonly Comment[], module: SourceModule): RemarkLine[][] {
  const wholes = new Map<number, Comment[]>();
  for (const line of comments)
    if (line.kind === 'block') wholes.set(line.whole.start, [...(wholes.get(line.whole.start) ?? []), line]);
  const inJsx = jsxExpressions(module);
  return [...wholes.values()].flatMap((lines) => {
    const said = lines.filter(({ text }) => text !== '').map((line) => withIndent(line, module.text));
    const [remark, ...more] = remarksIn(said, { isCode, wordsBehindCode });
    const isAll = remark?.length === said.length && more.length === 0;
    const whole = lines[0]?.whole;
    if (!isAll || !whole || !endsLine(whole, module.text) || inJsx.some((range) => holds(range, whole))) return [];
    return said.some((line) => LEGAL.test(line.text)) ? [] : [lines.map((line) => withIndent(line, module.text))];
  });
}

/** Code behind the comment in its last line would move. */
function endsLine({ end }: TextRange, text: string): boolean {
  return /^[ \t]*(\r?\n|$)/.test(text.slice(end));
}

/** `{/* … *\/}` */
function jsxExpressions({ root, path }: SourceModule): readonly TextRange[] {
  if (!/x$/.test(path) && !/\.[cm]?js$/.test(path)) return [];
  return root
    .getDescendantsOfKind(SyntaxKind.JsxExpression)
    .filter((node) => !node.getExpression())
    .map((node) => ({ start: node.getStart(), end: node.getEnd() }));
}

function withIndent(comment: Comment, text: string): RemarkLine {
  const source = text.slice(comment.start, comment.end);
  return { ...comment, indent: /^\s*(\/\/+|\/\*+|\*+)?\s*/.exec(source)?.[0].length ?? 0 };
}
