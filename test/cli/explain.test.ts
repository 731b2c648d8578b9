import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyOfProject, runTool, temporaryFolder } from '../end-to-end/tool.ts';
import { put } from './repository.ts';

const main = [
  'from contextlib import asynccontextmanager',
  'from fastapi import FastAPI',
  'from work import arrange_desk, connect_db, load_stock, warm_cache',
  '',
  '@asynccontextmanager',
  'async def lifespan(app: FastAPI):',
  '    await arrange_desk()',
  '    # startup-codemod: background — the first page can do without it.',
  '    await connect_db()',
  '    app.state.stock = await load_stock(',
  '        "main",',
  '    )',
  '    print("é")',
  '    await warm_cache()',
  '    yield',
  '    print("bye")',
  '',
  'app = FastAPI(lifespan=lifespan)',
  '',
  '@app.get("/")',
  'async def stock():',
  '    return app.state.stock.count',
  '',
].join('\n');

const work = `from desks import lay_out\n\n\n${['arrange_desk', 'connect_db', 'warm_cache', 'load_stock']
  .map((name) => `async def ${name}(*names):\n    await lay_out("é")\n`)
  .join('\n\n')}`;

const config = 'rules:\n  - callee: "*.none"\n    decision: critical\n  - callee: "warm_*"\n    decision: critical\n';

const files: Readonly<Record<string, string>> = {
  'pyproject.toml': '',
  'main.py': main,
  'work.py': work,
  'startup-codemod.config.yaml': config,
  'script.py': 'import asyncio\n\n\nasync def main():\n    await asyncio.sleep(0)\n\n\nasyncio.run(main())\n',
  'words.py': 'WORDS = ["é"]\n',
  'notes.md': 'lifespan\n',
  'made.py': '# @generated\nasync def made(): pass\n',
  '.gitignore': 'own.py\n',
  'own.py': main,
};

function project(more: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  put(folder, { ...files, ...more });
  return folder;
}

function explained(place: string, folder = project()): string {
  const run = runTool(folder, 'explain', place);
  expect(run.status, run.stderr).toBe(0);
  return run.stdout;
}

describe('explain of a startup call', () => {
  test('gives evidence with weights and rules, matrix, confidence and cost', () => {
    const text = runTool(copyOfProject('demo'), 'explain', 'cafe/main.py:28').stdout;
    expect(text).toContain('cafe/main.py:28 start_cleanup_service: background');
    expect(text).toContain('cleanup: background by default');
    expect(text).toMatch(/confidence {2}\d\.\d\d, the threshold is 0\.6/);
    expect(text).toContain('never-returns');
    expect(text).toMatch(/6\.0 for background .*\(cafe\/cleanup\.py:\d+\) \[callee-loops-for-ever\]/);
    expect(text).toContain('`# startup-codemod: critical — why`');
  });

  test('says of an undecided one what evidence is missing', () => {
    const text = explained('main.py:7');
    expect(text).toContain('arrange_desk: undecided');
    expect(text).toMatch(/a weight of \d\.\d more/);
    expect(text).toContain('{callee: "arrange_desk", decision: background}');
  });

  test('names the directive or the rule that decided', () => {
    const folder = project();
    expect(explained('main.py:9', folder)).toContain('the comment at line 8 decided');
    expect(explained('main.py:14', folder)).toContain('rule 2 of the configuration (callee `warm_*`) decided');
  });

  test('covers every line of a call, and names the hazards with their places', () => {
    const folder = project({
      'startup-codemod.config.yaml': 'rules:\n  - callee: load_stock\n    decision: background\n',
    });
    for (const line of [10, 11, 12]) {
      const text = explained(`main.py:${line}`, folder);
      expect(text).toContain('main.py:10 load_stock: background');
      expect(text).toMatch(/hazards\n {4}unsafe .*\[[a-z-]+\]/);
      expect(text).toContain('Until then only --unsafe moves it');
    }
  });

  test('works for TypeScript and JavaScript, from any folder', () => {
    const folder = copyOfProject('node-express');
    const place = join(folder, 'src', 'server.js:20');
    const text = explained(place, temporaryFolder());
    expect(text).toContain('src/server.js:20 prefetchExchangeRates: background');
    expect(text).toContain('`// startup-codemod: critical — why`');
    expect(explained('src/server.js:20:9', folder)).toBe(text);
  });

  test('of a whole file gives all of its calls', () => {
    const text = explained('main.py');
    for (const callee of ['arrange_desk', 'connect_db', 'load_stock', 'warm_cache'])
      expect(text).toContain(`${callee}: `);
  });
});

describe('explain of anything else', () => {
  test.each([
    ['main.py:13', 'no startup call'],
    ['main.py:16', 'shutdown step'],
    ['main.py:18', 'in no startup hook'],
    ['main.py:18', 'warm_cache (line 14)'],
    ['script.py:5', 'standalone script'],
    ['words.py:1', 'no candidate'],
    ['notes.md:1', 'no language'],
    ['made.py:2', 'generated'],
    ['own.py:1', 'git ignores it'],
  ])('%s says: %s', (place, text) => {
    expect(explained(place)).toContain(text);
  });

  test.each(['missing.py:3', 'main.py:999', 'main.py:0', '.', ''])('%j is wrong usage', (place) => {
    const run = runTool(project(), 'explain', place);
    expect(run.status, run.stdout).toBe(2);
    expect(run.stderr).not.toContain('    at ');
  });

  test('escapes of the source do not reach the terminal', () => {
    const folder = project({ 'main.py': main.replace('the first page', '\u001b[2J\u202ethe first page') });
    const text = explained('main.py:9', folder);
    expect(text).toContain('\\x1b[2J\\u202ethe first page');
    expect(text).not.toContain('\u001b');
  });
});

test('explains a trap by its code, and names the codes there are', () => {
  const folder = temporaryFolder();
  const told = runTool(folder, 'explain', 'sc104');
  expect(told).toMatchObject({ status: 0, stderr: '' });
  expect(told.stdout).toMatch(/^SC104: A task is kept[\s\S]*add_done_callback[\s\S]*startup-codemod: ignore SC104\n$/);
  const unknown = runTool(folder, 'explain', 'SC999');
  expect(unknown.status).toBe(2);
  expect(unknown.stderr).toContain('SC999 is no trap');
  expect(unknown.stderr).toContain('SC110');
});
