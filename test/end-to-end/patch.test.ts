import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOfProject, filesOf, nodeProjectNames, projectNames, runTool, temporaryFolder } from './tool.ts';

/** Ways in which the same project may come. */
const variations: Readonly<Record<string, (folder: string) => void>> = {
  'CRLF line ends': (folder) => rewriteMain(folder, (text) => text.replaceAll('\n', '\r\n')),
  'a byte order mark': (folder) => rewriteMain(folder, (text) => `\ufeff${text}`),
  'no final newline': (folder) => rewriteMain(folder, (text) => text.trimEnd()),
  tabs: (folder) => rewriteMain(folder, (text) => text.replaceAll('    ', '\t')),
  'a file name with blanks': (folder) => renameSync(join(folder, 'main.py'), join(folder, 'our main app.py')),
  'a file name with an accent': (folder) => renameSync(join(folder, 'main.py'), join(folder, 'café.py')),
  'a file name with quotes': (folder) => renameSync(join(folder, 'main.py'), join(folder, `"it's".py`)),
};

describe.each([...projectNames, ...nodeProjectNames])('the patch of %s', (project) => {
  test('gives what --write gives', () => expectPatchToEqualWrite(copyOfProject(project)));
});

describe.each(Object.keys(variations))('a project with %s', (variation) => {
  test.skipIf(process.platform === 'win32' && variation.includes('quotes'))('gets a patch that git takes', () => {
    const folder = copyOfProject('single-lifespan');
    variations[variation]?.(folder);
    expectPatchToEqualWrite(folder);
  });
});

test('keeps CRLF, the byte order mark and the missing final newline', () => {
  const folder = copyOfProject('single-lifespan');
  rewriteMain(folder, (text) => `\ufeff${text.trimEnd().replaceAll('\n', '\r\n')}`);
  expect(runTool(folder, '.', '--write').status).toBe(0);
  const text = readFileSync(join(folder, 'main.py'), 'utf8');
  expect(text).toMatch(/^\ufeff"""/);
  expect(text).not.toMatch(/[^\r]\n|\n$/);
  expect(text).toContain('startup_tasks.start(warm_cover_cache)');
});

test('outside a repository, the undo patch takes --write back', () => {
  const folder = copyOfProject('demo');
  const before = filesOf(folder);
  expect(runTool(folder, '.', '--write').status).toBe(0);
  expect(filesOf(folder)).not.toEqual(before);
  expect(git(folder, '', 'apply', '.startup-codemod/undo.patch')).toBe('');
  expect(filesOf(folder)).toEqual(before);
});

function rewriteMain(folder: string, rewrite: (text: string) => string): void {
  const path = join(folder, 'main.py');
  writeFileSync(path, rewrite(readFileSync(path, 'utf8')));
}

/** The dry run of a project passes `git apply --check`, and applied it is the same, byte for byte, as `--write`. */
function expectPatchToEqualWrite(folder: string): void {
  const patched = join(temporaryFolder(), 'patched');
  cpSync(folder, patched, { recursive: true });
  const dryRun = runTool(folder, '.', '--dry-run');
  expect(dryRun.status, dryRun.stderr).toBe(0);
  expect(dryRun.stdout).toContain('+++ ');
  expect(git(patched, dryRun.stdout, 'apply', '--check')).toBe('');
  expect(git(patched, dryRun.stdout, 'apply')).toBe('');
  expect(runTool(folder, '.', '--write').status).toBe(0);
  expect(filesOf(patched)).toEqual(filesOf(folder));
}

function git(cwd: string, input: string, ...args: readonly string[]): string {
  const run = spawnSync('git', ['-c', 'core.autocrlf=false', ...args, '--whitespace=nowarn'], {
    cwd,
    input,
    encoding: 'utf8',
  });
  return run.status === 0 ? '' : `git ${args.join(' ')} ended with ${run.status}: ${run.stderr}`;
}
