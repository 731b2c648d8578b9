import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/index.ts';
import { entry, runTool, temporaryFolder } from '../end-to-end/tool.ts';
import { git, put, repositoryWith } from './repository.ts';

const isWindows = process.platform === 'win32';

/** A server that awaits these calls before it listens. */
function server(...calls: readonly string[]): string {
  const names = [...new Set(calls)].join(', ');
  return [
    'from contextlib import asynccontextmanager',
    '',
    'from fastapi import FastAPI',
    '',
    `from work import ${names}`,
    '',
    '',
    '@asynccontextmanager',
    'async def lifespan(app: FastAPI):',
    ...calls.map((call) => `    await ${call}()`),
    '    yield',
    '',
    '',
    'app = FastAPI(lifespan=lifespan)',
    '',
  ].join('\n');
}

const work = ['connect_db', 'warm_cache', 'start_metrics', 'prefetch_rates']
  .map((name) => `async def ${name}():\n    print("é")\n`)
  .join('\n\n');

const files = { 'work.py': work, 'shop.py': server('connect_db', 'warm_cache'), 'desk.py': server('warm_cache') };

function pathsOf(stdout: string): readonly string[] {
  return (JSON.parse(stdout) as Report).files.map((file) => file.path);
}

describe('--baseline', () => {
  test('accepts what is in it, wherever it stands in the file, and fails on what is new', () => {
    const folder = repositoryWith(files);
    const write = runTool(folder, '.', '--baseline', 'accepted.json', '--update-baseline');
    expect(write, write.stderr).toMatchObject({ status: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(folder, 'accepted.json'), 'utf8'))).toEqual({
      version: 1,
      findings: [
        { path: 'desk.py', hook: 'lifespan', callee: 'warm_cache', count: 1 },
        { path: 'shop.py', hook: 'lifespan', callee: 'warm_cache', count: 1 },
      ],
    });
    const check = ['.', '--check', '--baseline', 'accepted.json'];
    expect(runTool(folder, ...check).status).toBe(0);
    put(folder, { 'shop.py': `# A line above.\n${server('connect_db', 'warm_cache', 'prefetch_rates')}` });
    const added = runTool(folder, ...check);
    expect(added.status).toBe(1);
    expect(added.stderr).toContain('shop.py:13 lifespan: prefetch_rates');
    expect(added.stderr).not.toContain('new          desk.py');
    put(folder, { 'shop.py': server('connect_db', 'warm_cache', 'warm_cache') });
    expect(runTool(folder, ...check), 'the same call once more is new').toMatchObject({ status: 1 });
  });

  test('names what it accepts and is gone, but not what the run did not look at', () => {
    const folder = repositoryWith(files);
    runTool(folder, '.', '--baseline', 'accepted.json', '--update-baseline');
    put(folder, { 'shop.py': server('connect_db') });
    const check = ['--check', '--baseline', 'accepted.json'];
    const run = runTool(folder, '.', ...check);
    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(/stale +shop\.py lifespan: warm_cache/);
    expect(runTool(folder, 'desk.py', ...check).stderr).not.toContain('stale');
    runTool(folder, 'shop.py', '--baseline', 'accepted.json', '--update-baseline');
    expect(readFileSync(join(folder, 'accepted.json'), 'utf8')).toContain('desk.py');
    expect(readFileSync(join(folder, 'accepted.json'), 'utf8')).not.toContain('shop.py');
  });

  test('one that is missing, broken or used without --check is wrong usage', () => {
    const folder = repositoryWith({ ...files, 'broken.json': '{"version": 1,\n<<<<<<< HEAD\n' });
    put(folder, { 'other.json': '{"version": 2, "findings": []}' });
    for (const args of [
      ['--check', '--baseline', 'missing.json'],
      ['--check', '--baseline', 'broken.json'],
      ['--check', '--baseline', 'other.json'],
      ['--baseline', 'accepted.json'],
      ['--update-baseline'],
      ['--write', '--baseline', 'a.json', '--update-baseline'],
      ['--baseline', 'no/such/folder/a.json', '--update-baseline'],
    ]) {
      const run = runTool(folder, '.', ...args);
      expect(run.status, `${args.join(' ')}: ${run.stderr}`).toBe(2);
      expect(run.stderr).not.toContain('    at ');
    }
  });

  test('holds removed remarks, which move nothing', () => {
    const remark = '    # TODO: temporarily disabled, it is slow\n    # await warm_cache()\n    yield\n';
    const folder = repositoryWith({ 'work.py': work, 'shop.py': server('connect_db').replace('    yield\n', remark) });
    const check = ['.', '--check', '--baseline', 'accepted.json'];
    runTool(folder, '.', '--baseline', 'accepted.json', '--update-baseline');
    expect(readFileSync(join(folder, 'accepted.json'), 'utf8')).toContain('"transform":"remove-temporary-remarks"');
    expect(runTool(folder, ...check).status).toBe(0);
    expect(runTool(folder, '.', '--check').status).toBe(1);
  });
});

