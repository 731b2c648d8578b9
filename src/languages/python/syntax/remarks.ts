import { type Edit, type FileFacts, type Remark, remove } from '../../../core/index.ts';
import { isBlank, lineAbove, lineOf, lineStart, nextLine } from './text.ts';

/** Removes a remark; where blank lines above and below would meet, the one below goes with it. */
export function removeRemark(remark: Remark, facts: FileFacts): readonly Edit[] {
  const { text } = facts.file;
  const { start, end } = remark.range;
  if (start !== lineStart(text, start) || end !== lineStart(text, end)) return [remove(remark.range)];
  const above = lineAbove(facts, start);
  const meets =
    end < text.length && isBlank(lineOf(text, end)) && (above === undefined || isBlank(above) || opensBlock(above));
  return [remove({ start, end: meets ? nextLine(text, end) : end })];
}

function opensBlock(line: string): boolean {
  return /:\s*(#.*)?$/.test(line);
}
