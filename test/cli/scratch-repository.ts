import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { copyOfProject, entry, type ToolRun, temporaryFolder } from '../end-to-end/tool.ts';

export const BRANCH = 'startup-codemod/background-startup';

/** No setting of the machine's user decides how a test ends. */
const own = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

/** What git prints, without the last line's end. A failure is the test's. */
export function git(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...own },
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout.trimEnd();
}

/** A copy of a project, committed on `main`. */
export function repositoryOf(project: string): string {
  return committed(copyOfProject(project));
}

/** Makes a repository of a folder, with one commit on `main`. */
export function committed(folder: string): string {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', 'Ada');
  git(folder, 'config', 'user.email', 'ada@example.com');
  return commitAll(folder);
}

export function commitAll(folder: string): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--no-verify', '--message', 'Take orders');
  return folder;
}

/** An empty repository on this machine, known as `origin`, that has `main`. */
export function withRemote(folder: string): string {
  const remote = join(temporaryFolder(), 'cafe.git');
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  git(folder, 'remote', 'add', 'origin', remote);
  git(folder, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  return remote;
}

/** The script of an `ssh` that finds every repository of every server in one folder of this machine. */
export function sshTo(remote: string): string {
  return `const [verb] = process.argv.at(-1).split(' ');
const { status } = require('child_process').spawnSync(verb, [${JSON.stringify(remote)}], { stdio: 'inherit' });
process.exit(status ?? 1);`;
}

/** Runs `startup-codemod pr` in a folder, away from any terminal. */
export function pr(folder: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ToolRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, 'pr', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...own, ...env },
  });
  return { status, stdout, stderr };
}

/** All that a failed run must leave as it was: branch, branches, index, files, and no body. */
export function stateOf(folder: string): readonly string[] {
  return [
    readFileSync(join(git(folder, 'rev-parse', '--absolute-git-dir'), 'HEAD'), 'utf8'),
    git(folder, 'for-each-ref'),
    git(folder, 'status', '--porcelain'),
    String(existsSync(bodyOf(folder))),
  ];
}

export function bodyOf(folder: string): string {
  return join(git(folder, 'rev-parse', '--absolute-git-dir'), 'startup-codemod', 'pull-request.md');
}

/** Programs of a folder that comes first on the PATH, which write their arguments down. */
export interface FakePrograms {
  readonly path: string;
  /** A run a line, as JSON. */
  readonly log: string;
}

/** Each of them notes its run, then does what its script says; `LOG` in it is the path of the notes. */
export function fakePrograms(scripts: Readonly<Record<string, string>>): FakePrograms {
  const folder = join(temporaryFolder(), 'bin');
  const log = join(dirname(folder), 'log');
  mkdirSync(folder);
  writeFileSync(log, '');
  for (const [name, script] of Object.entries(scripts)) {
    const note = `JSON.stringify(['${name}', ...process.argv.slice(2)]) + '\\n'`;
    const lines = [
      `#!${process.execPath}`,
      `const LOG = ${JSON.stringify(log)};`,
      `require('fs').appendFileSync(LOG, ${note});`,
    ];
    writeFileSync(join(folder, name), [...lines, script, ''].join('\n'), { mode: 0o755 });
  }
  return { path: `${folder}${delimiter}${process.env.PATH}`, log };
}

export function runsIn(log: string): readonly (readonly string[])[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as readonly string[]);
}
