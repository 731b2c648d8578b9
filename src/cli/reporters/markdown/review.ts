import { type FoundCall, keepsFromListening } from '../found-calls.ts';
import type { Findings } from '../report-source.ts';
import type { Section } from './fit.ts';

/** What a reviewer looks at, and how the change is taken back. */
export function reviewSections({ report, changes }: Findings, calls: readonly FoundCall[]): readonly Section[] {
  if (changes.length === 0) return [];
  const moved = calls.filter(({ call }) => call.moves);
  const checks = [
    'Nothing that a request handler needs has moved: each handler copes while a background step has not finished.',
    'A failure of a moved call may be logged instead of stopping startup. Where it must stop it: `startup-codemod: critical` above the call.',
    'The readiness probe asks for what it should: the port opens earlier than before.',
    ...(moved.some(({ call }) => call.applicability === 'unsafe')
      ? ['The hazards of every `unsafe` move were read, and somebody stands behind each.']
      : []),
    ...(moved.some(({ call }) => keepsFromListening(call))
      ? ['What stands after a call that never returned runs for the first time: it is meant to run.']
      : []),
    ...(report.files.some(({ removedRemarks = [] }) => removedRemarks.length > 0)
      ? ['No removed remark was still to be done.']
      : []),
    'The server was started once: its log names the background tasks as they start and finish, and stopping it is clean.',
  ];
  const back = [
    '### Taking it back',
    '',
    'Merged: `git revert` of the commit, or of the merge. Not committed yet: `startup-codemod undo` takes the last `--write` back.',
    'The calls then stand where they stood; no data and no configuration was changed.',
  ];
  return [
    {
      head: ['### For the reviewer', '', ...checks.map((check) => `- [ ] ${check}`)],
      items: [],
      noun: 'lines',
      rank: 0,
    },
    { head: back, items: [], noun: 'lines', rank: 0 },
  ];
}
