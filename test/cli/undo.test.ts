import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOfProject, filesOf, runTool, temporaryFolder } from '../end-to-end/tool.ts';
import { git, repositoryOf } from './repository.ts';

describe('undo', () => {
  test('gives every file back outside a repository, and leaves nothing', () => {
    const folder = copyOfProject('demo');
    const before = filesOf(folder);
    expect(runTool(folder, '.', '--write').status).toBe(0);
    expect(filesOf(folder)).not.toEqual(before);
    const run = runTool(folder, 'undo');
    expect(run).toMatchObject({ status: 0, stdout: '' });
    expect(run.stderr).toContain('cafe/startup_tasks.py');
    expect(filesOf(folder)).toEqual(before);
    expect(existsSync(join(folder, '.startup-codemod'))).toBe(false);
    expect(runTool(folder, 'undo')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('Nothing to take back'),
    });
  });

  test('works inside a repository, from a folder below its top, too', () => {
    const folder = repositoryOf('demo');
    expect(runTool(folder, '.', '--write').status).toBe(0);
    expect(git(folder, 'status', '--porcelain')).not.toBe('');
    expect(runTool(join(folder, 'cafe'), 'undo').status).toBe(0);
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });

  test('refuses where a file has changed since, and names it', () => {
    const folder = repositoryOf('demo');
    runTool(folder, '.', '--write');
    appendFileSync(join(folder, 'cafe/main.py'), '# mine\n');
    const rewritten = filesOf(folder);
    const run = runTool(folder, 'undo');
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('cafe/main.py');
    expect(filesOf(folder)).toEqual(rewritten);
  });

  test('a folder of that name is still a path', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'undo'));
    writeFileSync(join(folder, 'undo', 'notes.py'), 'print("é")\n');
    expect(runTool(folder, './undo', '--check').status).toBe(0);
  });
});
