import type { ReviewItem } from '../../index.ts';
import { diffLines } from './diff-lines.ts';
import { finish } from './finish.ts';
import { itemLines, questionOf } from './item-lines.ts';
import { reviewKeys } from './keys.ts';
import { type Line, line, span } from './lines.ts';
import { type Around, press } from './press.ts';
import { itemsOf, openItems, type ReviewState, showing } from './state.ts';

const PAGE = 10;

/** Shows one item after the other until every one is answered or the person quits. Resolves to the exit status. */
export async function loop(first: ReviewState, around: Around): Promise<number> {
  let state = first;
  let isOver = openItems(state).length === 0;
  for (;;) {
    const shown = isOver ? { key: 'q', state } : await shownUntilKey(state, around);
    const { key } = shown;
    if (key === 'end') {
      around.terminal.close();
      around.terminal.say([line('The input has ended: nothing was written.')]);
      return 0;
    }
    if (!['q', 'ctrl-c', 'ctrl-d'].includes(key)) {
      const next = await turned(key, shown.state, around);
      isOver = next.progress !== state.progress && openItems(next).length === 0;
      state = next;
      continue;
    }
    const current = state;
    const ending = await around.terminal.lend(() => finish(current, around));
    if ('status' in ending) return ending.status;
    const { goesOn } = ending;
    isOver = false;
    state = showing(goesOn, openItems(goesOn)[0]?.key ?? goesOn.at, goesOn.note || 'Back in the review.');
  }
}

/** Keys that turn pages are none of the review's own. */
async function turned(key: string, state: ReviewState, around: Around): Promise<ReviewState> {
  const by = { 'page-down': PAGE, 'page-up': -PAGE, 'line-down': 1, 'line-up': -1 }[key];
  if (by !== undefined) return { ...state, note: '', scroll: Math.max(0, state.scroll + by) };
  const item = itemsOf(state).find((one) => one.key === state.at) ?? itemsOf(state)[0];
  return item ? press(key, state, item, around) : state;
}

/** Shows the item, and waits for a key. In plain mode an item is not said again for a note. */
async function shownUntilKey(
  state: ReviewState,
  around: Around,
): Promise<{ readonly key: string; readonly state: ReviewState }> {
  const items = itemsOf(state);
  const at = Math.max(
    0,
    items.findIndex(({ key }) => key === state.at),
  );
  const item = items[at];
  if (!item) return { key: 'q', state };
  const { terminal, memory } = around;
  const page = JSON.stringify([item.key, state.view, state.progress.turns.length]);
  const isSaid = terminal.isPlain && memory.said === page;
  memory.said = page;
  const lines = isSaid ? [] : await linesOf(item, `${at + 1}/${items.length}`, state, around);
  const most = terminal.draw(lines, footerOf(item, state), state.scroll);
  return { key: await terminal.next(), state: { ...state, scroll: Math.min(state.scroll, most) } };
}

async function linesOf(item: ReviewItem, number: string, state: ReviewState, around: Around): Promise<readonly Line[]> {
  if (state.view === 'keys') return reviewKeys.map(({ key, does }) => [span(`${key}  `, 'title'), span(does)]);
  const { answers } = state.progress;
  const answer = answers.get(item.key);
  const shown = answer?.says === 'change' || answer?.says === 'restore' ? answer : undefined;
  const changes = await state.review.difference(item, answers, shown);
  const none = changes.length === 0 ? [line('This changes no text.', 'dim')] : [];
  return [
    ...itemLines(item, number, answer, state.view === 'why'),
    ...diffLines(changes, around.terminal.isPlain),
    ...none,
  ];
}

function footerOf(item: ReviewItem, { note }: ReviewState): readonly Line[] {
  const keys = reviewKeys.map(({ key }) => key).join(',');
  return [
    ...(note === '' ? [] : [line(note, 'warning')]),
    [span(`${questionOf(item)} `, 'title'), span(`[${keys}]`, 'dim')],
  ];
}
