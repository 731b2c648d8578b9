import { checklistOf } from '../../index.ts';
import { patch } from './diff.ts';
import { githubAnnotations } from './github.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import type { Findings, ReportSource } from './report-source.ts';
import { sarifReport } from './sarif.ts';

export type { Findings, ReportSource } from './report-source.ts';

export type Reporter = (source: ReportSource) => string | Promise<string>;

/** The formats of `--format`; each one's text goes to stdout or to the file of `--output`. */
export const reporters = {
  text: ({ changes, mode }: Findings) => (mode === 'dry-run' ? patch(changes) : ''),
  json: ({ report }: Findings) => jsonReport(report),
  markdown: (source: ReportSource) =>
    markdownReport({ checklist: checklistOf(source.analysis, source.plan), ...source }),
  sarif: sarifReport,
  github: githubAnnotations,
  html: async (source: ReportSource) => (await import('./html.ts')).htmlPage(source),
} as const satisfies Readonly<Record<string, Reporter>>;

export type Format = keyof typeof reporters;

export const formats = Object.keys(reporters) as readonly Format[];
