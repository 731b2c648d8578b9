import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { copyOfProject, filesOf, projectNames, runTool, temporaryFolder } from './tool.ts';

const helper = readFileSync('src/runtime/python/startup_tasks.py', 'utf8');

describe.each(projectNames)('%s after --write', (project) => {
  const folder = copyOfProject(project);
  const before = { files: filesOf(folder), findings: ruff(folder) };
  const written = runTool(folder, '.', '--write');
  const changed = [...filesOf(folder)].filter(([path, text]) => before.files.get(path) !== text).map(([path]) => path);

  test('is changed', () => {
    expect(written.status, written.stderr).toBe(0);
    expect(changed).not.toEqual([]);
  });

  test('is left alone by a second run', () => {
    const after = filesOf(folder);
    expect(runTool(folder, '.', '--dry-run').stdout).toBe('');
    expect(runTool(folder, '.', '--check').status).toBe(0);
    expect(runTool(folder, '.', '--write').status).toBe(0);
    expect(filesOf(folder)).toEqual(after);
  });

  test('compiles', () => {
    expect(runPython(folder, '-m', 'py_compile', ...changed)).toEqual({ status: 0, output: '' });
  });

  test('has no finding of ruff that was not there before', () => {
    expect(ruff(folder).filter((finding) => !before.findings.includes(finding))).toEqual([]);
  });

  test('has the helper as the tool ships it', () => {
    const helpers = changed.filter((path) => path.endsWith('startup_tasks.py'));
    expect(helpers).not.toEqual([]);
    for (const path of helpers) expect(readFileSync(join(folder, path), 'utf8')).toBe(helper);
  });
});

test('the helper passes mypy --strict', () => {
  const run = runPython(folderWithHelper(), '-m', 'mypy', '--strict', '--no-incremental', 'startup_tasks.py');
  expect(run).toMatchObject({ status: 0 });
});

function folderWithHelper(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'startup_tasks.py'), helper);
  return folder;
}

/** The findings of ruff in a project, without their lines: those move. */
function ruff(folder: string): readonly string[] {
  const rules = 'RUF006,ASYNC,E,F,B,I,UP';
  const { output } = runPython(
    folder,
    '-m',
    'ruff',
    'check',
    '--no-cache',
    '--output-format=json',
    `--select=${rules}`,
    '.',
  );
  const findings: readonly { code: string; filename: string; message: string }[] = JSON.parse(output);
  return findings.map(({ code, filename, message }) => `${filename}: ${code} ${message}`).sort();
}

function runPython(cwd: string, ...args: readonly string[]): { status: number | null; output: string } {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr } = spawnSync(python(), args, { cwd, env, encoding: 'utf8' });
  return { status, output: stdout || stderr };
}
