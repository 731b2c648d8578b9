import type { Analysis, ChecklistPoint, FileChange, Plan, Report } from '../../index.ts';

/** The findings of a run, and what is or would be written: all that a pull request's body is made from. */
export interface Findings {
  readonly report: Report;
  /** What is or would be written, old and new texts. */
  readonly changes: readonly FileChange[];
  readonly mode: 'dry-run' | 'write' | 'check';
  /** The points of `verify`; for reports that show them. */
  readonly checklist?: readonly ChecklistPoint[];
  /** Files that were not looked at, and why. */
  readonly leftAlone?: readonly { readonly path: string; readonly why: string }[];
}

/** What a report is made from. */
export interface ReportSource extends Findings {
  /** The facts behind the report, with their ranges in the texts. */
  readonly analysis: Analysis;
  readonly plan: Plan;
  /** The folder on the disk that the paths of the report are relative to. */
  readonly root: string;
  /** The text of a file of the project, for showing the lines that the evidence names. */
  readonly read: (path: string) => string | undefined;
}

/** The texts of the files that were looked at, as they were read, by path; without byte order marks, which no column counts. */
export type Texts = ReadonlyMap<string, string>;

export function textsOf({ analysis }: ReportSource): Texts {
  return new Map(
    analysis.languages.flatMap(({ facts }) => facts.files.map(({ file }) => [file.path, file.text] as const)),
  );
}
