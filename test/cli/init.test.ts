import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOfProject, runTool, temporaryFolder } from '../end-to-end/tool.ts';
import { put } from './repository.ts';

/** A server with a call that nothing is known of, and a file that a program has made. */
const undecided: Readonly<Record<string, string>> = {
  'main.py': [
    'from contextlib import asynccontextmanager',
    'from fastapi import FastAPI',
    'from desk import arrange_desk, warm_cache',
    '',
    '@asynccontextmanager',
    'async def lifespan(app: FastAPI):',
    '    await arrange_desk()',
    '    await warm_cache()',
    '    yield',
    '',
    'app = FastAPI(lifespan=lifespan)',
    '',
  ].join('\n'),
  'desk.py':
    'from desks import lay_out\n\n\nasync def arrange_desk():\n    await lay_out("é")\n\n\nasync def warm_cache():\n    print("é")\n',
  'made.py': '# @generated\nasync def made(): pass\n',
};

function projectWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  put(folder, files);
  return folder;
}

describe.each(['yaml', 'toml', 'json'])('init --format %s', (format) => {
  const name = `startup-codemod.config.${format}`;

  test.each(['demo', 'node-express', 'two-apps'])('changes nothing in what a run over %s gives', (project) => {
    const folder = copyOfProject(project);
    const before = runTool(folder, '.', '--format', 'json');
    const run = runTool(folder, 'init', '--format', format);
    expect(run, run.stderr).toMatchObject({ status: 0, stdout: '' });
    const after = runTool(folder, '.', '--format', 'json');
    expect(after.status, after.stderr).toBe(0);
    expect(after.stdout).toBe(before.stdout);
  });

  test('names what is undecided, and what is left alone', () => {
    const folder = projectWith(undecided);
    const run = runTool(folder, 'init', '--format', format);
    expect(run.stderr).toContain('arrange_desk (main.py:7 in lifespan)');
    const text = readFileSync(join(folder, name), 'utf8');
    expect(text).toContain('schema');
    if (format === 'json') return;
    expect(text).toContain('fastapi (1 hook)');
    expect(text).toContain('"arrange_desk"');
    expect(text).toContain('"made.py"');
    expect(text).not.toContain('warm_cache');
  });

  test.skipIf(format === 'json')('has settings that hold once their marks are taken away', () => {
    const folder = projectWith(undecided);
    runTool(folder, 'init', '--format', format);
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), text.replace(/^# /gm, ''));
    const run = runTool(folder, 'explain', 'main.py:7');
    expect(run.status, run.stderr).toBe(0);
    expect(run.stdout).toContain('arrange_desk: critical');
    expect(run.stdout).toContain('rule 1 of the configuration');
  });

  test('overwrites nothing, and shadows no configuration above', () => {
    const folder = projectWith({ ...undecided, 'sub/main.py': undecided['main.py'] ?? '' });
    runTool(folder, 'init', '--format', format);
    const text = readFileSync(join(folder, name), 'utf8');
    for (const args of [['init'], ['init', '--format', format], ['init', 'sub']]) {
      const again = runTool(folder, ...args);
      expect(again.status, args.join(' ')).toBe(2);
      expect(again.stderr).toContain(name);
    }
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
    expect(existsSync(join(folder, 'sub', 'startup-codemod.config.yaml'))).toBe(false);
  });
});

test('init writes where the path says, and refuses what is no folder', () => {
  const folder = projectWith({ 'backend/main.py': undecided['main.py'] ?? '', 'pyproject.toml': '' });
  expect(runTool(folder, 'init', 'backend').status).toBe(0);
  expect(existsSync(join(folder, 'backend/startup-codemod.config.yaml'))).toBe(true);
  for (const path of ['missing', 'pyproject.toml']) expect(runTool(folder, 'init', path).status).toBe(2);
});
