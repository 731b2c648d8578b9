import type { FileChange, Report } from '../../index.ts';
import { patch } from './diff.ts';
import { jsonReport } from './json.ts';

/** What a report is made from. */
export interface ReportSource {
  readonly report: Report;
  /** What is or would be written, old and new texts. */
  readonly changes: readonly FileChange[];
  readonly mode: 'dry-run' | 'write' | 'check';
}

export type Reporter = (source: ReportSource) => string;

/** The formats of `--format`; each one's text goes to stdout or to the file of `--output`. */
export const reporters = {
  text: ({ changes, mode }) => (mode === 'dry-run' ? patch(changes) : ''),
  json: ({ report }) => jsonReport(report),
} as const satisfies Readonly<Record<string, Reporter>>;

export type Format = keyof typeof reporters;

export const formats = Object.keys(reporters) as readonly Format[];
