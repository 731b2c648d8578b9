import {
  type ForgeProgram,
  openingArguments,
  openPullRequest,
  type PullRequest,
  programsFor,
  push,
  type Remote,
  stateOf,
} from '../../index.ts';
import { pushCommand, waysToOpen } from './instructions.ts';
import type { Place } from './prepare.ts';

/** What was done about the pull request, and what is left to be typed. */
export interface Opening {
  readonly lines: readonly string[];
  /** What was asked for could not be done. */
  readonly failed: boolean;
}

/** Pushes the branch, and opens the pull request with the program that is signed in at the remote's host. */
export function open(place: Place, request: PullRequest, remote: Remote): Opening {
  push(place.repository, remote, request.branch);
  const pushed = `Pushed to ${remote.name}.`;
  const { program, why } = signedIn(place, remote);
  if (!program || !remote.address)
    return { lines: [`${pushed} ${why}`, ...toOpen(place, request, remote)], failed: false };
  const args = openingArguments(program, request, remote.address, place.repository);
  const opened = openPullRequest(program, args, place.repository.top);
  if ('address' in opened) return { lines: [pushed, `Opened: ${opened.address}`], failed: false };
  return {
    lines: [pushed, `${program} could not open the pull request: ${opened.failed}`, ...toOpen(place, request, remote)],
    failed: true,
  };
}

/** What a person does where nothing was to be pushed. */
export function leaveOpen(place: Place, request: PullRequest): Opening {
  const { remote, repository, base, unpushed } = place;
  if (!remote) return { lines: ['Nothing was pushed: the repository has no remote.'], failed: false };
  const ways = waysToOpen(request, remote, repository);
  const first = unpushed > 0 ? [`  # ${base.branch} has commits that ${remote.name} lacks: push it first`] : [];
  const lines = ['Nothing was pushed. To open the pull request:', ...first, `  ${pushCommand(remote, request.branch)}`];
  return { lines: [...lines, ...indented(ways, request)], failed: false };
}

function toOpen({ repository }: Place, request: PullRequest, remote: Remote): readonly string[] {
  return ['To open the pull request:', ...indented(waysToOpen(request, remote, repository), request)];
}

function indented(ways: readonly string[], { bodyFile }: PullRequest): readonly string[] {
  if (ways.length === 0) return [`  and open it where the repository is kept, with the text of ${bodyFile}`];
  return ways.map((way) => `  ${way}`);
}

/** The first program of the remote's host that can be used, or why none can. */
function signedIn(
  { repository }: Place,
  { address, name }: Remote,
): { readonly program?: ForgeProgram; readonly why: string } {
  if (!address) return { why: `${name} is no server that pull requests are known of.` };
  const states = programsFor(address).map((program) => ({ program, state: stateOf(program, address, repository.top) }));
  const ready = states.find(({ state }) => state === 'ready');
  const why = states.map(
    ({ program, state }) => `${program} is ${state}${state === 'not signed in' ? ` at ${address.host}` : ''}`,
  );
  return ready ? { program: ready.program, why: '' } : { why: `${why.join(', ')}.` };
}
