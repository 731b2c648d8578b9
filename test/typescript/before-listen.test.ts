import { SyntaxKind } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { beforeListen } from '../../src/languages/typescript/hooks/before-listen.ts';
import type { ListenPoint } from '../../src/languages/typescript/hooks/framework.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { lineOf } from '../../src/languages/typescript/tree/own-nodes.ts';
import { memoryProject } from '../memory-project.ts';

/** The hooks around every `….listen(…)`: `path name ends-at-line`. */
function hooksIn(files: Readonly<Record<string, string>>): readonly string[] {
  const project = memoryProject(files);
  const modules = createModules(project);
  const points = Object.keys(files)
    .filter((path) => /\.[jt]s$/.test(path))
    .flatMap((path) => modules.at(path)?.root.getDescendantsOfKind(SyntaxKind.CallExpression) ?? [])
    .filter((call) => call.getExpression().getText().endsWith('.listen'))
    .map(
      (call): ListenPoint => ({
        framework: 'express',
        call,
        server: call
          .getExpression()
          .getText()
          .replace(/\.listen$/, ''),
      }),
    );
  const containing = (word: string) => Object.keys(files).filter((path) => files[path]?.includes(word));
  return beforeListen(points, { modules, containing, read: project.read })
    .flatMap(({ startup }) => startup)
    .map(({ module, name, listen }) => `${module.path} ${name} ${listen && lineOf(listen)}`)
    .sort();
}

describe('the code before a listen', () => {
  it.each([
    ['top-level await', { 'main.ts': 'await connect();\napp.listen(80);' }, ['main.ts (module) 2']],
    [
      'an async function',
      { 'main.ts': 'async function main() {\n  await connect();\n  app.listen(80);\n}\nmain();' },
      ['main.ts (module) 5', 'main.ts main 3'],
    ],
    [
      'an IIFE',
      { 'main.js': '(async () => {\n  await connect();\n  app.listen(80);\n})();' },
      ['main.js (async function) 3', 'main.js (module) 1'],
    ],
    [
      'a chain',
      { 'main.js': 'connect().then(() => {\n  warm();\n  app.listen(80);\n});' },
      ['main.js (module) 1', 'main.js (then, line 1) 3'],
    ],
    ['a chain without braces', { 'main.js': 'connect().then(() => app.listen(80));' }, ['main.js (module) 1']],
    [
      'a promise around it',
      { 'main.js': 'await connect();\nawait new Promise((resolve) => app.listen(80, resolve));' },
      ['main.js (module) 2'],
    ],
    [
      'a method',
      { 'server.ts': 'class Server {\n  async start() {\n    await this.init();\n    this.app.listen(80);\n  }\n}' },
      ['server.ts Server.start 4'],
    ],
    [
      'another method of the class',
      {
        'server.ts':
          'class Server {\n  async start() {\n    await this.init();\n    this.open();\n  }\n  open() { this.app.listen(80); }\n}',
      },
      ['server.ts Server.open 6', 'server.ts Server.start 4'],
    ],
    [
      'a function of another file',
      {
        'main.ts': "import { startServer } from './server.js';\nawait connect();\nawait startServer();",
        'server.ts': 'export async function startServer() {\n  app.listen(80);\n}',
      },
      ['main.ts (module) 3', 'server.ts startServer 2'],
    ],
    [
      'a metrics port beside it',
      { 'main.ts': 'metricsServer.listen(9090);\nawait connect();\napp.listen(80);' },
      ['main.ts (module) 3'],
    ],
  ])('%s', (_shape, files, expected) => {
    expect(hooksIn(files as Record<string, string>)).toEqual(expected);
  });
});

describe('what is no startup', () => {
  it.each([
    [
      'a handler that calls the function again',
      {
        'main.ts':
          "function boot() {\n  app.listen(80);\n}\nboot();\napp.post('/restart', async () => {\n  await stop();\n  boot();\n});",
      },
      ['main.ts (module) 4', 'main.ts boot 2'],
    ],
    [
      'a test that starts the server',
      {
        'server.ts': 'export function boot() { app.listen(80); }',
        'server.test.ts': "import { boot } from './server';\nawait seed();\nboot();",
      },
      ['server.ts boot 1'],
    ],
  ])('%s', (_shape, files, expected) => {
    expect(hooksIn(files as Record<string, string>)).toEqual(expected);
  });
});
