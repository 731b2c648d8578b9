import pc from 'picocolors';
import { dirtyFiles, endSession, recoverEarlierRun, type Scan, savedTurns, scan, UserError } from '../../index.ts';
import type { Arguments } from '../args.ts';
import { startProgress } from '../progress.ts';
import { count } from '../reporters/count.ts';
import { asking } from '../review/ask.ts';
import { line } from '../review/lines.ts';
import { loop } from '../review/loop.ts';
import type { Around } from '../review/press.ts';
import { itemsOf, type Keeper, newState, type ReviewState, replayed, resumed } from '../review/state.ts';
import { openTerminal } from '../review/terminal.ts';
import { rewrite } from './rewrite.ts';

/** Whether these arguments open a review: it was asked for, or it is what a person at a terminal gets. */
export function opensReview(args: Arguments): boolean {
  const isTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  if (args.review && !isTerminal) {
    throw new UserError(
      'a review needs a terminal: input or output is none',
      '--dry-run prints the diff, --write applies every safe rewrite, --check only looks.',
    );
  }
  return args.review ?? (isTerminal && args.isPlainRun);
}

/** `startup-codemod [paths]` on a terminal: a person decides change by change. Resolves to the exit status. */
export async function review(args: Arguments): Promise<number> {
  const isPlain = args.color === false || process.env.TERM === 'dumb';
  const colors = pc.createColors(!isPlain && !process.env.NO_COLOR);
  const recovered = recoverEarlierRun(args.paths);
  const rescan = () => scan({ ...args, ...(args.config === undefined ? {} : { configFile: args.config }) });
  const progress = startProgress(args.quiet || isPlain);
  progress.say('reading');
  const found = await rescan();
  progress.end();
  const state = newState(found);
  if (itemsOf(state).length === 0) return rewrite(args);
  const keeper: Keeper = { rescan, session: undefined };
  const terminal = openTerminal(isPlain, colors);
  const around: Around = {
    terminal,
    ask: asking(isPlain),
    keeper,
    paths: args.paths,
    configFile: args.config,
    memory: { sought: '', said: '' },
  };
  try {
    if (recovered !== undefined) terminal.say([line(recovered)]);
    if (!args.allowDirty && !(await goesOnDirty(found, around))) return 0;
    return await loop(await begun(state, around), around);
  } finally {
    terminal.close();
  }
}

/** Asked before anything else: what is written beside other changes cannot be taken back by git alone. */
async function goesOnDirty({ project }: Scan, { terminal, ask }: Around): Promise<boolean> {
  const dirty = dirtyFiles(project.root) ?? [];
  if (dirty.length === 0) return true;
  const said = await terminal.lend(() =>
    ask.choose(`The git work tree has changes in ${count(dirty.length, 'file')} (${dirty.slice(0, 5).join(', ')}).`, [
      { title: 'stop, to commit or stash them first', value: false },
      { title: 'go on: what is accepted is written beside them', value: true },
    ]),
  );
  return said ?? false;
}

/** Goes on with a review that was cut off, where the person wants that. */
async function begun(state: ReviewState, { terminal, ask, keeper }: Around): Promise<ReviewState> {
  const { root } = state.found.project;
  const earlier = replayed(savedTurns(root));
  const { size } = earlier.progress.answers;
  if (size === 0) return state;
  const goesOn = await terminal.lend(() =>
    ask.choose(`An earlier review was not brought to its end; it has ${count(size, 'answer')}.`, [
      { title: 'go on with it', value: true },
      { title: 'begin anew', value: false },
    ]),
  );
  if (goesOn) return resumed(state, earlier, keeper);
  endSession(root);
  return state;
}