describe('maxBlockingCalls', () => {
  const budget = (value: unknown) => JSON.stringify({ maxBlockingCalls: value });
  const settled = {
    'work.py': work,
    'shop.py': server('connect_db', 'connect_db', 'connect_db'),
    'desk.py': server('connect_db'),
  };

  test.each([
    [4, 0, ''],
    [3, 1, 'this run: 4 startup calls'],
    [{ perHook: 2 }, 1, 'shop.py:9 lifespan: 3 startup calls'],
    [{ perHook: 2, hooks: { 'shop.py:*': 3 } }, 0, ''],
    [{ hooks: { '*:lifespan': 0 } }, 1, 'desk.py:9 lifespan: 1 startup call '],
  ])('%j gives %i', (value, status, text) => {
    const folder = repositoryWith({ ...settled, 'startup-codemod.config.json': budget(value) });
    const run = runTool(folder, '.', '--check');
    expect(run.status, run.stderr).toBe(status);
    expect(run.stderr).toContain(text);
    expect(run.stderr.includes('over budget')).toBe(status === 1);
    expect(runTool(folder, '.', '--dry-run').status).toBe(0);
  });

  test('calls that --write moves do not count', () => {
    const folder = repositoryWith({ ...files, 'startup-codemod.config.json': budget(1) });
    expect(runTool(folder, '.', '--check').stderr).not.toContain('over budget');
  });

  test.each([-1, 1.5, 'many', { perHook: -1 }, { every: 3 }])('%j is wrong configuration', (value) => {
    const folder = repositoryWith({ 'startup-codemod.config.json': budget(value) });
    const run = runTool(folder, '.', '--check');
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('maxBlockingCalls');
  });
});

