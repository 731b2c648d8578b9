import { transformIds, transforms } from '../transforms/index.ts';
import { languages } from './languages/index.ts';

export type { Analysis } from './analyse.ts';
export { applyPlan, changedFiles, changesOf, planRewrites, recoverEarlierRun, undoRun } from './apply.ts';
export { type Overrun, overruns } from './budget.ts';
export { type ChecklistPlace, type ChecklistPoint, checklistOf } from './checklist.ts';
export type * from './core/index.ts';
export { compareFindings, countFindings, UserError, unifiedDiff } from './core/index.ts';
export { explain } from './explain.ts';
export { findingsOf } from './findings.ts';
export { init } from './init.ts';
export type { Picks, Plan, PlannedFile } from './plan.ts';
export {
  type ConfigFormat,
  configWithRules,
  dirtyFiles,
  endSession,
  type FileToWrite,
  findRoots,
  type GitSelection,
  hasBaseline,
  hashOf,
  type ReviewSession,
  readBaseline,
  type SavedTurn,
  savedTurns,
  startSession,
  writeBaseline,
} from './project/index.ts';
export * from './project/repository/index.ts';
export { type PlannedCommit, type SplitBy, splitPlan } from './pull-request.ts';
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
export { type Scan, type ScanOptions, scan, scanAround } from './scan.ts';
export { type TrapKind, traps } from './traps/index.ts';
export type { VerifiedPlan } from './verify.ts';
export { transforms };

/** What the names of source files end with. */
export const sourceExtensions = languages.flatMap((language) => language.extensions);

/** The ids that options and configuration may name. */
export const choices = {
  languages: languages.map((language) => language.id),
  frameworks: languages.flatMap((language) => language.frameworks),
  transforms: transformIds,
};
