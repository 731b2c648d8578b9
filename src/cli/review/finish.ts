import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyPlan,
  type ConfigRule,
  changesOf,
  endSession,
  type FileChange,
  type FileError,
  type FileToWrite,
  hashOf,
  isAccepting,
  suggestedRule,
  type VerifiedPlan,
} from '../../index.ts';
import { count } from '../reporters/count.ts';
import { configChange, isConfirmed } from './change.ts';
import { type Line, line } from './lines.ts';
import type { Around } from './press.ts';
import { openItems, type ReviewState, replannedIfChanged } from './state.ts';

/** What became of a review: an exit status, or the state in which it goes on. */
export type Ending = { readonly status: number } | { readonly goesOn: ReviewState };

/** The end of a review: says what would be written, asks once, writes. A file that has changed meanwhile is asked about again. */
export async function finish(state: ReviewState, around: Around): Promise<Ending> {
  const changed = await replannedIfChanged(state, around.keeper);
  if (changed && changed.progress.answers.size < state.progress.answers.size) return { goesOn: changed };
  const current = changed ?? state;
  const verified = await current.review.plan(current.progress.answers);
  const suggested = await suggestion(current, around);
  const config = configChange(current, suggested, around);
  const changes = [...changesOf(verified.plan), ...(config ? [config] : [])];
  if (changes.length === 0) return nothingToWrite(current, verified, around);
  const { terminal, ask } = around;
  terminal.say([line(''), ...countLines(current), ...changes.map(changeLine), ...errorLines(verified.errors)]);
  const what = await ask.choose<Wish>(`Write what was accepted to ${count(changes.length, 'file')}?`, [
    { title: 'yes, write it', value: 'write' },
    { title: 'no, go back to the review', value: 'back' },
    { title: 'no, but keep the answers for later', value: 'keep' },
    { title: 'no, and forget the answers', value: 'forget' },
  ]);
  if (what === 'back') return { goesOn: current };
  if (what === 'write') return write(current, verified, config, around);
  if (what === 'forget') forget(current, around);
  terminal.say([
    line(
      what === 'forget' ? 'Nothing was written.' : 'Nothing was written; the next review can go on with these answers.',
    ),
  ]);
  return { status: current.found.errors.length > 0 ? 3 : 0 };
}

type Wish = 'write' | 'back' | 'keep' | 'forget';

async function write(
  state: ReviewState,
  verified: VerifiedPlan,
  config: FileChange | undefined,
  around: Around,
): Promise<Ending> {
  const meanwhile = await replannedIfChanged(state, around.keeper);
  if (meanwhile) return { goesOn: meanwhile };
  const { root } = state.found.project;
  const { written, failed } = applyPlan(state.found, verified.plan, config ? [fileToWrite(config, root)] : []);
  const errors = [...state.found.errors, ...verified.errors, ...failed];
  if (written.length > 0) forget(state, around);
  around.terminal.say([
    line(`Written: ${written.join(', ') || 'nothing'}`),
    ...(written.length > 0 ? [line('To take it back: startup-codemod undo')] : []),
    ...errorLines(errors),
  ]);
  return { status: errors.length > 0 ? 3 : 0 };
}

/** The configuration is written only where it is what was shown. */
function fileToWrite({ path, before, after = '' }: FileChange, root: string): FileToWrite {
  const content = Buffer.from(after);
  if (before === undefined) return { path, content, needs: [] };
  const bytes = readFileSync(join(root, path));
  const shown = bytes.toString('utf8') === before ? bytes : Buffer.from(before);
  return { path, content, needs: [], before: hashOf(shown) };
}

/** Several answers of one kind are offered as a rule. */
async function suggestion(state: ReviewState, around: Around): Promise<readonly ConfigRule[]> {
  const found = suggestedRule(state.review, state.progress.answers);
  if (!found || !configChange(state, [found.rule], around)) return [];
  const { rule, answers } = found;
  const of = rule.callee ?? `the category ${rule.category}`;
  around.terminal.say([
    line(''),
    line(`You answered ${rule.decision} for ${answers} of ${answers} of ${of}. As a rule for later runs:`),
  ]);
  return (await isConfirmed(rule, state, around)) ? [rule] : [];
}

function nothingToWrite(state: ReviewState, verified: VerifiedPlan, around: Around): Ending {
  const errors = [...state.found.errors, ...verified.errors];
  const isDone = openItems(state).length === 0;
  if (isDone) forget(state, around);
  const isKept = !isDone && state.progress.turns.length > 0;
  const more = isKept ? '; the next review can go on with these answers' : '';
  around.terminal.say([line(`Nothing was accepted: nothing is written${more}.`), ...errorLines(errors)]);
  return { status: errors.length > 0 ? 3 : 0 };
}

function forget(state: ReviewState, { keeper }: Around): void {
  keeper.session?.end();
  if (!keeper.session) endSession(state.found.project.root);
}

function countLines(state: ReviewState): readonly Line[] {
  const accepted = [...state.progress.answers.values()].filter(isAccepting).length;
  const declined = state.progress.answers.size - accepted;
  return [line(`${accepted} accepted, ${declined} declined, ${openItems(state).length} left open`)];
}

function changeLine({ path, before }: FileChange): Line {
  return line(`  ${before === undefined ? 'new  ' : ''}${path}`);
}

function errorLines(errors: readonly FileError[]): readonly Line[] {
  return errors.map(({ path, message }) => line(`not handled  ${path}: ${message}`, 'bad'));
}
