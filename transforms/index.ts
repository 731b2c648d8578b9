import type { Transform } from '../src/core/index.ts';
import { explainDecisions } from './explain-decisions.ts';
import { guardShutdownSteps } from './guard-shutdown-steps.ts';
import { keepLogLinesTrue } from './keep-log-lines-true.ts';
import { onEventToLifespan } from './on-event-to-lifespan.ts';
import { raiseThresholds } from './raise-thresholds.ts';
import { readinessEndpoints } from './readiness-endpoints.ts';
import { removeTemporaryRemarks } from './remove-temporary-remarks.ts';
import { runInBackground } from './run-in-background.ts';
import { trackDanglingTasks } from './track-dangling-tasks.ts';

/** Every transform, in the order in which their rewrites are applied. */
export const transforms: readonly Transform[] = [
  // First: where another rewrite would overlap a move, the move stays.
  runInBackground,
  // After the moves that it speaks for, and recorded after them.
  keepLogLinesTrue,
  // After the moves: it is safe alone, but the condition that a start has finished needs the move.
  guardShutdownSteps,
  // After both: comments speak of what moves.
  explainDecisions,
  // In a run of its own.
  onEventToLifespan,
  // For the tasks that the moves have made.
  readinessEndpoints,
  // Outside of hooks, which the moves are about.
  trackDanglingTasks,
  // Numbers, wherever they stand: nothing else touches them.
  raiseThresholds,
  // Last: a remark inside a statement that is rewritten gives way to it.
  removeTemporaryRemarks,
];

/** What `--transform` and the configuration may name; `defaults` stands for the transforms that need not be asked for. */
export const transformIds: readonly string[] = ['defaults', ...transforms.map(({ id }) => id)];
