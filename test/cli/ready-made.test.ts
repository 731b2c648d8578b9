import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { copyOfProject, temporaryFolder } from '../end-to-end/tool.ts';
import { git } from './repository.ts';

/** The YAML after a mark of the README. */
function yamlAt(mark: string): unknown {
  const text = readFileSync('README.md', 'utf8').split(`<!-- ${mark} -->\n\`\`\`yaml\n`)[1]?.split('```')[0];
  if (text === undefined) throw new Error(`README.md has no YAML after <!-- ${mark} -->`);
  return parse(text);
}

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
}

/** The demo in a repository, cloned from a remote, with the packed tool among its packages. */
function installed(): string {
  const origin = copyOfProject('demo');
  git(origin, 'init', '-q', '-b', 'main');
  git(origin, 'add', '-A');
  git(origin, 'commit', '-qm', 'Open the café');
  const parent = temporaryFolder();
  git(parent, 'clone', '-q', origin, 'clone');
  const clone = join(parent, 'clone');
  const modules = join(clone, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  const isWindows = process.platform === 'win32';
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', parent], { shell: isWindows });
  const archive = readdirSync(parent).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', join(parent, archive), '-C', modules]);
  for (const name of readdirSync('node_modules').filter((name) => !name.startsWith('.')))
    symlinkSync(resolve('node_modules', name), join(modules, name));
  symlinkSync(join(modules, 'package'), join(modules, 'startup-codemod'));
  symlinkSync(join(modules, 'package/dist/src/cli/main.js'), join(modules, '.bin/startup-codemod'));
  execFileSync('chmod', ['+x', join(modules, 'package/dist/src/cli/main.js')]);
  git(clone, 'config', 'core.excludesFile', '/dev/null');
  execFileSync('sh', ['-c', 'echo node_modules >> .git/info/exclude'], { cwd: clone });
  return clone;
}

/** Runs a line of a workflow or hook as a shell does. */
function runLine(cwd: string, line: string) {
  const path = `${join(cwd, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  const env = { ...process.env, PATH: path, GITHUB_BASE_REF: 'main', npm_config_offline: 'true' };
  return spawnSync('sh', ['-ec', line], { cwd, encoding: 'utf8', env });
}

describe.skipIf(process.platform === 'win32')('the examples of the README', () => {
  test('the steps of the workflow pass on a branch that changes nothing, and fail on one that awaits more', () => {
    const clone = installed();
    const workflow = yamlAt('workflow') as {
      readonly jobs: {
        readonly startup: { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] };
      };
    };
    const { steps } = workflow.jobs.startup;
    expect(steps.every(({ uses, run }) => (uses === undefined) !== (run === undefined))).toBe(true);
    const lines = steps.flatMap(({ run }) => run ?? []);
    expect(lines).not.toEqual([]);
    git(clone, 'checkout', '-qb', 'feature');
    for (const line of lines) expect(runLine(clone, line)).toMatchObject({ status: 0 });
    execFileSync('sh', ['-c', 'echo "# more" >> cafe/main.py'], { cwd: clone });
    git(clone, 'commit', '-qam', 'More');
    const run = runLine(clone, lines.at(-1) ?? '');
    expect(run.status, run.stderr).toBe(1);
    expect(run.stderr).toContain('cafe/main.py');
  });

  const { repos } = yamlAt('pre-commit') as { readonly repos: readonly { readonly hooks: readonly Hook[] }[] };
  const ownHooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[];

  test.each([...repos.flatMap(({ hooks }) => hooks), ...ownHooks])(
    'the hook $id ($language) fails where a staged file awaits too much',
    (hook) => {
      expect(hook).toMatchObject({ name: 'startup-codemod', pass_filenames: false });
      const clone = installed();
      expect(runLine(clone, hook.entry)).toMatchObject({ status: 0 });
      execFileSync('sh', ['-c', 'echo "# more" >> cafe/main.py'], { cwd: clone });
      expect(runLine(clone, hook.entry)).toMatchObject({ status: 0 });
      git(clone, 'add', 'cafe/main.py');
      const run = runLine(clone, hook.entry);
      expect(run.status, run.stderr).toBe(1);
      expect(run.stderr).toContain('cafe/main.py');
    },
  );
});
