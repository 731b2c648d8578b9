import { type Edit, type FileFacts, replace, type ThresholdAssignment } from '../../../core/index.ts';
import { commentAbove } from './comments.ts';

/** The number that the configuration asks for, a whole one as it was; with the reason above its line. */
export function raiseThreshold({ rule, text, range }: ThresholdAssignment, facts: FileFacts): readonly Edit[] {
  const isWhole = !text.includes('.') || !Number.isInteger(rule.atLeast);
  const number = `${rule.atLeast}${isWhole ? '' : '.0'}`;
  return [
    replace(range, number),
    ...(rule.reason === undefined ? [] : [commentAbove(range.start, rule.reason, facts)]),
  ];
}
