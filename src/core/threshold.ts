import type { TextRange } from './source-file.ts';

/** A named number that is too low for this application, as the configuration says. */
export interface ThresholdRule {
  /** The name that it is assigned to, exactly: `high_memory_mb`. */
  readonly name: string;
  readonly atLeast: number;
  readonly reason?: string;
}

/** A place at which such a name is given its value. */
export interface ThresholdAssignment {
  readonly rule: ThresholdRule;
  readonly line: number;
  /** The value as written: `1000`, `os.environ["HIGH_MEMORY_MB"]`. */
  readonly text: string;
  readonly range: TextRange;
  /** Missing: it is computed elsewhere. */
  readonly number?: number;
}

/** A number that is there, and is to be raised. */
export function isTooLow({ number, rule }: ThresholdAssignment): boolean {
  return number !== undefined && number < rule.atLeast;
}
