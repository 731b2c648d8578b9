import type { Category } from './decision.ts';
import type { ThresholdRule } from './threshold.ts';
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
  readonly maxBlockingCalls: StartupBudget;
  readonly thresholds: readonly ThresholdRule[];
  /** Paths of the endpoints that `readiness-endpoints` adds, and the steps without which an app is not ready. */
  readonly readiness: { readonly ready: string; readonly startup: string; readonly required: readonly string[] };
  readonly helper: { readonly path?: string; readonly import?: string };
}

/** How many startup calls may stay awaited; what is missing is not limited. */
export interface StartupBudget {
  /** In all hooks together. */
  readonly total?: number;
  /** In any hook that none of `hooks` matches. */
  readonly perHook?: number;
  /** For hooks by a glob over `path:name`; the first one that matches counts. */
  readonly hooks: readonly { readonly matches: string; readonly calls: number }[];
}

/** A user's decision for callees or categories. The first rule that matches wins. */
export interface ConfigRule {
  /** Globs over dotted callee names, as written or resolved: `*.warm_*`. */
  readonly callee?: string;
  readonly category?: Category;
  readonly decision: 'critical' | 'background';
  readonly reason?: string;
}