describe('--changed, --since and --staged', () => {
  test('--changed is about files that differ from HEAD, new ones among them', () => {
    const folder = repositoryWith(files);
    expect(runTool(folder, '.', '--check', '--changed').status).toBe(0);
    put(folder, {
      'desk.py': `${files['desk.py']}# more\n`,
      'new.py': server('warm_cache'),
      '.gitignore': 'own.py\n',
      'own.py': server('warm_cache'),
    });
    const run = runTool(folder, '.', '--changed', '--format', 'json');
    expect(pathsOf(run.stdout)).toEqual(['desk.py', 'new.py']);
    expect(runTool(folder, '.', '--write', '--allow-dirty', '--changed').status).toBe(0);
    expect(readFileSync(join(folder, 'shop.py'), 'utf8')).toBe(files['shop.py']);
    expect(readFileSync(join(folder, 'desk.py'), 'utf8')).toContain('startup_tasks.start(warm_cache)');
  });

  test('--changed follows imports into files that have not changed', () => {
    const folder = repositoryWith({
      'work.py': 'import asyncio\n\n\nasync def tidy():\n    while True:\n        await asyncio.sleep(60)\n',
      'shop.py': server('tidy'),
    });
    put(folder, { 'shop.py': `${server('tidy')}# more\n` });
    const report: Report = JSON.parse(runTool(folder, '.', '--changed', '--format', 'json').stdout);
    expect(report.files.flatMap((file) => file.hooks ?? [])[0]?.calls[0]).toMatchObject({ cost: 'never-returns' });
  });

  test('--since is about what a branch has changed, and not about what happened elsewhere since', () => {
    const folder = repositoryWith(files);
    git(folder, 'checkout', '-qb', 'feature');
    put(folder, { 'desk.py': `${files['desk.py']}# more\n` });
    git(folder, 'commit', '-qam', 'More');
    git(folder, 'checkout', '-q', 'main');
    put(folder, { 'shop.py': `${files['shop.py']}# elsewhere\n` });
    git(folder, 'commit', '-qam', 'Elsewhere');
    git(folder, 'checkout', '-q', 'feature');
    put(folder, { 'new.py': server('warm_cache') });
    expect(pathsOf(runTool(folder, '.', '--since', 'main', '--format', 'json').stdout)).toEqual(['desk.py', 'new.py']);
  });

  test('--staged is about the index only', () => {
    const folder = repositoryWith(files);
    put(folder, { 'desk.py': `${files['desk.py']}# more\n`, 'shop.py': `${files['shop.py']}# more\n` });
    git(folder, 'add', 'desk.py');
    expect(pathsOf(runTool(folder, '.', '--staged', '--format', 'json').stdout)).toEqual(['desk.py']);
  });

  test.skipIf(isWindows)('--staged sees in the hook of `git commit -a` what that commits', () => {
    const folder = repositoryWith({ ...files, 'sub/.keep': '' });
    const hook = join(folder, '.git/hooks/pre-commit');
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${entry}" --check --staged\n`);
    chmodSync(hook, 0o755);
    put(folder, { 'desk.py': `${files['desk.py']}# more\n` });
    expect(() => git(folder, 'commit', '-qam', 'More')).toThrow(/desk\.py/);
    put(folder, { 'desk.py': server('connect_db') });
    git(folder, 'commit', '-qam', 'Less');
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });

  test('paths are those of the root, in a folder below the top and with odd names, too', () => {
    const folder = repositoryWith({
      'backend/pyproject.toml': '',
      'backend/work.py': work,
      'other.py': server('warm_cache'),
    });
    put(folder, {
      'backend/caf\u00e9 "main".py': server('warm_cache'),
      'other.py': server('warm_cache', 'warm_cache'),
    });
    const run = runTool(join(folder, 'backend'), '.', '--changed', '--format', 'json');
    expect(pathsOf(run.stdout)).toEqual(['caf\u00e9 "main".py']);
  });

  test('works before the first commit', () => {
    const folder = temporaryFolder();
    put(folder, files);
    git(folder, 'init', '-q');
    git(folder, 'add', 'desk.py');
    expect(pathsOf(runTool(folder, '.', '--staged', '--format', 'json').stdout)).toEqual(['desk.py']);
    expect(pathsOf(runTool(folder, '.', '--changed', '--format', 'json').stdout)).toContain('shop.py');
  });

  test.each([
    [['--since', 'no-such-branch'], 'no-such-branch'],
    [['--since', '--output=x'], '--output=x'],
    [['--since', 'lonely'], 'shares no commit'],
    [['--changed', '--staged'], '--staged'],
  ])('%j is wrong usage', (args, text) => {
    const folder = repositoryWith(files);
    git(folder, 'checkout', '-q', '--orphan', 'lonely');
    git(folder, 'commit', '-qm', 'Alone');
    git(folder, 'checkout', '-q', 'main');
    const run = runTool(folder, '.', '--check', ...args);
    expect(run.status, run.stderr).toBe(2);
    expect(run.stderr).toContain(text);
  });

  test.each(['--changed', '--staged', '--since=main'])('%s outside of a repository is wrong usage', (option) => {
    const folder = temporaryFolder();
    put(folder, files);
    const run = runTool(folder, '.', '--check', option);
    expect(run.status, run.stderr).toBe(2);
    expect(run.stderr).toContain('needs a git repository');
  });
});
