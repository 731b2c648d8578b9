import type { Cost } from './callee.ts';
import type { Applicability } from './rewrite.ts';
import type { Hazard } from './startup.ts';

export type Verdict = 'critical' | 'background' | 'undecided';

/** The rows of the decision matrix (design, section 4). `other`: none of them was recognised. */
export const CATEGORIES = [
  'database',
  'migration',
  'core-api',
  'auth',
  'security',
  'config',
  'secrets',
  'cleanup',
  'maintenance',
  'cache',
  'prefetch',
  'monitoring',
  'metrics',
  'telemetry',
  'model-loading',
  'vector-store',
  'search-index',
  'worker',
  'scheduler',
  'poller',
  'other',
] as const;

export type Category = (typeof CATEGORIES)[number];

export type DecidedBy = 'review' | 'directive' | 'config' | 'heuristics';

/** One observed fact about a step. */
export interface Evidence {
  /** Identifier of the evidence rule, for example `callee-loops-for-ever`. */
  readonly rule: string;
  /** What was seen, as a phrase: `its body loops for ever`. */
  readonly what: string;
  /** Positive: how strongly it favours `favours`. */
  readonly weight: number;
  readonly favours: 'critical' | 'background';
  /** `src/core/file_cleanup_service.py:46` */
  readonly at?: string;
}

/** The verdict for one step. */
export interface Decision {
  readonly stepId: string;
  readonly hookId: string;
  readonly verdict: Verdict;
  readonly category: Category;
  /** 0 to 1; below the threshold of the config the verdict is `undecided`. */
  readonly confidence: number;
  readonly decidedBy: DecidedBy;
  /** The sentence that becomes the comment: `the database must be ready before the first request.` */
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  readonly hazards: readonly Hazard[];
  /** How far a background move may be trusted. Given for every verdict; it matters for `background`. */
  readonly applicability: Applicability;
  readonly cost: Cost;
}
