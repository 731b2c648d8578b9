import type { TextRange } from './source-file.ts';

/** A task outside of hooks whose value nobody keeps: it may vanish, and nobody sees how it ended. */
export interface DanglingTask {
  readonly line: number;
  /** The call that makes it. */
  readonly range: TextRange;
  /** Dotted name of what runs in it, as written: `send_mail`. */
  readonly callee: string;
}
