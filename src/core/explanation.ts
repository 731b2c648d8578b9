import type { Category, Decision } from './decision.ts';
import type { FileKind } from './facts.ts';
import type { StartupCall, StartupHook, StartupStep } from './startup.ts';

/** What a run knows of a file, or of one line of it. */
export interface Explanation {
  readonly path: string;
  readonly line?: number;
  readonly language?: string;
  /** Missing: the file was not looked at. */
  readonly kind?: FileKind;
  /** The startup calls of the file, or those that the line belongs to. */
  readonly steps: readonly ExplainedStep[];
  /** What is there instead, and why: sentences. */
  readonly notes: readonly string[];
}

/** One step with everything that its decision rests on. */
export interface ExplainedStep {
  readonly hook: StartupHook;
  readonly step: StartupStep;
  /** The calls that share the decision; the first one names the step. */
  readonly calls: readonly StartupCall[];
  readonly decision: Decision;
  readonly threshold: number;
  /** The row of the matrix, and the side that it gives. */
  readonly row: { readonly category: Category; readonly side: 'critical' | 'background' };
  /** Who decided, as a sentence. */
  readonly decidedBy: string;
  /** What would change the decision or let it be written, a sentence each. */
  readonly ways: readonly string[];
}
