import {
  type Answer,
  answered,
  carriedOver,
  changedFiles,
  noProgress,
  type Prints,
  type Progress,
  type Review,
  type ReviewItem,
  type ReviewSession,
  reviewScan,
  type SavedTurn,
  type Scan,
  startSession,
  undone,
} from '../../index.ts';
import { count } from '../reporters/count.ts';

/** Where a review stands. */
export interface ReviewState {
  readonly found: Scan;
  readonly review: Review;
  readonly progress: Progress;
  readonly prints: Prints;
  /** Key of the item that is shown. */
  readonly at: string;
  /** What is shown of it. */
  readonly view: 'item' | 'why' | 'keys';
  /** What is to be said about the last key. */
  readonly note: string;
  readonly scroll: number;
}

/** What keeps the answers while they are given. */
export interface Keeper {
  readonly rescan: () => Promise<Scan>;
  session: ReviewSession | undefined;
}

export function newState(found: Scan): ReviewState {
  const review = reviewScan(found);
  const at = review.items(new Map())[0]?.key ?? '';
  return { found, review, progress: noProgress, prints: new Map(), at, view: 'item', note: '', scroll: 0 };
}

export function itemsOf({ review, progress }: ReviewState): readonly ReviewItem[] {
  return review.items(progress.answers);
}

export function openItems(state: ReviewState): readonly ReviewItem[] {
  return itemsOf(state).filter(({ key }) => !state.progress.answers.has(key));
}

/** Shows an item as it is shown first. */
export function showing(state: ReviewState, at: string, note = ''): ReviewState {
  return { ...state, at, note, view: 'item', scroll: 0 };
}

/** Gives an answer to items, keeps it, and goes on to the next one that is open. Files that have changed are planned anew instead. */
export async function give(
  state: ReviewState,
  items: readonly ReviewItem[],
  answer: Answer,
  keeper: Keeper,
  note = '',
): Promise<ReviewState> {
  const changed = await replannedIfChanged(state, keeper);
  if (changed) return changed;
  const asked = await Promise.all(
    items.map(async (item) => ({ key: item.key, print: await state.review.print(item) })),
  );
  keep(state, { answer, asked }, keeper);
  const progress = answered(
    state.progress,
    items.map(({ key }) => key),
    answer,
  );
  const prints = new Map([...state.prints, ...asked.map(({ key, print }) => [key, print] as const)]);
  return showing({ ...state, progress, prints }, nextOpen({ ...state, progress }), note);
}

export function takeBack(state: ReviewState, keeper: Keeper): ReviewState {
  const last = state.progress.turns.at(-1)?.given[0]?.[0];
  if (last === undefined) return { ...state, note: 'There is no answer to undo.' };
  keep(state, { undo: true }, keeper);
  return showing({ ...state, progress: undone(state.progress) }, last, 'The last answer was taken back.');
}

/** Plans anew where a file is not what it was when it was read. Answers stay whose items show the same as before. */
export async function replannedIfChanged(state: ReviewState, keeper: Keeper): Promise<ReviewState | undefined> {
  const changed = changedFiles(state.found);
  if (changed.length === 0) return undefined;
  return replanned(state, await keeper.rescan(), keeper, `${changed.join(', ')} changed meanwhile: planned anew.`);
}

/** The same review of another scan. */
export async function replanned(state: ReviewState, found: Scan, keeper: Keeper, note: string): Promise<ReviewState> {
  const review = reviewScan(found);
  const { progress, askedAgain } = await carriedOver(review, state.progress, state.prints);
  const next = { ...state, found, review, progress };
  keeper.session = startSession(found.project.root, savedAs(next));
  const again =
    askedAgain.length === 0 ? '' : ` ${count(askedAgain.length, 'answer')} asked again, since what is shown differs.`;
  const isThere = itemsOf(next).some(({ key }) => key === state.at);
  return showing(next, askedAgain[0]?.key ?? (isThere ? state.at : nextOpen(next)), note + again);
}

/** What the turns of a session come to. */
export function replayed(turns: readonly SavedTurn[]): Pick<ReviewState, 'progress' | 'prints'> {
  let progress = noProgress;
  const prints = new Map<string, string>();
  for (const turn of turns) {
    if ('undo' in turn) {
      progress = undone(progress);
      continue;
    }
    for (const { key, print } of turn.asked) prints.set(key, print);
    const keys = turn.asked.map(({ key }) => key);
    progress = answered(progress, keys, turn.answer as Answer);
  }
  return { progress, prints };
}

/** A review that goes on where another one ended; what shows something else by now is asked again. */
export async function resumed(
  state: ReviewState,
  earlier: Pick<ReviewState, 'progress' | 'prints'>,
  keeper: Keeper,
): Promise<ReviewState> {
  const next = await replanned({ ...state, ...earlier }, state.found, keeper, 'Resumed.');
  return next.progress.answers.has(next.at) ? { ...next, at: nextOpen(next) } : next;
}

/** The next open item behind the one that is shown, or the first one; the one that is shown where none is open. */
function nextOpen(state: ReviewState): string {
  const items = itemsOf(state);
  const at = items.findIndex(({ key }) => key === state.at);
  const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return order.find(({ key }) => !state.progress.answers.has(key))?.key ?? state.at;
}

function keep(state: ReviewState, turn: SavedTurn, keeper: Keeper): void {
  keeper.session ??= startSession(state.found.project.root, savedAs(state));
  keeper.session.add(turn);
}

function savedAs({ progress, prints }: ReviewState): readonly SavedTurn[] {
  return progress.turns.flatMap(({ given }) => {
    const [first] = given;
    const asked = given.map(([key]) => ({ key, print: prints.get(key) ?? '' }));
    return first ? [{ answer: first[1], asked } as SavedTurn] : [];
  });
}
