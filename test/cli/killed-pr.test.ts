import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../end-to-end/tool.ts';
import { BRANCH, fakePrograms, git, pr, repositoryOf, runsIn } from './scratch-repository.ts';

/** A git that sends whoever called it a signal before its n-th run does anything. */
function killingGit(signal: string, n: number) {
  const real = JSON.stringify(join(git('.', '--exec-path'), 'git'));
  const { path, log } = fakePrograms({
    git: `const runs = require('fs').readFileSync(LOG, 'utf8').split('\\n').length - 1;
if (runs === ${n}) process.kill(process.ppid, '${signal}');
const { status } = require('child_process').spawnSync(${real}, process.argv.slice(2), { stdio: 'inherit' });
process.exit(status ?? 1);`,
  });
  return { env: { PATH: path }, log };
}

/** The user's branch, index and files are as they were; the branch is there whole, or not at all. */
function expectWhole(folder: string, before: string, whole: string): void {
  expect(git(folder, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  expect(git(folder, 'rev-parse', 'HEAD')).toBe(before);
  expect(git(folder, 'status', '--porcelain')).toBe('');
  const branches = git(folder, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n');
  if (branches.includes(BRANCH)) expect(git(folder, 'rev-parse', `${BRANCH}^{tree}`)).toBe(whole);
  else expect(branches).toEqual(['main']);
}

describe.skipIf(process.platform === 'win32')('a run of pr that is ended by a signal', () => {
  const model = repositoryOf('failing-startup');
  const counted = killingGit('SIGKILL', 0);
  const first = pr(model, [], counted.env);
  const calls = runsIn(counted.log).length;
  const whole = () => git(model, 'rev-parse', `${BRANCH}^{tree}`);

  it('asks git many times', () => {
    expect(first.status, first.stderr).toBe(0);
    expect(calls).toBeGreaterThan(20);
  });

  it('SIGKILL before any run of git leaves everything as it was, or the branch whole, and the next run goes on', () => {
    const folder = repositoryOf('failing-startup');
    const before = git(folder, 'rev-parse', 'HEAD');
    for (let n = 1; n <= calls; n++) {
      const run = pr(folder, [], killingGit('SIGKILL', n).env);
      expect(run.status).toBeNull();
      expectWhole(folder, before, whole());
      if (git(folder, 'branch', '--list', BRANCH) !== '') git(folder, 'branch', '--quiet', '-D', BRANCH);
    }
    expect(pr(folder).status).toBe(0);
    expectWhole(folder, before, whole());
  });

  it('SIGINT in the middle leaves no half branch, and nothing of the index that was used', () => {
    for (const n of [Math.ceil(calls / 2), calls - 2]) {
      const folder = repositoryOf('failing-startup');
      const before = git(folder, 'rev-parse', 'HEAD');
      const scratch = temporaryFolder();
      const { env } = killingGit('SIGINT', n);
      pr(folder, [], { ...env, TMPDIR: scratch });
      expectWhole(folder, before, whole());
      expect(readdirSync(scratch)).toEqual([]);
    }
  });
});
