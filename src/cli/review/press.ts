import { join } from 'node:path';
import type { ReviewItem } from '../../index.ts';
import { count } from '../reporters/count.ts';
import type { Ask } from './ask.ts';
import { change } from './change.ts';
import { edit } from './editor.ts';
import {
  give,
  itemsOf,
  type Keeper,
  openItems,
  type ReviewState,
  replannedIfChanged,
  showing,
  takeBack,
} from './state.ts';
import type { Terminal } from './terminal.ts';

/** What a key can make use of. */
export interface Around {
  readonly terminal: Terminal;
  readonly ask: Ask;
  readonly keeper: Keeper;
  /** What the configuration is found by. */
  readonly paths: readonly string[];
  readonly configFile: string | undefined;
  /** The words of the last search, and what was shown last. */
  readonly memory: { sought: string; said: string };
}

/** What a key does to the review. Keys that end it are none of these. */
export async function press(key: string, state: ReviewState, item: ReviewItem, around: Around): Promise<ReviewState> {
  const { keeper } = around;
  switch (key) {
    case 'y':
      return give(state, [item], { says: 'yes' }, keeper);
    case 'n':
      return give(state, [item], { says: 'no' }, keeper);
    case 'a':
      return many(state, inFile(state, item, false), 'yes', keeper);
    case 'd':
      return many(state, inFile(state, item, true), 'no', keeper);
    case 'A':
      return many(state, alike(state, item), 'yes', keeper);
    case 'D':
      return many(state, alike(state, item), 'no', keeper);
    case 'j':
      return step(state, 1);
    case 'k':
      return step(state, -1);
    case 'g':
      return goTo(state, around);
    case '/':
      return search(state, around);
    case 'e':
      return edited(state, item, around);
    case 'u':
      return takeBack(state, keeper);
    case 'c':
      return change(state, item, around);
    case 'w':
      return { ...state, view: state.view === 'why' ? 'item' : 'why', note: '', scroll: 0 };
    case '?':
      return { ...state, view: state.view === 'keys' ? 'item' : 'keys', note: '', scroll: 0 };
    case 'redraw':
      return state;
    default:
      return { ...state, note: `${key.length === 1 ? key : 'This key'} does nothing here; ? shows the keys.` };
  }
}

async function many(
  state: ReviewState,
  items: readonly ReviewItem[],
  says: 'yes' | 'no',
  keeper: Keeper,
): Promise<ReviewState> {
  if (items.length === 0) return { ...state, note: 'There is nothing left that this key is for.' };
  const files = [...new Set(items.map(({ path }) => path))].join(', ');
  return give(
    state,
    items,
    { says },
    keeper,
    `${says} to ${count(items.length, 'item')} in ${files}; u takes it back.`,
  );
}

/** The item and what is open in its file. A yes to all is none to what nobody could decide. */
function inFile(state: ReviewState, item: ReviewItem, withUndecided: boolean): readonly ReviewItem[] {
  const others = openItems(state).filter(({ key, path, about }) => {
    return key !== item.key && path === item.path && (withUndecided || about.kind !== 'undecided');
  });
  return item.about.kind === 'undecided' && !withUndecided ? others : [item, ...others];
}

/** The item and the open ones with the same verdict, category and applicability; of guards and remarks all. */
function alike(state: ReviewState, item: ReviewItem): readonly ReviewItem[] {
  return [item, ...openItems(state).filter((other) => other.key !== item.key && kindOf(other) === kindOf(item))];
}

function kindOf({ about }: ReviewItem): string {
  if (!('decision' in about)) return about.kind;
  const { verdict, category, applicability } = about.decision;
  return [about.kind, verdict, category, applicability].join(' ');
}

function step(state: ReviewState, by: 1 | -1): ReviewState {
  const items = itemsOf(state);
  const at = items.findIndex(({ key }) => key === state.at) + by;
  const next = items[at];
  return next
    ? showing(state, next.key)
    : { ...state, note: by > 0 ? 'This is the last one.' : 'This is the first one.' };
}

async function goTo(state: ReviewState, { terminal, ask }: Around): Promise<ReviewState> {
  const items = itemsOf(state);
  const said = await terminal.lend(() => ask.text(`Go to number (1 to ${items.length})`));
  const next = items[Number(said) - 1];
  return next ? showing(state, next.key) : { ...state, note: said ? `There is no number ${said}.` : '' };
}

/** The next item whose callee or path has the words; nothing typed repeats the last search. */
async function search(state: ReviewState, around: Around): Promise<ReviewState> {
  const said = await around.terminal.lend(() => around.ask.text('Search for a callee or path'));
  if (said === undefined) return state;
  around.memory.sought = said === '' ? around.memory.sought : said.toLowerCase();
  const items = itemsOf(state);
  const at = items.findIndex(({ key }) => key === state.at);
  const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  const found = order.find(({ name, path }) => `${path}\n${name}`.toLowerCase().includes(around.memory.sought));
  return found ? showing(state, found.key) : { ...state, note: `Nothing has ${around.memory.sought}.` };
}

async function edited(state: ReviewState, item: ReviewItem, { terminal, keeper }: Around): Promise<ReviewState> {
  const file = join(state.found.project.root, item.path);
  const trouble = await terminal.lend(() => edit(file, item.line));
  const next = await replannedIfChanged(state, keeper);
  if (next) return { ...next, note: [trouble, next.note].filter(Boolean).join(' ') };
  return { ...state, note: trouble ?? `${item.path} is as it was.` };
}
