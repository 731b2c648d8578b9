import type { EvidenceRule } from '../evidence-rule.ts';
import { calleeDefinesSchema } from './callee-defines-schema.ts';
import { calleeDeletesByAge } from './callee-deletes-by-age.ts';
import { calleeExitsOnFailure } from './callee-exits-on-failure.ts';
import { calleeHasNoWork } from './callee-has-no-work.ts';
import { calleeIsRepeated } from './callee-is-repeated.ts';
import { calleeLoopsForEver } from './callee-loops-for-ever.ts';
import { calleeMakesKnownCall } from './callee-makes-known-call.ts';
import { calleeOnlyLogs } from './callee-only-logs.ts';
import { calleeOnlyStartsATask } from './callee-only-starts-a-task.ts';
import { calleeResetsSharedState } from './callee-resets-shared-state.ts';
import { calleeSurvivesFailure } from './callee-survives-failure.ts';
import { commentSays } from './comment-says.ts';
import { docstringSays } from './docstring-says.ts';
import { failureIsSurvived } from './failure-is-survived.ts';
import { failureStopsStartup } from './failure-stops-startup.ts';
import { knownCall } from './known-call.ts';
import { logLineSays } from './log-line-says.ts';
import { moduleWords } from './module-words.ts';
import { mustComeFirst } from './must-come-first.ts';
import { nameWords } from './name-words.ts';
import { readersCopeWithoutIt } from './readers-cope-without-it.ts';
import { receiverClassWords } from './receiver-class-words.ts';
import { resultIsUsed } from './result-is-used.ts';
import { runsAsATaskAlready } from './runs-as-a-task-already.ts';
import { stepIsAGate } from './step-is-a-gate.ts';

/** All evidence rules. Their order does not matter: what they saw is summed up. */
export const evidenceRules: readonly EvidenceRule[] = [
  calleeDefinesSchema,
  calleeDeletesByAge,
  calleeExitsOnFailure,
  calleeHasNoWork,
  calleeIsRepeated,
  calleeLoopsForEver,
  calleeMakesKnownCall,
  calleeOnlyLogs,
  calleeOnlyStartsATask,
  calleeResetsSharedState,
  calleeSurvivesFailure,
  commentSays,
  docstringSays,
  failureIsSurvived,
  failureStopsStartup,
  knownCall,
  logLineSays,
  moduleWords,
  mustComeFirst,
  nameWords,
  readersCopeWithoutIt,
  receiverClassWords,
  resultIsUsed,
  runsAsATaskAlready,
  stepIsAGate,
];
