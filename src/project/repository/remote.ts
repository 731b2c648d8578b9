import { UserError } from '../../core/index.ts';
import { askGit, mustGit, type Repository } from './open.ts';

/** Where a branch is pushed to. */
export interface Remote {
  readonly name: string;
  /** Missing where it is a folder of this machine. */
  readonly address?: RemoteAddress;
}

/** A repository on a server: `github.com`, `team/cafe`. */
export interface RemoteAddress {
  readonly host: string;
  readonly path: string;
}

/** The remote that git itself would push to, or the only one; `undefined` where there is none to choose. */
export function remoteOf({ top, branch = '' }: Repository): Remote | undefined {
  const names = mustGit(top, ['remote'], 'the remotes cannot be listed').split('\n').filter(Boolean);
  const configured = [`branch.${branch}.pushRemote`, 'remote.pushDefault', `branch.${branch}.remote`].map((key) =>
    askGit(top, ['config', '--get', key]),
  );
  const lone = names.length === 1 ? names : [];
  const name = [...configured, 'origin', ...lone].find((wish) => wish !== undefined && names.includes(wish));
  if (name === undefined) return undefined;
  const address = addressIn(askGit(top, ['remote', 'get-url', '--push', name]) ?? '');
  return { name, ...(address === undefined ? {} : { address }) };
}

/** Where pull requests go where the push goes to a fork: the remote that people call `upstream`. */
export function upstreamOf({ top }: Repository): RemoteAddress | undefined {
  return addressIn(askGit(top, ['remote', 'get-url', 'upstream']) ?? '');
}

/** Host and path of `https://…`, `ssh://…` and `git@host:path`; names and passwords in it are left out. */
export function addressIn(url: string): RemoteAddress | undefined {
  const found =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/i.exec(url) ??
    /^(?:[^@/:]+@)?([^/:\\]{2,}):(?!\/\/)(.+)$/.exec(url);
  if (!found) return undefined;
  const [, host = '', path = ''] = found;
  const clean = path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return { host: host.toLowerCase().replace(/^ssh\.github\.com$/, 'github.com'), path: clean };
}

/** Commits of the base that the remote's branch of that name lacks, as far as was fetched: a push would take them along. */
export function unpushed({ top }: Repository, remote: Remote, target: string, base: string): number {
  const ref = `refs/remotes/${remote.name}/${target}`;
  if (askGit(top, ['rev-parse', '--verify', '--quiet', ref]) === undefined) return 0;
  return Number(askGit(top, ['rev-list', '--count', base, `^${ref}`]) ?? 0);
}

/** Asks the remote, before anything is made, whether the push can come to something. */
export function checkRemote({ top }: Repository, remote: Remote, name: string, target: string | undefined): void {
  const wanted = [name, ...(target === undefined ? [] : [target])].map((branch) => `refs/heads/${branch}`);
  const answer = mustGit(top, ['ls-remote', remote.name, ...wanted], `${remote.name} does not answer`, {
    help: 'Nothing was changed. Without --push the branch is made here, and nobody is asked.',
  });
  const refs = new Set(answer.split('\n').map((line) => line.split('\t')[1]));
  if (refs.has(`refs/heads/${name}`)) {
    throw new UserError(`the branch ${name} exists already at ${remote.name}`, 'Name another one with --branch.');
  }
  if (target !== undefined && !refs.has(`refs/heads/${target}`)) {
    throw new UserError(
      `${remote.name} has no branch ${target} that a pull request could go into`,
      'Push that branch first, or name another one with --base.',
    );
  }
}

/** Pushes a branch under its own name, and never over another one. */
export function push({ top }: Repository, remote: Remote, name: string): void {
  const ref = `refs/heads/${name}`;
  mustGit(top, ['push', '--set-upstream', remote.name, `${ref}:${ref}`], `the push to ${remote.name} failed`, {
    help: `The branch ${name} is made; your own branch and files are as they were. To try again:\n  git push --set-upstream ${remote.name} ${name}`,
  });
}
