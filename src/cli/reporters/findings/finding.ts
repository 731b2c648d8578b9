import type { Rewrite, TextRange } from '../../../core/index.ts';
import type { Level, Rule } from './rules.ts';

/** One result of an analysis, as code scanning and annotations show it. */
export interface Finding {
  readonly rule: Rule;
  /** How grave it is here; less than its rule where a person has to look at hazards first. */
  readonly level: Level;
  readonly path: string;
  readonly line: number;
  /** What is marked; missing where only the line is known. */
  readonly range?: TextRange;
  readonly message: string;
  /** What it is known by from run to run: names, no line. */
  readonly key: readonly string[];
  /** Other lines that the message speaks of: what was seen there. */
  readonly seen: readonly { readonly what: string; readonly at: string }[];
  /** What would be written about it in this run. */
  readonly rewrite?: Rewrite;
}
