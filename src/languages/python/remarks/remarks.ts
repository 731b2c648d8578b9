import type { Remark, StartupHook, TextRange } from '../../../core/index.ts';
import { remarksIn } from '../../wording/remark-blocks.ts';
import { removedRange } from '../../wording/removed-text.ts';
import type { PythonModule } from '../modules/definition.ts';
import { type Comment, commentsOf } from '../tree/comments.ts';
import { disabledCallIn, isCode, wordsBehindCode } from './commented-code.ts';

/** The "TODO / temporarily disabled" comments of a file. Strings and docstrings hold none. */
export function findRemarks(module: PythonModule, hooks: readonly StartupHook[]): Remark[] {
  const comments = [...commentsOf(module.root, module.text).values()].sort((left, right) => left.line - right.line);
  const blocks = blocksOf(comments, module.text).filter((block) => !block.some((one) => LEGAL.test(one.text)));
  const inHook = (range: TextRange) =>
    hooks.some(
      (hook) => hook.path === module.path && hook.range.start <= range.start && range.end <= hook.range.end + 2,
    );
  return blocks
    .flatMap((block) => remarksIn(block, { isCode, wordsBehindCode }))
    .map((remark) => {
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
