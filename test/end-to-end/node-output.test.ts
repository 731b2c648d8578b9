import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile, compiled, copyOfNodeProject, formatted, lint, passed } from './node-server.ts';
import { filesOf, nodeProjectNames, runTool, type ToolRun } from './tool.ts';

describe.each(nodeProjectNames)('%s after --write', (project) => {
  let folder: string;
  let before: ReadonlyMap<string, string>;
  let written: ToolRun;

  beforeAll(() => {
    folder = copyOfNodeProject(project);
    before = filesOf(folder);
    written = runTool(folder, '.', '--write');
  });

  test('is changed', () => {
    expect(written.status, written.stderr).toBe(0);
    expect(filesOf(folder)).not.toEqual(before);
  });

  test('is left alone by a second run', () => {
    const after = filesOf(folder);
    expect(runTool(folder, '.', '--dry-run').stdout).toBe('');
    expect(runTool(folder, '.', '--check').status).toBe(0);
    expect(runTool(folder, '.', '--write').status).toBe(0);
    expect(filesOf(folder)).toEqual(after);
  });

  test('compiles under its own configuration', () => {
    expect(compile(folder)).toEqual(passed);
  });

  test('has nothing for its linter to say', () => {
    expect(lint(folder)).toEqual(passed);
  });

  test('is formatted as it says it is', () => {
    expect(formatted(folder)).toEqual(passed);
  });
});

test.each(nodeProjectNames)('%s asks for the packages that the tests install', (project) => {
  const installed = manifest('test/node-packages');
  for (const [name, version] of Object.entries(manifest(join('fixtures/projects', project))))
    expect(`${name}@${version}`).toBe(`${name}@${installed[name]}`);
});

test.each(nodeProjectNames)('%s compiles, is linted and formatted before', (project) => {
  const folder = compiled(copyOfNodeProject(project));
  expect(lint(folder)).toEqual(passed);
  expect(formatted(folder)).toEqual(passed);
});

function manifest(folder: string): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { ...dependencies, ...devDependencies };
}
