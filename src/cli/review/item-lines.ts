import { formatPlace } from '../../core/index.ts';
import type { Answer, Decision, ReviewItem } from '../../index.ts';
import { type Line, line, span } from './lines.ts';

const LEADING = 3;

/** What is said about an item above its diff: where it is, what was decided and why, what speaks against it. */
export function itemLines(
  item: ReviewItem,
  number: string,
  answer: Answer | undefined,
  isWhy: boolean,
): readonly Line[] {
  const { path, line: at, hook, about } = item;
  const place = hook ? `  ${hook.name} (${hook.framework}, ${hook.form})` : '';
  return [
    [span(`${number}  `, 'dim'), span(`${path}:${at}`, 'title'), span(place), ...answeredSpans(answer)],
    ...('decision' in about ? stepLines(item.name, about.decision, isWhy) : [line(titleOf(item))]),
    [],
  ];
}

/** What `y` says yes to. */
export function questionOf({ about }: ReviewItem): string {
  switch (about.kind) {
    case 'undecided':
      return 'Undecided: startup waits for it. Run it in the background?';
    case 'move':
      return about.decision.applicability === 'safe'
        ? 'Run it in the background?'
        : 'Run it in the background, although that is unsafe?';
    case 'guard':
      return 'Guard it?';
    case 'comments':
      return 'Write these comments?';
    case 'other':
      return 'Write it?';
    case 'remark':
      return about.remark.disabledCall === undefined ? 'Remove it?' : 'Remove it? (c can restore the call)';
  }
}

function titleOf({ about, name }: ReviewItem): string {
  if (about.kind === 'guard')
    return `shutdown step ${name}: a failure of it would keep the steps after it from running`;
  if (about.kind === 'remark') return `remark: ${about.remark.text}`;
  return about.kind === 'comments' ? 'comments that say why startup waits' : name;
}

function stepLines(callee: string, decision: Decision, isWhy: boolean): readonly Line[] {
  const { verdict, category, confidence, applicability, evidence, hazards, cost, decidedBy, reason } = decision;
  const side = verdict === 'critical' ? 'critical' : 'background';
  const leading = evidence
    .toSorted((a, b) => Number(b.favours === side) - Number(a.favours === side) || b.weight - a.weight)
    .slice(0, isWhy ? undefined : LEADING);
  return [
    [
      span(`${callee}: `, 'title'),
      span(verdict, verdict === 'background' ? 'good' : 'warning'),
      span(`, ${category}, ${Math.round(confidence * 100)} % sure, `),
      span(applicability, applicability === 'safe' ? 'good' : 'warning'),
    ],
    ...(cost === 'never-returns' ? [line('never returns: the server cannot listen while it is awaited', 'bad')] : []),
    ...(isWhy ? [line(`decided by ${decidedBy}; what waiting costs: ${cost}; comment: ${reason}`)] : []),
    ...leading.map(({ what, at, weight, favours }) => {
      const weighed = isWhy ? `${favours === 'background' ? '+' : '-'}${Math.round(weight * 100) / 100}  ` : '';
      return line(`  ${weighed}${what}${at === undefined ? '' : ` (${at})`}`, 'dim');
    }),
    ...hazards.map(({ what, at }) => {
      const place = at && !what.includes(formatPlace(at)) ? ` (${formatPlace(at)})` : '';
      return line(`  hazard: ${what}${place}`, 'warning');
    }),
  ];
}

function answeredSpans(answer: Answer | undefined): Line {
  if (!answer) return [];
  const words = answer.says === 'change' ? answer.to : answer.says;
  const kept =
    answer.says === 'change' && answer.keep
      ? `, kept as ${answer.keep === 'directive' ? 'a directive' : 'a rule'}`
      : '';
  return [span(`  answered: ${words}${kept}`, 'place')];
}
