import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyOfProject, filesOf, rewrittenProject, runTool, temporaryFolder } from '../end-to-end/tool.ts';
import { BRANCH, bodyOf, commitAll, committed, git, pr, repositoryOf, stateOf } from './scratch-repository.ts';

/** The files of a branch, checked out elsewhere. */
function checkedOut(folder: string, branch = BRANCH): ReadonlyMap<string, string> {
  const elsewhere = join(temporaryFolder(), 'tree');
  git(folder, 'worktree', 'add', '--quiet', '--detach', elsewhere, branch);
  return withoutGit(elsewhere);
}

function withoutGit(folder: string): ReadonlyMap<string, string> {
  return new Map([...filesOf(folder)].filter(([path]) => path !== '.git' && !path.startsWith('.git/')));
}

const subjects = (folder: string) => git(folder, 'log', '--reverse', '--format=%s', `main..${BRANCH}`).split('\n');

describe('startup-codemod pr', () => {
  it.each(['transform', 'hook', 'none'])(
    'split by %s ends with what --write writes, and touches nothing else',
    (split) => {
      const folder = repositoryOf('demo');
      const before = [
        git(folder, 'rev-parse', 'HEAD'),
        git(folder, 'status', '--porcelain'),
        git(folder, 'ls-files', '--stage'),
      ];
      const run = pr(folder, ['--split-by', split]);
      expect(run.status, run.stderr).toBe(0);
      expect(checkedOut(folder)).toEqual(withoutGit(rewrittenProject('demo')));
      expect(git(folder, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
      expect([
        git(folder, 'rev-parse', 'HEAD'),
        git(folder, 'status', '--porcelain'),
        git(folder, 'ls-files', '--stage'),
      ]).toEqual(before);
      expect(withoutGit(folder)).toEqual(withoutGit(copyOfProject('demo')));
    },
  );

  it('makes a commit for each transform, and says so', () => {
    const folder = repositoryOf('demo');
    const { stdout } = pr(folder);
    expect(subjects(folder)).toEqual([
      'Start background work once the server listens',
      'Guard shutdown steps one by one',
      'Say why startup waits for a step, or does not',
      'Remove remarks that call code temporary',
    ]);
    expect(stdout).toContain(`Branch ${BRANCH}, 4 commits on main:`);
    expect(stdout).toContain('Nothing was pushed: the repository has no remote.');
    const body = readFileSync(bodyOf(folder), 'utf8');
    expect(body).toContain('Move 7 startup calls into the background');
    for (const subject of subjects(folder)) expect(body).toContain(`1. ${subject}`);
  });

  it('words its messages in lines of 72, with the calls and the reasons', () => {
    const folder = repositoryOf('demo');
    pr(folder);
    const messages = git(folder, 'log', '--reverse', '--format=%B', `main..${BRANCH}`);
    expect(messages.split('\n').filter((line) => line.length > 72)).toEqual([]);
    expect(messages).toContain(
      '- prefetch_exchange_rates (cafe/main.py:29): warming up only makes the\n  first requests faster.',
    );
  });

  it('writes no control character of a source into a message or onto the terminal', () => {
    const folder = copyOfProject('demo');
    const main = join(folder, 'cafe/main.py');
    const remark = 'temporarily disabled, it slows';
    writeFileSync(main, readFileSync(main, 'utf8').replace(remark, `temporarily disabled \u001b[2J\u202e, it slows`));
    const { stdout, stderr } = pr(committed(folder));
    const shown =
      git(folder, 'log', '--format=%B', `main..${BRANCH}`) + readFileSync(bodyOf(folder), 'utf8') + stdout + stderr;
    expect(shown).toContain('\\x1b');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(shown).not.toMatch(/[\u001b\u202e]/);
  });

  it('says which decisions people made, in the body and the commits', () => {
    const folder = copyOfProject('demo');
    const main = join(folder, 'cafe/main.py');
    const text = readFileSync(main, 'utf8');
    writeFileSync(
      main,
      text.replace('await prefetch_exchange_rates()', 'await prefetch_exchange_rates()  # startup-codemod: background'),
    );
    pr(committed(folder));
    expect(readFileSync(bodyOf(folder), 'utf8')).toMatch(
      /### Decided by people\n\n- `prefetch_exchange_rates` at .*: background, by a directive in the code/,
    );
    expect(git(folder, 'log', '--format=%B', `main..${BRANCH}`).replaceAll(/\s+/g, ' ')).toContain(
      'Decided by a directive in the code.',
    );
  });

  it('splits by the owners of files', () => {
    const folder = copyOfProject('layout-deployables');
    mkdirSync(join(folder, '.github'));
    writeFileSync(join(folder, '.github/CODEOWNERS'), '* @team/all\n/worker/ @team/work @ada\n');
    const run = pr(committed(folder), ['--split-by', 'owner']);
    expect(run.status, run.stderr).toBe(0);
    const owned = subjects(folder);
    expect(owned).toHaveLength(2);
    expect(owned.join('\n')).toContain('(@team/all)');
    expect(owned.join('\n')).toContain('(@team/work @ada)');
    const changed = git(folder, 'log', '--format=%s', '--name-only', `main..${BRANCH}`, '--', 'worker');
    expect(changed).toContain('(@team/work @ada)');
    expect(changed).not.toContain('(@team/all)');
  });

  it('takes the unsafe rewrites with --unsafe, as --write does', () => {
    const folder = repositoryOf('blocking-step');
    expect(pr(folder, ['--unsafe']).status).toBe(0);
    expect(checkedOut(folder)).toEqual(withoutGit(rewrittenProject('blocking-step', '--unsafe')));
  });

  it('takes the chosen transforms alone, before or after its name', () => {
    const folder = repositoryOf('demo');
    expect(pr(folder, ['--transform', 'remove-temporary-remarks']).status).toBe(0);
    expect(subjects(folder)).toEqual(['Remove remarks that call code temporary']);
    const run = runTool(folder, '--write', 'pr');
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('--write does not go with pr');
  });

  it('makes nothing where nothing would change', () => {
    const folder = committed(rewrittenProject('demo'));
    const before = stateOf(folder);
    const { status, stdout } = pr(folder);
    expect(status).toBe(0);
    expect(stdout).toBe('Nothing to change: no branch was made.\n');
    expect(stateOf(folder)).toEqual(before);
  });

  it('writes the body where it is told to, and over no file', () => {
    const folder = repositoryOf('demo');
    const body = join(temporaryFolder(), 'body.md');
    expect(pr(folder, ['--body', body]).status).toBe(0);
    expect(readFileSync(body, 'utf8')).toContain('### Commits');
    const again = pr(folder, ['--body', 'cafe/main.py', '--branch', 'other']);
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('--body cafe/main.py: the file exists already');
  });

  it('says nothing with --quiet', () => {
    const run = pr(repositoryOf('demo'), ['--quiet']);
    expect([run.status, run.stdout, run.stderr]).toEqual([0, '', '']);
  });
});

describe('where the repository is', () => {
  it('a folder of a monorepo is rewritten alone, from inside and from the top', () => {
    const top = temporaryFolder();
    const folder = join(top, 'services/café');
    cpSync(copyOfProject('demo'), folder, { recursive: true });
    cpSync(copyOfProject('startup-events'), join(top, 'services/other'), { recursive: true });
    committed(top);
    const run = pr(folder);
    expect(run.status, run.stderr).toBe(0);
    expect(pr(top, ['services/café', '--branch', 'from-the-top']).status).toBe(0);
    for (const branch of [BRANCH, 'from-the-top']) {
      const changed = git(top, '-c', 'core.quotePath=false', 'diff', '--name-only', 'main', branch);
      expect(changed.split('\n')).toEqual(['services/café/cafe/main.py', 'services/café/cafe/startup_tasks.py']);
    }
  });

  it('a linked work tree on a branch of its own makes the branch for all of them', () => {
    const folder = repositoryOf('demo');
    const linked = join(temporaryFolder(), 'linked');
    git(folder, 'worktree', 'add', '--quiet', '-b', 'side', linked);
    const { status, stdout, stderr } = pr(linked);
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('commits on side:');
    expect(subjects(folder)).toHaveLength(4);
    expect(git(linked, 'symbolic-ref', '--short', 'HEAD')).toBe('side');
  });

  it('a detached HEAD is a commit to start from', () => {
    const folder = repositoryOf('demo');
    git(folder, 'checkout', '--quiet', '--detach');
    const { status, stdout } = pr(folder);
    expect(status).toBe(0);
    expect(stdout).toContain(`4 commits on ${git(folder, 'rev-parse', 'HEAD').slice(0, 10)}:`);
  });

  it('line ends are stored as the repository keeps them, and modes stay', () => {
    const folder = copyOfProject('demo');
    const main = join(folder, 'cafe/main.py');
    writeFileSync(main, readFileSync(main, 'utf8').replaceAll('\n', '\r\n'));
    chmodSync(main, 0o755);
    writeFileSync(join(folder, '.gitattributes'), '*.py text eol=crlf\n');
    committed(folder);
    expect(pr(folder).status).toBe(0);
    expect(git(folder, 'show', `${BRANCH}:cafe/main.py`)).not.toContain('\r');
    expect(git(folder, 'ls-tree', BRANCH, 'cafe/main.py')).toMatch(/^100755 /);
    expect(checkedOut(folder).get('cafe/main.py')).not.toMatch(/[^\r]\n/);
  });

  it('line ends that the repository keeps against its settings stay, too', () => {
    const folder = copyOfProject('demo');
    const main = join(folder, 'cafe/main.py');
    writeFileSync(main, readFileSync(main, 'utf8').replaceAll('\n', '\r\n'));
    committed(folder);
    git(folder, 'config', 'core.autocrlf', 'true');
    expect(pr(folder).status).toBe(0);
    expect(git(folder, 'show', `${BRANCH}:cafe/main.py`)).not.toMatch(/[^\r]\n/);
  });

  it('--base starts from a branch whose sources are those of the work tree, and from no other', () => {
    const folder = repositoryOf('demo');
    git(folder, 'switch', '--quiet', '--create', 'notes');
    writeFileSync(join(folder, 'notes.txt'), 'remember the milk\n');
    commitAll(folder);
    expect(pr(folder, ['--base', 'main']).status).toBe(0);
    expect(git(folder, 'diff', '--name-only', 'main', BRANCH)).not.toContain('notes.txt');
    writeFileSync(join(folder, 'cafe/rates.py'), 'RATES = {}\n');
    commitAll(folder);
    const run = pr(folder, ['--base', 'main', '--branch', 'another']);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('the work tree is not at main: cafe/rates.py differ');
    expect(pr(folder, ['--base', 'nowhere', '--branch', 'another']).stderr).toContain('--base nowhere: no such branch');
  });
});
