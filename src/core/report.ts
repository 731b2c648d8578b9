import type { Cost } from './callee.ts';
import type { Category, DecidedBy, Verdict } from './decision.ts';
import type { FileError, FileKind } from './facts.ts';
import type { Applicability } from './rewrite.ts';
import type { CallForm, HookForm } from './startup.ts';
import type { TrapCode } from './trap.ts';

/** What a run found and what it would change: the JSON report, as it is printed. */
export interface Report {
  readonly version: 1;
  readonly root: string;
  readonly files: readonly ReportFile[];
  readonly errors: readonly FileError[];
  readonly summary: ReportSummary;
}

export interface ReportFile {
  readonly path: string;
  readonly language: string;
  readonly kind: FileKind;
  readonly changed: boolean;
  readonly why?: string;
  readonly hooks?: readonly ReportHook[];
  readonly removedRemarks?: readonly { readonly line: number; readonly text: string }[];
  /** Where thresholds of the configuration are given a value; one that is computed elsewhere stays as it is. */
  readonly thresholds?: readonly ReportThreshold[];
  /** Ways to start a server that are known to go wrong, as this file has them once this run's rewrites are written. */
  readonly traps?: readonly ReportTrap[];
}

export interface ReportTrap {
  readonly code: TrapCode;
  readonly line: number;
  readonly title: string;
  /** What is there, as a sentence. */
  readonly what: string;
}

export interface ReportThreshold {
  readonly line: number;
  readonly name: string;
  /** As written. */
  readonly value: string;
  readonly atLeast: number;
  readonly state: 'enough' | 'low' | 'computed';
}

export interface ReportHook {
  readonly name: string;
  readonly framework: string;
  readonly form: HookForm;
  readonly line: number;
  readonly calls: readonly ReportCall[];
  readonly shutdown: readonly { readonly line: number; readonly callee: string; readonly guarded: boolean }[];
  readonly notes: readonly string[];
}

export interface ReportCall {
  readonly line: number;
  readonly callee: string;
  /** The callee inside: this call is `asyncio.wait_for` or its like around it. */
  readonly wraps?: string;
  readonly form: CallForm;
  readonly decision: Verdict;
  readonly category: Category;
  readonly confidence: number;
  readonly decidedBy: DecidedBy;
  readonly applicability: Applicability;
  /** It runs in the background once this run's rewrites are written. */
  readonly moves: boolean;
  readonly hazards: readonly string[];
  readonly cost: Cost;
  /** The sentence that becomes the comment. */
  readonly reason: string;
  /** Positive weights favour the background, negative ones the wait. */
  readonly evidence: readonly { readonly what: string; readonly weight: number; readonly at?: string }[];
}

export interface ReportSummary {
  readonly files: number;
  readonly hooks: number;
  readonly critical: number;
  readonly background: number;
  readonly undecided: number;
}
