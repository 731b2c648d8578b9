import {
  type Answer,
  type Change,
  type ConfigRule,
  configWithRules,
  type FileChange,
  type ReviewItem,
} from '../../index.ts';
import { diffLines } from './diff-lines.ts';
import type { Around } from './press.ts';
import { give, type ReviewState } from './state.ts';

const TITLES: Readonly<Record<Change, string>> = {
  critical: 'critical: startup waits for it',
  background: 'background: a tracked task once the server listens',
  thread: 'thread: beside the event loop; it must not await what belongs to the server',
  leave: 'leave alone: stays as it is, without a comment',
};

/** `c`: another decision for a step, on request kept in the configuration or the code; or a disabled call restored. */
export async function change(state: ReviewState, item: ReviewItem, around: Around): Promise<ReviewState> {
  const answer =
    item.about.kind === 'remark' ? await restored(state, item, around) : await changed(state, item, around);
  if (typeof answer === 'string') return { ...state, note: answer };
  return answer ? give(state, [item], answer, around.keeper) : state;
}

async function restored(
  state: ReviewState,
  item: ReviewItem,
  { terminal, ask }: Around,
): Promise<Answer | string | undefined> {
  const restore: Answer = { says: 'restore' };
  if (!(await state.review.canEdit(item, state.progress.answers, restore)))
    return 'It disables no call that could be restored as a background step: y removes it, n keeps it.';
  return terminal.lend(() =>
    ask.choose<Answer>('What becomes of the remark?', [
      { title: 'remove it', value: { says: 'yes' } },
      { title: 'restore the call as a background step', value: restore },
      { title: 'keep it', value: { says: 'no' } },
    ]),
  );
}

async function changed(state: ReviewState, item: ReviewItem, around: Around): Promise<Answer | string | undefined> {
  const choices = await state.review.changes(item, state.progress.answers);
  if (choices.length === 0) return 'There is no decision to change: y or n.';
  return around.terminal.lend(async () => {
    const to = await around.ask.choose(
      `What should be decided for ${item.name}?`,
      choices.map((value) => ({ title: TITLES[value], value })),
    );
    return to && kept({ says: 'change', to }, state, item, around);
  });
}

type Changed = Extract<Answer, { says: 'change' }>;

/** Asks whether the decision is to outlast the review; what could not be written is not offered. */
async function kept(
  answer: Changed,
  state: ReviewState,
  item: ReviewItem,
  around: Around,
): Promise<Changed | undefined> {
  const { ask } = around;
  if (answer.to === 'leave') return answer;
  const isEditable = await state.review.canEdit(item, state.progress.answers, { ...answer, keep: 'directive' });
  const rule: ConfigRule = { callee: item.name, decision: answer.to === 'critical' ? 'critical' : 'background' };
  // A directive goes before any rule: beside one, a rule would change nothing.
  const hasDirective = 'step' in item.about && item.about.step.directive !== undefined;
  const config = isGlobFree(item.name) && !hasDirective ? configChange(state, [rule], around) : undefined;
  const how = await ask.choose<'no' | 'directive' | 'rule'>('Keep this decision for later runs?', [
    { title: 'no: only this time', value: 'no' },
    ...(isEditable ? [{ title: 'as a directive in the code', value: 'directive' as const }] : []),
    ...(config ? [{ title: `as a rule in ${config.path}`, value: 'rule' as const }] : []),
  ]);
  if (how === undefined) return undefined;
  if (how === 'no') return answer;
  const said = (await ask.text('Why? (one sentence, or nothing)'))?.replace(/\s+/g, ' ').trim().slice(0, 500);
  const reason = said ? { reason: said } : {};
  if (how === 'directive') return { ...answer, ...reason, keep: 'directive' };
  const own = { ...rule, ...reason };
  return (await isConfirmed(own, state, around)) ? { ...answer, ...reason, keep: own } : answer;
}

/** Shows what the rule changes in the configuration, and asks whether that is right. */
export async function isConfirmed(rule: ConfigRule, state: ReviewState, around: Around): Promise<boolean> {
  const config = configChange(state, [rule], around);
  if (!config) return false;
  around.terminal.say(diffLines([{ before: '', ...config }], around.terminal.isPlain));
  const said = await around.ask.choose(`Write this to ${config.path}, together with what is accepted?`, [
    { title: 'yes', value: true },
    { title: 'no', value: false },
  ]);
  return said ?? false;
}

/** The configuration with the rules that answers keep, and others; `undefined` where it cannot be written. */
export function configChange(
  { found, progress }: ReviewState,
  others: readonly ConfigRule[],
  { paths, configFile }: Around,
): FileChange | undefined {
  const own = [...progress.answers.values()].flatMap((answer) =>
    answer.says === 'change' && typeof answer.keep === 'object' ? [answer.keep] : [],
  );
  const rules = [...own, ...others];
  return rules.length === 0 ? undefined : configWithRules(found.project.root, paths, configFile, rules);
}

function isGlobFree(name: string): boolean {
  return name !== '' && !/[*?]/.test(name);
}
