import { describe, expect, it } from 'vitest';
import { fileKind } from '../../src/languages/typescript/hooks/file-kind.ts';
import { isTestFile } from '../../src/languages/typescript/hooks/test-files.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { memoryProject } from '../memory-project.ts';

function kindOf(text: string, files: Readonly<Record<string, string>> = {}, hasHooks = false) {
  const modules = createModules(memoryProject({ ...files, 'main.ts': text }));
  const module = modules.at('main.ts');
  if (!module) throw new Error('main.ts does not parse');
  return fileKind(module, hasHooks, modules);
}

const main = 'async function main() {\n  await seedUsers("é");\n}\n';

describe('standalone programs', () => {
  it.each([
    [`${main}main();`, 'main() at line 4'],
    [`${main}void main();`, 'main() at line 4'],
    [`${main}main().catch((error) => {\n  console.error(error);\n  process.exit(1);\n});`, 'main() at line 4'],
    [`${main}main().then(() => process.exit(0)).catch(console.error);`, 'main() at line 4'],
    [`${main}await main();`, 'main() at line 4'],
    [`${main}if (require.main === module) {\n  main();\n}\nmodule.exports = { main };`, 'main() at line 5'],
    [`export ${main}if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();`, 'main() at line 4'],
    ['(async () => {\n  await seedUsers();\n})();', '(async () => { await seedUsers(); })() at line 1'],
    ["import { db } from './db';\nconst users = await db.all();\nconsole.log(users);", 'await db.all() at line 2'],
    ['mongoose.connect(url).then(async () => {\n  await User.deleteMany();\n});', 'mongoose.connect(url) at line 1'],
    [
      "import { program } from 'commander';\nprogram.command('seed').action(async () => {});\nprogram.parseAsync(process.argv);",
      'program.parseAsync(process.argv) at line 3',
    ],
    [
      "import { Worker } from 'bullmq';\nconst worker = new Worker('mail', send);",
      "new Worker('mail', send) at line 2",
    ],
    ['#!/usr/bin/env node\nconsole.log(process.versions);', 'a script with #! at line 1'],
    [
      "import { spawn } from 'node:child_process';\nasync function main() {\n  await build();\n  spawn('node', ['server.js']);\n}\nmain();",
      'main() at line 6',
    ],
  ])('%s', (text, why) => {
    expect(kindOf(text)).toEqual({ kind: 'standalone', why: `runs no server: ${why}` });
  });
});

describe('neither servers nor programs', () => {
  const server =
    "import express from 'express';\nexport async function startServer() {\n  express().listen(3000);\n}\n";

  it.each([
    ['exports only', 'export async function warm() {\n  await load();\n}'],
    ['exports what it awaited', 'export const settings = await readSettings();'],
    ['exports of CommonJS', 'exports.up = async (db) => {\n  await db.run("é");\n};'],
    [
      'a connection that is exported',
      'const ready = mongoose.connect(url);\nready.catch(console.error);\nexport default mongoose;',
    ],
    ['nothing asynchronous', 'const app = configure();\napp.use(cors());'],
    ['a program that listens', `${main}main();\napp.listen(3000);`],
    ['a program that serves', `${main}main().then(() => Bun.serve({ fetch }));`],
  ])('%s', (_shape, text) => {
    expect(kindOf(text)).toEqual({ kind: 'other' });
  });

  it('a program that starts a server of another file', () => {
    const text = "import { startServer } from './server';\nstartServer().catch(console.error);";
    expect(kindOf(text, { 'server.ts': server })).toEqual({ kind: 'other' });
  });

  it('a program that loads a file that listens', () => {
    const text = `import './server';\n${main}main();`;
    expect(kindOf(text, { 'server.ts': 'app.listen(3000);' })).toEqual({ kind: 'other' });
  });

  it('a file with hooks is a server', () => {
    expect(kindOf(`${main}main();`, {}, true)).toEqual({ kind: 'server' });
  });
});

describe('test files', () => {
  it.each([
    ['src/app.test.ts', true],
    ['src/app.spec.tsx', true],
    ['test/app.js', true],
    ['apps/api/tests/setup.ts', true],
    ['src/__tests__/app.ts', true],
    ['src/__mocks__/redis.ts', true],
    ['e2e/server.ts', true],
    ['src/app.e2e-spec.ts', true],
    ['cypress/server.js', true],
    ['playwright.config.ts', true],
    ['src/button.stories.tsx', true],
    ['src/main.ts', false],
    ['src/latest.ts', false],
    ['src/contest/server.ts', false],
    ['src/test-connection.ts', false],
  ])('%s: %s', (path, expected) => {
    expect(isTestFile(path)).toBe(expected);
  });
});
