import { transforms } from '../transforms/index.ts';
import { languages } from './languages/index.ts';

export type { Analysis } from './analyse.ts';
export { applyPlan, changedFiles, changesOf, planRewrites, recoverEarlierRun } from './apply.ts';
export type * from './core/index.ts';
export { UserError, unifiedDiff } from './core/index.ts';
export type { Picks, Plan, PlannedFile } from './plan.ts';
export {
  configWithRules,
  dirtyFiles,
  endSession,
  type FileToWrite,
  hashOf,
  type ReviewSession,
  type SavedTurn,
  savedTurns,
  startSession,
} from './project/index.ts';
export { reportOf } from './report.ts';
export {
  type Answer,
  type Answers,
  answered,
  type Change,
  isAccepting,
  isMoving,
  noProgress,
  type Progress,
  undone,
} from './review/answer.ts';
export type { ReviewItem } from './review/items.ts';
export type { Review } from './review/open-review.ts';
export { carriedOver, type Prints } from './review/prints.ts';
export { reviewScan } from './review/review-scan.ts';
export { type SuggestedRule, suggestedRule } from './review/suggested-rule.ts';
export { type Scan, type ScanOptions, scan } from './scan.ts';
export type { VerifiedPlan } from './verify.ts';
export { transforms };

/** The ids that options and configuration may name. */
export const choices = {
  languages: languages.map((language) => language.id),
  frameworks: languages.flatMap((language) => language.frameworks),
  transforms: transforms.map((transform) => transform.id),
};
