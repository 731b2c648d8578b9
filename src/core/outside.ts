import type { TextRange } from './source-file.ts';

/** What a run looks for outside of hooks, in any file: only what it was asked for, since it costs reading more files. */
export interface Sought {
  /** Tasks and promises that nobody keeps, in handlers and services. */
  readonly danglingTasks: boolean;
  readonly thresholds: readonly ThresholdRule[];
}

/** A named number that the configuration raises. */
export interface ThresholdRule {
  /** The name that it is assigned to: `high_memory_mb`. */
  readonly name: string;
  readonly atLeast: number;
  readonly reason?: string;
}

/** What a front end found outside of hooks. */
export interface OutsideFacts {
  readonly danglingTasks: readonly DanglingTask[];
  readonly thresholds: readonly ThresholdAssignment[];
}

/** A task or promise whose value nobody keeps. */
export interface DanglingTask {
  readonly line: number;
  /** The whole statement, without indentation and line end. */
  readonly range: TextRange;
  readonly indent: string;
  /** Dotted name of what runs in it, as written: `send_email`. */
  readonly callee: string;
}

/** A place at which a threshold of the configuration is given its value. */
export interface ThresholdAssignment {
  readonly line: number;
  readonly rule: ThresholdRule;
  /** The range of the number; missing where the value is computed elsewhere. */
  readonly value?: { readonly range: TextRange; readonly number: number };
}
