import type { FileEdit } from './edit.ts';
import type { Remark } from './startup.ts';

/**
 * How far a rewrite may be trusted.
 *
 * - `safe`: apart from when the step runs, and that its failure no longer stops startup, nothing changes that the program or
 *   its handlers can see.
 * - `unsafe`: more may change; only with `--unsafe` or by a person's yes.
 * - `display-only`: advice, never written.
 */
export type Applicability = 'safe' | 'unsafe' | 'display-only';

/** What one transform proposes at one place: the unit that a person accepts or skips. Applied whole or not at all. */
export interface Rewrite {
  /** Identifier of the transform, for example `run-in-background`. */
  readonly transform: string;
  readonly title: string;
  readonly applicability: Applicability;
  /** The hook that it belongs to; missing for remarks outside of hooks. */
  readonly hookId?: string;
  /** The steps that it moves. */
  readonly moves?: readonly string[];
  readonly edits: readonly FileEdit[];
  /** Files that must exist for the edits to work: the runtime helper. */
  readonly creates: readonly NewFile[];
  /** The remarks that it removes: every one is in the report. */
  readonly removes?: readonly Remark[];
}

export interface NewFile {
  readonly path: string;
  readonly text: string;
}
