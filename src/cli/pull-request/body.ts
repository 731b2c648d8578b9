import { decidedBy, foundCalls } from '../reporters/found-calls.ts';
import { code, plain } from '../reporters/markdown/escape.ts';
import type { Section } from '../reporters/markdown/fit.ts';
import { markdownReport } from '../reporters/markdown.ts';
import type { Findings } from '../reporters/report-source.ts';

/** The body of a pull request: the Markdown report, with its commits and with what people decided. */
export function bodyOf(findings: Findings, subjects: readonly string[]): string {
  return markdownReport(findings, [...commits(subjects), ...decisionsOfPeople(findings)]);
}

function commits(subjects: readonly string[]): readonly Section[] {
  if (subjects.length < 2) return [];
  const head = ['### Commits', '', 'The program runs after each of them: they can be read one by one.', ''];
  return [{ head, items: subjects.map((subject) => `1. ${plain(subject)}`), noun: 'commits', rank: 1 }];
}

/** What was answered, written down or configured by somebody, and is not what the evidence alone says. */
function decisionsOfPeople({ report }: Findings): readonly Section[] {
  const items = foundCalls(report)
    .filter(({ call }) => call.decidedBy !== 'heuristics')
    .map(({ file, call }) => {
      const place = `${code(call.callee)} at ${code(`${file.path}:${call.line}`)}`;
      return `- ${place}: ${call.decision}, by ${decidedBy[call.decidedBy]}`;
    });
  if (items.length === 0) return [];
  return [{ head: ['### Decided by people', ''], items, noun: 'decisions', rank: 2 }];
}
