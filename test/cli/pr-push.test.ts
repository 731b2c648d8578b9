import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../end-to-end/tool.ts';
import {
  BRANCH,
  bodyOf,
  commitAll,
  fakePrograms,
  git,
  pr,
  repositoryOf,
  runsIn,
  sshTo,
  stateOf,
  withRemote,
} from './scratch-repository.ts';

/** Signed in; opening gives the address of the pull request. */
const signedIn = `if (process.argv[2] !== 'auth') console.log('https://github.com/team/cafe/pull/7');`;
const signedOut = `if (process.argv[2] === 'auth') process.exit(1);`;

/** A repository whose remote git believes to be on a server. */
function onServer(address: string, scripts: Readonly<Record<string, string>>) {
  const folder = repositoryOf('demo');
  const remote = withRemote(folder);
  git(folder, 'remote', 'set-url', 'origin', address);
  const { path, log } = fakePrograms({ ssh: sshTo(remote), ...scripts });
  const runs = (name: string) => runsIn(log).flatMap(([program, ...args]) => (program === name ? [args] : []));
  return { folder, remote, env: { PATH: path }, runs };
}

const branchesOf = (remote: string) =>
  git(remote, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n');

describe.skipIf(process.platform === 'win32')('pr --push', () => {
  it('pushes the branch and opens a pull request with gh', () => {
    const { folder, remote, env, runs } = onServer('git@github.com:team/cafe.git', { gh: signedIn, glab: '' });
    const { status, stdout, stderr } = pr(folder, ['--push', '--draft', '--title', 'Start faster'], env);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('Opened: https://github.com/team/cafe/pull/7');
    expect(git(remote, 'rev-parse', BRANCH)).toBe(git(folder, 'rev-parse', BRANCH));
    expect(git(folder, 'rev-parse', '--abbrev-ref', `${BRANCH}@{upstream}`)).toBe(`origin/${BRANCH}`);
    expect(runs('gh')).toEqual([
      ['auth', 'status', '--hostname', 'github.com'],
      ['pr', 'create', '--repo', 'https://github.com/team/cafe', '--head', BRANCH, '--base', 'main'].concat([
        '--title',
        'Start faster',
        '--draft',
        '--body-file',
        bodyOf(folder),
      ]),
    ]);
    expect(runs('glab')).toEqual([]);
  });

  it('opens a merge request with glab', () => {
    const { folder, env, runs } = onServer('git@gitlab.com:team/cafe.git', { gh: signedIn, glab: signedIn });
    expect(pr(folder, ['--push'], env).status).toBe(0);
    expect(runs('gh')).toEqual([]);
    const [, create = []] = runs('glab');
    expect(create.slice(0, 8)).toEqual([
      'mr',
      'create',
      '--repo',
      'https://gitlab.com/team/cafe',
      '--source-branch',
      BRANCH,
      '--target-branch',
      'main',
    ]);
    expect(create[create.indexOf('--description') + 1]).toBe(readFileSync(bodyOf(folder), 'utf8'));
  });

  it('opens from a fork into the repository that is called upstream', () => {
    const { folder, env, runs } = onServer('git@github.com:ada/cafe.git', { gh: signedIn });
    git(folder, 'remote', 'add', 'upstream', 'https://github.com/team/cafe.git');
    expect(pr(folder, ['--push'], env).status).toBe(0);
    expect(runs('gh')[1]?.slice(2, 6)).toEqual(['--repo', 'https://github.com/team/cafe', '--head', `ada:${BRANCH}`]);
  });

  it('asks both programs where the host tells neither, and takes the one that is signed in', () => {
    const { folder, env, runs } = onServer('git@git.example.com:team/cafe.git', { gh: signedOut, glab: signedIn });
    expect(pr(folder, ['--push'], env).stdout).toContain('Opened:');
    expect(runs('gh')).toEqual([['auth', 'status', '--hostname', 'git.example.com']]);
    expect(runs('glab')).toHaveLength(2);
  });

  it('says what to do where the program is not signed in', () => {
    const { folder, remote, env } = onServer('git@github.com:team/cafe.git', { gh: signedOut });
    const { status, stdout } = pr(folder, ['--push'], env);
    expect(status).toBe(0);
    expect(branchesOf(remote)).toEqual(['main', BRANCH]);
    expect(stdout).toContain('Pushed to origin. gh is not signed in at github.com.');
    expect(stdout).toContain(`https://github.com/team/cafe/compare/main...${BRANCH}?expand=1`);
  });

  it('says what the program said where it could not open one, and ends with 3', () => {
    const failing = `if (process.argv[2] !== 'auth') { console.error('no rights\\u001b[2J'); process.exit(1); }`;
    const { folder, remote, env } = onServer('git@github.com:team/cafe.git', { gh: failing });
    const { status, stdout } = pr(folder, ['--push'], env);
    expect(status).toBe(3);
    expect(stdout).toContain('gh could not open the pull request: no rights\\x1b[2J');
    expect(stdout).toContain('gh pr create --repo');
    expect(branchesOf(remote)).toEqual(['main', BRANCH]);
  });

  it('pushes to a folder of this machine, and knows nobody who opens anything there', () => {
    const folder = repositoryOf('demo');
    const remote = withRemote(folder);
    const { status, stdout } = pr(folder, ['--push']);
    expect(status).toBe(0);
    expect(branchesOf(remote)).toEqual(['main', BRANCH]);
    expect(stdout).toContain('origin is no server that pull requests are known of.');
  });

  it('keeps the branch where the remote refuses the push', () => {
    const { folder, remote, env } = onServer('git@github.com:team/cafe.git', { gh: signedIn });
    git(remote, 'config', 'receive.denyCurrentBranch', 'refuse');
    git(remote, 'config', 'receive.maxInputSize', '1');
    const { status, stderr, stdout } = pr(folder, ['--push'], env);
    expect(status).toBe(2);
    expect(stdout).toContain(`Branch ${BRANCH}`);
    expect(stderr).toContain('the push to origin failed');
    expect(stderr).toContain(`git push --set-upstream origin ${BRANCH}`);
    expect(branchesOf(remote)).toEqual(['main']);
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });
});

describe('pr --push is refused before anything is made', () => {
  const refused = (folder: string, words: string) => {
    const before = stateOf(folder);
    const { status, stderr } = pr(folder, ['--push']);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
    expect(stateOf(folder)).toEqual(before);
  };

  it('without a remote', () => refused(repositoryOf('demo'), '--push: the repository has no remote'));

  it('where it would take commits along that nobody asked to push', () => {
    const folder = repositoryOf('demo');
    withRemote(folder);
    writeFileSync(join(folder, 'notes.txt'), 'remember the milk\n');
    commitAll(folder);
    refused(folder, 'main has 1 commit that origin lacks');
  });

  it('where the remote has the branch already, or lacks the base', () => {
    const folder = repositoryOf('demo');
    const remote = withRemote(folder);
    git(remote, 'branch', BRANCH, 'main');
    refused(folder, `the branch ${BRANCH} exists already at origin`);
    git(remote, 'branch', '-D', BRANCH);
    git(folder, 'switch', '--quiet', '--create', 'side');
    refused(folder, 'origin has no branch side');
  });

  it('where the remote does not answer', () => {
    const folder = repositoryOf('demo');
    git(folder, 'remote', 'add', 'origin', join(temporaryFolder(), 'gone.git'));
    refused(folder, 'origin does not answer');
  });
});

describe('pr without --push', () => {
  it('asks no server and no program, and says what to type', () => {
    const { folder, remote, env, runs } = onServer('git@github.com:team/cafe.git', { gh: signedIn, glab: signedIn });
    const { status, stdout } = pr(folder, ['--title', "Ada's start"], env);
    expect(status).toBe(0);
    for (const program of ['ssh', 'gh', 'glab']) expect(runs(program)).toEqual([]);
    expect(branchesOf(remote)).toEqual(['main']);
    expect(stdout).toContain(`  git push --set-upstream origin ${BRANCH}\n`);
    expect(stdout).toContain(
      `gh pr create --repo https://github.com/team/cafe --head ${BRANCH} --base main --title 'Ada'\\''s start'`,
    );
    expect(stdout).toContain(`  or on https://github.com/team/cafe/compare/main...${BRANCH}?expand=1\n`);
  });

  it('never shows a password of the remote, and reads the body from its file for glab', () => {
    const folder = repositoryOf('demo');
    git(folder, 'remote', 'add', 'origin', 'https://ada:secret@gitlab.com/team/cafe.git');
    const { stdout, stderr } = pr(folder);
    expect(stdout + stderr).not.toContain('secret');
    expect(stdout).toContain(`--description "$(cat ${bodyOf(folder)})" --yes`);
  });

  it('can be typed: the commands that it prints do what it says', () => {
    const { folder, remote, env, runs } = onServer('git@github.com:team/cafe.git', { gh: signedIn });
    const { stdout } = pr(folder, ['--title', "Ada's start"], env);
    const typed = stdout.split('\n').filter((line) => /^ {2}(git|gh) /.test(line));
    const script = join(temporaryFolder(), 'typed.sh');
    writeFileSync(script, typed.join('\n'));
    git(folder, '-c', `alias.typed=!PATH='${env.PATH}' sh ${script}`, 'typed');
    expect(branchesOf(remote)).toEqual(['main', BRANCH]);
    expect(runs('gh').at(-1)).toContain("Ada's start");
  });
});
