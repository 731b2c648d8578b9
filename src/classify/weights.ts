/**
 * How much each observation weighs. The margin between the two sides goes through a logistic curve: 1 is a hint
 * (confidence 0.62), 2 a reason (0.73), 4 a strong one (0.88), 7 close to certain (0.97).
 */
export const weights = {
  loopsForEver: 6,
  onlyStartsTask: 1.5,
  noWorkInBody: 1,
  onlyLogs: 5,
  isDetached: 12,
  resetsSharedState: 5,
  deletesByAge: 2.5,
  readersCope: 0.8,
  isRepeated: 2,
  exitsOnFailure: 3,
  bodyExitsOnFailure: 1,
  survivesFailure: 0.7,
  bodySurvivesFailure: 0.4,
  handlerChangesState: 1.5,
  resultIsUsed: 1.5,
  publishesState: 1.5,
  leavesHook: 8,
  mustBeFirst: 2.5,
  registersRoutes: 5,
  knownCall: 2.5,
  bodyMakesKnownCall: 1.8,
  definesSchema: 2,
} as const;

/** Of the logistic curve. */
export const steepness = 0.5;

/** What a word or phrase counts for, by where it stands: in the callee's name it counts in full. */
export const places = {
  name: 1,
  receiverClass: 0.6,
  module: 0.4,
  comment: 0.5,
  log: 0.4,
  docstring: 0.5,
  phraseInComment: 1,
  phraseInDocstring: 1,
  phraseInLog: 0.8,
} as const;

/** What is left of a critical noun that a background verb works on. */
export const objectOfBackgroundVerb = 0.4;
