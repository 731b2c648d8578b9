import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyOfProject, temporaryFolder } from '../end-to-end/tool.ts';
import { BRANCH, commitAll, committed, git, pr, repositoryOf, stateOf } from './scratch-repository.ts';

/** A run that ends with 2, says why, and leaves everything as it was. */
function expectRefused(
  folder: string,
  words: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): string {
  const before = stateOf(folder);
  const { status, stdout, stderr } = pr(folder, args, env);
  expect(stderr).toContain(words);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).not.toContain('this is a bug');
  expect(stateOf(folder)).toEqual(before);
  return stderr;
}

function edited(folder: string): string {
  writeFileSync(join(folder, 'cafe/settings.py'), 'DIGEST_ENABLED = False\n');
  return folder;
}

/** A repository in which `side` and `main` say different things of one file. */
function diverged(): string {
  const folder = repositoryOf('demo');
  git(folder, 'switch', '--quiet', '--create', 'side');
  writeFileSync(join(folder, 'notes.txt'), 'one\n');
  commitAll(folder);
  git(folder, 'switch', '--quiet', 'main');
  writeFileSync(join(folder, 'notes.txt'), 'another\n');
  return commitAll(folder);
}

/** Runs git where it is expected to stop halfway. */
function stopped(folder: string, ...args: readonly string[]): string {
  expect(() => git(folder, ...args)).toThrow();
  return folder;
}

describe('a work tree that is not what was committed', () => {
  it('is refused with its changes, before anything is planned', () => {
    expectRefused(edited(repositoryOf('demo')), 'the git work tree has changes\n  cafe/settings.py');
  });

  it('is refused where they are staged, or outside of the folder', () => {
    const folder = edited(repositoryOf('demo'));
    git(folder, 'add', '--all');
    expectRefused(folder, 'cafe/settings.py');
    const other = repositoryOf('demo');
    writeFileSync(join(other, 'requirements.txt'), 'fastapi\n');
    expectRefused(other, 'requirements.txt', ['cafe']);
  });

  it('counts sources that git does not track, and nothing else that it does not', () => {
    const folder = repositoryOf('demo');
    writeFileSync(join(folder, 'notes.txt'), 'remember the milk\n');
    expect(pr(folder).status).toBe(0);
    writeFileSync(join(folder, 'cafe/new_rates.py'), 'RATES = {}\n');
    expectRefused(folder, 'cafe/new_rates.py', ['--branch', 'another']);
  });

  it('is seen where git was told not to look', () => {
    const folder = repositoryOf('demo');
    git(folder, 'update-index', '--assume-unchanged', 'cafe/main.py');
    writeFileSync(join(folder, 'cafe/main.py'), `${git(folder, 'show', 'HEAD:cafe/main.py')}\n# my own\n`);
    expectRefused(folder, 'cafe/main.py: the work tree has it otherwise than the commit');
  });
});

describe('a repository that is not ready', () => {
  it('in the middle of a merge, rebase, cherry-pick or bisect', () => {
    expectRefused(stopped(diverged(), 'merge', 'side'), 'in the middle of a merge');
    expectRefused(stopped(diverged(), 'rebase', 'side'), 'in the middle of a rebase');
    expectRefused(stopped(diverged(), 'cherry-pick', 'side'), 'in the middle of a cherry-pick');
    const folder = repositoryOf('demo');
    git(folder, 'bisect', 'start');
    expectRefused(folder, 'in the middle of a bisect');
  });

  it('without a commit', () => {
    const folder = copyOfProject('demo');
    git(folder, 'init', '--quiet');
    const { status, stderr } = pr(folder);
    expect([status, stderr]).toEqual([2, expect.stringContaining('the repository has no commit yet')]);
  });

  it('that is none', () => {
    const { status, stderr } = pr(copyOfProject('demo'));
    expect([status, stderr]).toEqual([2, expect.stringContaining('is in no git repository')]);
  });

  it('without git', () => {
    expectRefused(repositoryOf('demo'), 'git was not found', [], { PATH: temporaryFolder() });
  });

  it('without a name for the author', () => {
    const folder = repositoryOf('demo');
    git(folder, 'config', 'user.useConfigOnly', 'true');
    git(folder, 'config', '--unset', 'user.email');
    expectRefused(folder, 'git could not make a commit');
  });

  it('whose signature fails', () => {
    const folder = repositoryOf('demo');
    git(folder, 'config', 'commit.gpgSign', 'true');
    git(folder, 'config', 'gpg.program', 'false');
    const said = expectRefused(folder, 'git could not make a commit');
    expect(said).toContain('gpg failed to sign the data');
    expect(said).toContain('no branch was made');
  });

  it('with files of a submodule', () => {
    const inner = repositoryOf('startup-events');
    const folder = repositoryOf('demo');
    git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'inner');
    commitAll(folder);
    expectRefused(folder, 'inner/');
    expect(pr(folder, ['--exclude', 'inner/**']).status).toBe(0);
    git(join(folder, 'inner'), 'config', 'user.name', 'Ada');
    git(join(folder, 'inner'), 'config', 'user.email', 'ada@example.com');
    expect(pr(join(folder, 'inner')).status).toBe(0);
  });
});

