import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/index.ts';
import { copyOfProject, entry, filesOf, runTool, temporaryFolder } from './tool.ts';

test('a tree with Python and TypeScript is rewritten in one run', () => {
  const folder = temporaryFolder();
  cpSync(copyOfProject('demo'), join(folder, 'kitchen'), { recursive: true });
  cpSync(copyOfProject('node-fastify'), join(folder, 'orders'), { recursive: true });
  const before = filesOf(folder);
  const run = runTool(folder, '.', '--write');
  expect(run.status, run.stderr).toBe(0);
  const after = filesOf(folder);
  const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  expect(changed).toEqual([
    'kitchen/cafe/main.py',
    'kitchen/cafe/startup_tasks.py',
    'orders/src/app.ts',
    'orders/src/startup-tasks.ts',
  ]);
  expect(runTool(folder, '.', '--dry-run').stdout).toBe('');
});

test('the report of such a tree names the language of each file', () => {
  const folder = temporaryFolder();
  cpSync(copyOfProject('single-lifespan'), join(folder, 'covers'), { recursive: true });
  cpSync(copyOfProject('node-express'), join(folder, 'orders'), { recursive: true });
  const run = runTool(folder, '.', '--dry-run', '--format', 'json');
  expect(run.status, run.stderr).toBe(0);
  const report: Report = JSON.parse(run.stdout);
  const languageOf = (path: string) => report.files.find((file) => file.path === path)?.language;
  expect(languageOf('covers/main.py')).toBe('python');
  expect(languageOf('orders/src/server.js')).toBe('typescript');
});

test('--language leaves the other one alone', () => {
  const folder = temporaryFolder();
  cpSync(copyOfProject('single-lifespan'), join(folder, 'covers'), { recursive: true });
  cpSync(copyOfProject('node-fastify'), join(folder, 'orders'), { recursive: true });
  const run = runTool(folder, '.', '--dry-run', '--language', 'typescript');
  expect(run.stdout).toContain('+++ b/orders/src/app.ts');
  expect(run.stdout).not.toContain('covers/');
});

test('a tree without TypeScript never loads its parser', () => {
  expect(loadedFor('demo').filter((url) => url.includes('/ts-morph/'))).toEqual([]);
});

test('a tree without Python never loads its parser', () => {
  const loaded = loadedFor('node-fastify');
  expect(loaded.filter((url) => url.includes('/web-tree-sitter/'))).toEqual([]);
  expect(loaded.filter((url) => url.includes('/ts-morph/'))).not.toEqual([]);
});

/** Addresses of the modules that a dry run of a project has loaded: the coverage that V8 writes has each of them. */
function loadedFor(project: string): readonly string[] {
  const coverage = temporaryFolder();
  const { status, stderr } = spawnSync(process.execPath, [entry, '.', '--dry-run'], {
    cwd: copyOfProject(project),
    env: { ...process.env, NODE_V8_COVERAGE: coverage },
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return readdirSync(coverage).flatMap((name) => {
    const report: { result: readonly { url: string }[] } = JSON.parse(readFileSync(join(coverage, name), 'utf8'));
    return report.result.map(({ url }) => url);
  });
}
