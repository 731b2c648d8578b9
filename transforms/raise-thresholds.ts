import {
  type FileFacts,
  isTooLow,
  type Rewrite,
  replace,
  type Syntax,
  type ThresholdAssignment,
  type Transform,
} from '../src/core/index.ts';

/**
 * Raises numbers that the configuration calls too low, where they are assigned.
 *
 * ```diff
 *      thresholds = {
 * +        # Loaded models take 1.2 GB.
 * -        "high_memory_mb": 1000,
 * +        "high_memory_mb": 2000,
 * ```
 *
 * Safe: the configuration asks for this number by name. A value that is computed elsewhere is reported, never replaced.
 */
export const raiseThresholds: Transform = {
  id: 'raise-thresholds',
  description: 'Raise the numbers that `thresholds` of the configuration names, where they are assigned',
  subject: 'Raise thresholds that are too low',
  rewriteFile(facts, syntax) {
    return facts.thresholds.filter(isTooLow).map((assignment) => rewriteOf(assignment, facts, syntax));
  },
};

function rewriteOf({ rule, text, range }: ThresholdAssignment, facts: FileFacts, syntax: Syntax): Rewrite {
  const { name, atLeast, reason } = rule;
  const raised = replace(range, numberLike(text, atLeast));
  const edits = reason === undefined ? [raised] : [raised, syntax.commentAbove(range.start, reason, facts)];
  return {
    transform: 'raise-thresholds',
    title: `Raise ${name} from ${text} to ${atLeast}`,
    applicability: 'safe',
    edits: edits.map((edit) => ({ ...edit, path: facts.file.path })),
    creates: [],
  };
}

/** `2000.0` in the place of `1000.0`: in Python the two are of different types. */
function numberLike(text: string, number: number): string {
  return text.includes('.') && Number.isInteger(number) ? `${number}.0` : `${number}`;
}