describe('a branch', () => {
  it('that exists is never written over', () => {
    const folder = repositoryOf('demo');
    expectRefused(folder, 'the branch main exists already', ['--branch', 'main']);
    expect(pr(folder).status).toBe(0);
    expectRefused(folder, `the branch ${BRANCH} exists already`);
  });

  it('that exists at a remote is not made', () => {
    const folder = repositoryOf('demo');
    git(folder, 'remote', 'add', 'origin', temporaryFolder());
    git(folder, 'update-ref', 'refs/remotes/origin/startup', 'HEAD');
    expectRefused(folder, 'the branch startup exists already at origin', ['--branch', 'startup']);
  });

  it.each(['HEAD', '-x', 'a..b', 'a b', '@{-1}'])('cannot be called %s', (name) => {
    expectRefused(repositoryOf('demo'), 'git allows no such name', [`--branch=${name}`]);
  });

  it('that git cannot make leaves no body behind', () => {
    const folder = repositoryOf('demo');
    git(folder, 'branch', 'startup-codemod');
    expectRefused(folder, `the branch ${BRANCH} could not be made`);
  });
});

describe.skipIf(process.platform === 'win32')('the commit-msg hook', () => {
  const hooked = (script: string) => {
    const folder = repositoryOf('demo');
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    writeFileSync(join(folder, '.git/hooks/commit-msg'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, '.git/hooks/commit-msg'), 0o755);
    return folder;
  };

  it('that refuses a message ends the run, and is heard', () => {
    const folder = hooked('echo "a ticket is missing" >&2\nexit 1');
    const said = expectRefused(folder, 'the commit-msg hook refused a commit: a ticket is missing');
    expect(said).toContain('--no-verify');
    expect(pr(folder, ['--no-verify']).status).toBe(0);
  });

  it('that refuses the last message leaves no commit of the others', () => {
    const folder = hooked('if grep -q "Remove remarks" "$1"; then exit 1; fi');
    expectRefused(folder, 'the commit-msg hook refused a commit');
  });

  it('that words a message anew is followed', () => {
    const folder = hooked('printf "CAFE-1 %s" "$(cat "$1")" > "$1"');
    expect(pr(folder).status).toBe(0);
    expect(git(folder, 'log', '--format=%s', `main..${BRANCH}`)).toMatch(/^(CAFE-1 .*\n?){4}$/);
  });
});

describe('what is not there', () => {
  it('owners that nobody wrote down', () => {
    expectRefused(repositoryOf('demo'), '--split-by owner: there is no', ['--split-by', 'owner']);
  });

  it('a folder, or one for the body', () => {
    const folder = repositoryOf('demo');
    expectRefused(folder, 'no such file or folder', ['nowhere']);
    expectRefused(committed(copyOfProject('demo')), 'the body could not be written', [
      '--body',
      join(folder, 'requirements.txt/body.md'),
    ]);
  });
});
