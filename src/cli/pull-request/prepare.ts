import {
  type Base,
  baseOf,
  bodyFileFor,
  CODE_OWNERS_FILES,
  checkBranchName,
  checkRemote,
  cleanRepository,
  codeOwners,
  findRoots,
  type Remote,
  type Repository,
  remoteOf,
  sourceExtensions,
  UserError,
  unpushed,
} from '../../index.ts';
import { count } from '../reporters/count.ts';
import type { PullRequestOptions } from './options.ts';

/** Where the branch is made: all that can be refused was asked before anything is planned. */
export interface Place {
  readonly repository: Repository;
  readonly base: Base;
  readonly remote?: Remote;
  readonly bodyFile: string;
  /** The owners of a file, by its path below the root, as one text; empty where it has none. */
  readonly ownersOf: (path: string) => string;
  /** Commits of the base that the remote lacks: the pull request would hold them, too. */
  readonly unpushed: number;
}

/** Looks whether a branch can be made, and pushed where that is wanted. Whatever stands against it is a `UserError`. */
export function prepare(paths: readonly string[], options: PullRequestOptions): Place {
  const repository = cleanRepository(findRoots(paths).root, sourceExtensions);
  checkBranchName(repository, options.branch);
  const base = baseOf(repository, options.base, sourceExtensions);
  const remote = remoteOf(repository);
  const place = {
    repository,
    base,
    ...(remote === undefined ? {} : { remote }),
    bodyFile: bodyFileFor(repository, options.body),
    ownersOf: options.splitBy === 'owner' ? ownersIn(repository) : () => '',
    unpushed: remote && base.branch !== undefined ? unpushed(repository, remote, base.branch, base.commit) : 0,
  };
  if (options.push) checkPush(place, options.branch);
  return place;
}

/** A push takes along what the base has and the remote has not: nobody asked for that. */
function checkPush({ repository, base, remote, unpushed }: Place, branch: string): void {
  if (!remote) throw new UserError('--push: the repository has no remote', 'Add one (git remote add origin …).');
  if (unpushed > 0) {
    throw new UserError(
      `${base.branch} has ${count(unpushed, 'commit')} that ${remote.name} lacks: a push would take them along`,
      `Push ${base.branch} first, or start from what was pushed: --base ${remote.name}/${base.branch}.`,
    );
  }
  checkRemote(repository, remote, branch, base.branch);
}

function ownersIn({ top, prefix }: Repository): (path: string) => string {
  const owners = codeOwners(top);
  if (owners) return (path) => owners(prefix + path).join(' ');
  throw new UserError(
    `--split-by owner: there is no ${CODE_OWNERS_FILES.join(', ')} in ${top}`,
    'Write one, or split by transform or hook.',
  );
}
