import type { Category } from './decision.ts';
import type { TransformOptions } from './transform.ts';

/** The configuration, complete with defaults. Its source is `project/config`; what a user may write is its schema. */
export interface Config {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly languages: readonly string[];
  readonly frameworks: readonly string[];
  readonly transforms: readonly string[];
  readonly rules: readonly ConfigRule[];
  /** 0 to 1. Below it a heuristic decision is `undecided`. */
  readonly confidenceThreshold: number;
  /** Leave steps alone that only start a task of their own and return. */
  readonly leaveReturnsAtOnce: boolean;
  readonly options: TransformOptions;
  readonly helper: { readonly path?: string; readonly import?: string };
}

/** A user's decision for callees or categories. The first rule that matches wins. */
export interface ConfigRule {
  /** Globs over dotted callee names, as written or resolved: `*.warm_*`. */
  readonly callee?: string;
  readonly category?: Category;
  readonly decision: 'critical' | 'background';
  readonly reason?: string;
}
