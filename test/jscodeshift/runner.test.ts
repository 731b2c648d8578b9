import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { filesOf, runTool, temporaryFolder } from '../end-to-end/tool.ts';

const runner = createRequire(import.meta.url).resolve('jscodeshift/bin/jscodeshift.js');
const transform = resolve('jscodeshift');

const CACHE = `
  try {
    for (const place of await readPlaces(region)) places.set(place.id, place);
  } catch (error) {
    console.error('warm-up failed', error);
  }
}
`;

const JAVASCRIPT = {
  'src/server.js': `#!/usr/bin/env node
'use strict';

const express = require('express');
const { initDb } = require('./db');
const { warmCache } = require('./cache');

const app = express();

async function main() {
  await initDb();
  await warmCache('zürich');
  app.listen(3000);
}

main();
`,
  'src/db.js': 'exports.initDb = async () => {\n  await pool.connect();\n};\n',
  'src/cache.js': `exports.warmCache = warmCache;\n\nasync function warmCache(region) {${CACHE}`,
};

const TYPESCRIPT = {
  'src/server.ts': `import Fastify from "fastify"
import { initDb } from "./db.js"
import { warmCache } from "./cache.js"

const app = Fastify({ logger: true })

export async function main(): Promise<void> {
  await initDb()
  await warmCache("zürich")
  await app.listen({ port: 3000 })
}

await main()
`,
  'src/db.ts': 'export async function initDb(): Promise<void> {\n  await pool.connect()\n}\n',
  'src/cache.ts': `export async function warmCache(region: string): Promise<void> {${CACHE}`,
};

type Files = Readonly<Record<string, string>>;

function projectOf(files: Files): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function run(folder: string, ...args: readonly string[]) {
  const all = [runner, '-t', transform, 'src', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  // The runner colours its lines on CI machines, whatever it is told.
  return { status, stdout: stripVTControlCharacters(stdout) };
}

/** The files of a project without the patch that takes a run back. */
function sourcesOf(folder: string) {
  return [...filesOf(folder)].filter(([path]) => !path.includes('.startup-codemod/'));
}

/** The files of a project as they were written. */
function written(files: Files): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text).toString('latin1')]));
}

describe('the transform in the runner of jscodeshift', () => {
  test('prints in a dry run and writes nothing', () => {
    const folder = projectOf(JAVASCRIPT);
    const { stdout } = run(folder, '--dry', '--print');
    expect(stdout).toContain("startupTasks.start('warmCache', () => warmCache('zürich'));");
    expect(stdout).toContain('REP src/server.js line 12: warmCache: background');
    expect(stdout).toContain('1 ok');
    expect(Object.fromEntries(filesOf(folder))).toEqual(written(JAVASCRIPT));
  });

  test.each([
    ['JavaScript', ['--parser=babel'], JAVASCRIPT],
    ['JavaScript', ['--parser=babylon'], JAVASCRIPT],
    ['JavaScript', ['--parser=flow'], JAVASCRIPT],
    ['JavaScript', ['--run-in-band'], JAVASCRIPT],
    ['JavaScript', ['--no-babel'], JAVASCRIPT],
    ['TypeScript', ['--parser=ts', '--extensions=ts'], TYPESCRIPT],
    ['TypeScript', ['--parser=tsx', '--extensions=ts,tsx'], TYPESCRIPT],
  ])('writes %s as the command does, with %j', (_language, args, files) => {
    const [shifted, direct] = [projectOf(files), projectOf(files)];
    const { stdout } = run(shifted, ...args);
    expect(stdout).toMatch(/0 errors[\s\S]*2 skipped[\s\S]*1 ok/);
    expect(runTool(direct, 'src', '--write').status).toBe(0);
    expect(sourcesOf(shifted)).toEqual(sourcesOf(direct));
    expect(sourcesOf(shifted)).toHaveLength(4);
  });

  test('changes nothing when it runs again', () => {
    const folder = projectOf(TYPESCRIPT);
    run(folder, '--extensions=ts');
    const once = filesOf(folder);
    expect(run(folder, '--extensions=ts').stdout).toMatch(/0 errors[\s\S]*4 skipped[\s\S]*0 ok/);
    expect(filesOf(folder)).toEqual(once);
  });

  test('keeps a byte order mark and Windows line ends', () => {
    const text = `\ufeff${JAVASCRIPT['src/server.js'].replace(/^#!.*\n/, '').replaceAll('\n', '\r\n')}`;
    const folder = projectOf({ ...JAVASCRIPT, 'src/server.js': text });
    expect(run(folder).stdout).toContain('1 ok');
    const after = Buffer.from(filesOf(folder).get('src/server.js') ?? '', 'latin1').toString('utf8');
    expect(after).toContain("startupTasks.start('warmCache'");
    expect(after.startsWith("\ufeff'use strict';\r\n")).toBe(true);
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('gives files in several processes one helper', () => {
    const other = JAVASCRIPT['src/server.js'].replaceAll("'./", "'../");
    const folder = projectOf({ ...JAVASCRIPT, 'package.json': '{}', 'src/admin/server.js': other });
    expect(run(folder, '--cpus=4').stdout).toContain('2 ok');
    expect([...filesOf(folder).keys()].filter((path) => path.includes('startup-tasks'))).toHaveLength(1);
  });

  test('leaves a tree without servers as it is', () => {
    const files = { 'src/seed.js': "async function seed() {\n  await insert('zürich');\n}\nseed();\n" };
    const folder = projectOf(files);
    expect(run(folder).stdout).toMatch(/0 errors[\s\S]*1 skipped[\s\S]*0 ok/);
    expect(Object.fromEntries(filesOf(folder))).toEqual(written(files));
  });

  test('names a file that nobody can read', () => {
    const folder = projectOf({ 'src/server.js': `${JAVASCRIPT['src/server.js']}\nconst = ;\n` });
    expect(run(folder).stdout).toMatch(/REP src\/server\.js not handled: syntax error[\s\S]*1 skipped/);
  });
});

describe('options', () => {
  const files = { ...JAVASCRIPT, 'startup-codemod.json': '{ "rules": [] }' };

  test.each([
    ['--transforms=guard-shutdown-steps', '0 ok'],
    ['--transforms=run-in-background,explain-decisions', '1 ok'],
    ['--frameworks=nestjs', '0 ok'],
    ['--unsafe=true', '1 ok'],
  ])('%s is passed through', (option, result) => {
    expect(run(projectOf(JAVASCRIPT), option, '--dry').stdout).toContain(result);
  });

  test('the configuration is that of the project, or the one that is named', () => {
    const config = { 'quiet.json': '{ "transforms": ["guard-shutdown-steps"] }' };
    const folder = projectOf({ ...files, ...config });
    expect(run(folder, '--dry', '--config=quiet.json').stdout).toContain('0 ok');
  });

  test('a wrong one is an error of every file', () => {
    const { stdout } = run(projectOf(JAVASCRIPT), '--transforms=no-such', '--dry');
    expect(stdout).toContain('--transforms has no-such, which is none');
    expect(stdout).toContain('3 errors');
  });
});
