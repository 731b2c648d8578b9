import type { FileFacts, StartupHook } from '../../../core/index.ts';
import { isBlank, isComment, lineOf, lineStart, nextLine } from './text.ts';

/** Start of the line at which the body of a hook begins, comments included; `undefined` for a body on the line of its `def`. */
export function topOfBody(hook: StartupHook, facts: FileFacts): number | undefined {
  const { text } = facts.file;
  let start = lineStart(text, hook.body.start);
  if (!isBlank(text.slice(start, hook.body.start))) return undefined;
  for (let above = start; above > hook.range.start; start = above) {
    above = lineStart(text, above - 1);
    const line = lineOf(text, above);
    if (!isBlank(line) && !isComment(line)) break;
  }
  while (isBlank(lineOf(text, start))) start = nextLine(text, start);
  return start;
}
