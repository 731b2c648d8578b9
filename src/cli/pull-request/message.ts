import { type Analysis, type PlannedCommit, type Rewrite, type SplitBy, transforms } from '../../index.ts';
import { printable } from '../printable.ts';
import { decidedBy } from '../reporters/found-calls.ts';

/** The longest line of a message: what `git log` shows on a terminal of 80 columns. */
const WIDTH = 72;

/** The message of a commit: what it does, why, and where, call by call. Nothing of a source can move a terminal's cursor. */
export function messageOf(commit: PlannedCommit, splitBy: SplitBy, analysis: Analysis): string {
  const parts = transforms.flatMap(({ id, description }) => {
    const own = commit.rewrites.filter(({ transform }) => transform === id);
    if (own.length === 0) return [];
    const items = own.flatMap((rewrite) => itemsOf(rewrite, analysis)).map((item) => wrapped(item, '- '));
    return [[wrapped(`${description}.`), '', ...new Set(items)].join('\n')];
  });
  return `${[subjectOf(commit, splitBy, analysis), ...parts].join('\n\n')}\n`;
}

/** What all the rewrites do together: the subject of their first transform. */
export function purposeOf(rewrites: readonly Rewrite[]): string {
  const found = transforms.find(({ id }) => rewrites.some(({ transform }) => transform === id));
  return found?.subject ?? 'Tidy startup';
}

function subjectOf({ groups, rewrites }: PlannedCommit, splitBy: SplitBy, analysis: Analysis): string {
  const purpose = purposeOf(rewrites);
  const [group = ''] = groups;
  const more = groups.length > 1 ? ` and ${groups.length - 1} more` : '';
  if (splitBy === 'hook' && group !== '') {
    const hook = analysis.hooks.get(group)?.hook;
    return clipped(`${hook?.name ?? group}${more}: ${purpose}`, purpose);
  }
  if (splitBy === 'owner') return clipped(`${purpose} (${group === '' ? 'no owner' : group}${more})`, purpose);
  return purpose;
}

/** A subject that is too long says less. */
function clipped(subject: string, shorter: string): string {
  const line = oneLine(subject);
  return line.length <= WIDTH ? line : shorter;
}

function itemsOf(rewrite: Rewrite, analysis: Analysis): readonly string[] {
  const place = rewrite.edits[0]?.path ?? '';
  const hook = rewrite.hookId === undefined ? undefined : analysis.hooks.get(rewrite.hookId)?.hook;
  const moved = (rewrite.moves ?? []).flatMap((id) => {
    const step = hook?.steps.find((candidate) => candidate.id === id);
    const decision = analysis.decisions.get(id);
    if (!step || !decision) return [];
    const callee = step.calls[0]?.callee ?? 'the step';
    const who = decision.decidedBy === 'heuristics' ? '' : ` Decided by ${decidedBy[decision.decidedBy]}.`;
    const hazards = decision.applicability === 'unsafe' ? decision.hazards.map(({ what }) => what) : [];
    const risk = hazards.length > 0 ? ` Unsafe: ${hazards.join('; ')}.` : '';
    return [`${callee} (${hook?.path ?? place}:${step.line}): ${decision.reason}${who}${risk}`];
  });
  return moved.length > 0 ? moved : [`${rewrite.title} (${hook?.path ?? place})`];
}

/** Words on as few lines as they fit on; the first line after the bullet, the others below it. */
function wrapped(text: string, bullet = ''): string {
  const indent = ' '.repeat(bullet.length);
  const lines: string[] = [];
  for (const word of oneLine(text).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(`${lines.length === 0 ? bullet : indent}${word}`);
  }
  return lines.join('\n');
}

function oneLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ')).trim();
}
