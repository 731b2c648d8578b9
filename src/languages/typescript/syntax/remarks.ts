import { type Edit, type FileFacts, type Remark, remove } from '../../../core/index.ts';
import { lineStart, nextLine } from '../tree/text-ranges.ts';
import { isBlank, lineAbove, lineOf } from './text.ts';

/** Removes a remark; where blank lines would meet, or stand at the edge of a block, they go with it. */
export function removeRemark(remark: Remark, facts: FileFacts): readonly Edit[] {
  const { text } = facts.file;
  const { start, end } = remark.range;
  if (start !== lineStart(text, start) || end !== lineStart(text, end)) return [remove(remark.range)];
  const above = lineAbove(facts, start);
  const below = end < text.length ? lineOf(text, end) : '';
  if (end < text.length && isBlank(below) && (above === undefined || isBlank(above) || /[{[(]\s*$/.test(above)))
    return [remove({ start, end: nextLine(text, end) })];
  const closes = /^\s*[}\])]/.test(below) && above !== undefined && isBlank(above) && start > 0;
  return [remove({ start: closes ? lineStart(text, start - 1) : start, end })];
}
