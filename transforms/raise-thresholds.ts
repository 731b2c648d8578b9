import type { FileFacts, Rewrite, Syntax, ThresholdAssignment, Transform } from '../src/core/index.ts';

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
    return facts.thresholds
      .filter(({ number, rule }) => number !== undefined && number < rule.atLeast)
      .map((assignment) => rewriteOf(assignment, facts, syntax));
  },
};

function rewriteOf(assignment: ThresholdAssignment, facts: FileFacts, syntax: Syntax): Rewrite {
  const { name, atLeast } = assignment.rule;
  return {
    transform: 'raise-thresholds',
    title: `Raise ${name} from ${assignment.text} to ${atLeast}`,
    applicability: 'safe',
    edits: syntax.raiseThreshold(assignment, facts).map((edit) => ({ ...edit, path: facts.file.path })),
    creates: [],
  };
}
