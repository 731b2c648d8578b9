import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, runTool, type ToolRun, temporaryFolder } from '../end-to-end/tool.ts';

/** A server that the tool rewrites, and that is no longer itself once it did. */
const server = `import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { Pool } from 'pg';

const pool = new Pool();
const app = express();

async function warmSoupCache(name: string): Promise<void> {
  await sleep(name.length);
}

async function main(): Promise<void> {
  await pool.connect();
  await warmSoupCache('Gazpacho à la minute');
  app.listen(3000);
}

void main();
`;

const moved = "startupTasks.start('warmSoupCache', () =>";

const settings = '{ "compilerOptions": { "module": "nodenext", "strict": true } }\n';

describe('what the compiler is told', () => {
  const broken: Readonly<Record<string, string>> = {
    'is broken': '{ "compilerOptions": { "strict": tru',
    'is empty': '',
    'is no object': '["strict"]',
    'extends a file that is missing': '{ "extends": "./base.json", "compilerOptions": {} }',
    'extends a package that is missing': '{ "extends": "@zoë/tsconfig/node20.json" }',
    'extends itself': '{ "extends": "./tsconfig.json" }',
    'references others': '{ "files": [], "references": [{ "path": "./src" }, { "path": "./missing" }] }',
    'has comments and commas too many': '{\n  // Søren: strict\n  "compilerOptions": { "strict": true, },\n}\n',
    'has wrong values': '{ "compilerOptions": { "paths": "src/*", "baseUrl": 3, "module": "es1066" }, "include": 7 }',
  };

  test.each(Object.entries(broken))('where it %s, the server is rewritten all the same', (_, text) => {
    const folder = folderWith({ 'tsconfig.json': text, 'src/server.ts': server });
    expectWritten(runTool(folder, '.', '--write'), folder, 'src/server.ts');
  });

  test('paths that lead nowhere or round in a circle do not stop the run', () => {
    const paths = { '@/*': ['./nowhere/*', './src/*'], '#a': ['#b'], '#b': ['#a'], '*': ['*'] };
    const aliased = importing(server, '@/soups.js').replace("'pg'", "'#a'");
    const folder = folderWith({
      'tsconfig.json': JSON.stringify({ compilerOptions: { paths } }),
      'src/server.ts': aliased,
      'src/soups.ts': 'export async function warmSoupCache(name: string) { await fetch(name); }\n',
    });
    expectWritten(runTool(folder, '.', '--write'), folder, 'src/server.ts');
  });
});

describe('imports', () => {
  test('that cannot be resolved leave what is known by name', () => {
    const folder = folderWith({
      'server.ts': `import './no-such-file.js';\nimport x from 'no-such-package';\n${server}`,
    });
    expectWritten(runTool(folder, '.', '--write'), folder, 'server.ts');
  });

  test('in a circle are followed once', () => {
    const folder = folderWith({
      'server.ts': server,
      'database.ts':
        "export * from './soups.js';\nexport * from './database.js';\nexport { connectDatabase } from './pool.js';\n",
      'pool.ts': "import { connectDatabase as again } from './database.js';\nexport const connectDatabase = again;\n",
      'soups.ts': `import { connectDatabase } from './database.js';
export async function warmSoupCache(name: string): Promise<void> {
  await fetch(\`http://kitchen/soups/\${name}\`);
  if (name === '') await connectDatabase();
}
export * from './database.js';
`,
    });
    expectWritten(runTool(folder, '.', '--write'), folder, 'server.ts');
  });

  test('of folders, of JSON and of the file itself do no harm', () => {
    const folder = folderWith({
      'src/server.ts': `import '.';\nimport '..';\nimport './server.js';\nimport menu from './menu.json' with { type: 'json' };\n${server}`,
      'src/menu.json': '{ "soup": ',
      'src/index.ts/notes.txt': 'a folder with the name of a file\n',
    });
    expectWritten(runTool(folder, '.', '--write'), folder, 'src/server.ts');
  });
});

describe('syntax', () => {
  test('JSX is kept in .tsx and .jsx', () => {
    const page =
      "\napp.get('/', (request, response) => response.send(render(<h1 title={'Pâté'}>Soups & more</h1>)));\n";
    const folder = folderWith({ 'server.tsx': server + page, 'other.jsx': asJavaScript(server) + page });
    const run = runTool(folder, '.', '--write');
    expectWritten(run, folder, 'server.tsx');
    expect(contentOf(folder, 'server.tsx')).toContain(page);
    expect(contentOf(folder, 'other.jsx')).toContain(moved);
    expect(contentOf(folder, 'other.jsx')).toContain(page);
  });

  test('decorators of both kinds are kept', () => {
    const legacy = `import { Injectable, Inject, OnModuleInit } from '@nestjs/common';

@Injectable()
export class Soups implements OnModuleInit {
  @Inject('KITCHEN') private readonly kitchen: unknown;

  constructor(@Inject('CAFÉ') private readonly cafe: unknown) {}

  async onModuleInit(): Promise<void> {
    await this.warmSoupCache();
  }

  private async warmSoupCache(): Promise<void> {
    await fetch('http://kitchen/soups');
  }
}
`;
    const standard = `@logged({ level: 'info' })
export class Kitchen {
  @bound accessor soup = 'Gazpacho';
  @cached() static pot = 1;
}
function logged(options: object) { return (value: unknown, context: ClassDecoratorContext) => undefined; }
`;
    const folder = folderWith({ 'soups.service.ts': legacy, 'server.ts': server + standard });
    const run = runTool(folder, '.', '--write');
    expectWritten(run, folder, 'server.ts');
    expect(contentOf(folder, 'server.ts')).toContain(standard);
    expect(contentOf(folder, 'soups.service.ts')).toContain(
      "constructor(@Inject('CAFÉ') private readonly cafe: unknown) {}",
    );
    expect(contentOf(folder, 'soups.service.ts')).toContain(moved);
  });

  test.each([
    ['// @ts-nocheck', `// @ts-nocheck\n${server}`],
    ['a hashbang', `#!/usr/bin/env node\n${server}`],
    ['a byte order mark', `\ufeff${server}`],
    ['Windows line ends', server.replaceAll('\n', '\r\n')],
    ['no final line end', server.trimEnd()],
    ['line separators of Unicode in a string', `const rule = 'a\u2028b';\n${server}`],
  ])('%s: the file is rewritten, and that is kept', (_, text) => {
    const folder = folderWith({ 'server.ts': text });
    expectWritten(runTool(folder, '.', '--write'), folder, 'server.ts');
    const after = contentOf(folder, 'server.ts');
    expect(after.slice(0, 14)).toBe(text.slice(0, 14));
    expect(after.endsWith('\n')).toBe(text.endsWith('\n'));
    expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
    if (text.includes('\r\n')) expect(after).not.toMatch(/[^\r]\n/);
    expect(after.includes('\u2028')).toBe(text.includes('\u2028'));
  });

  test('Flow is read, or left alone', () => {
    const flow = `// @flow strict\nimport type { Soup } from './soups';\ntype Opaque = {| +name: string, ...Soup |};\n${asJavaScript(server)}`;
    const folder = folderWith({ 'server.js': flow, 'other.ts': server });
    const run = runTool(folder, '.', '--write', '--verbose');
    expectWritten(run, folder, 'other.ts', [0, 3]);
    const after = contentOf(folder, 'server.js');
    expect(after === flow ? run.stderr : after).toContain(after === flow ? 'server.js' : moved);
  });
});

/** Files that are not rewritten, each in one piece with what a careless tool would change. */
const left: Readonly<Record<string, { readonly path?: string; readonly text: string; readonly status: number }>> = {
  'a syntax error': { text: `${server}\nfunction broken(: {\n`, status: 3 },
  'the marks of a merge': { text: `<<<<<<< HEAD\n${server}=======\n>>>>>>> crème\n`, status: 3 },
  'a NUL byte': { text: `${server}\n// \0\n`, status: 0 },
  'a bundle of 3 MB': { path: 'bundle.js', text: asJavaScript(server) + bundle(3 * 1024 * 1024), status: 0 },
  'minified code': { path: 'app.min.js', text: minified(asJavaScript(server)), status: 0 },
  'minified code that does not say so': { path: 'app.js', text: minified(asJavaScript(server)), status: 0 },
  'generated code': { text: `// Code generated by soupgen. DO NOT EDIT.\n${server}`, status: 0 },
};

describe.each(Object.entries(left))('a file with %s', (_, { path = 'bad.ts', text, status }) => {
  const folder = folderWith({ [path]: text, 'good.ts': server });
  const run = runTool(folder, '.', '--write', '--verbose');

  test('stays as it is', () => {
    expect(contentOf(folder, path)).toBe(text);
  });

  test('does not stop the others', () => {
    expectWritten(run, folder, 'good.ts', [status]);
  });

  test('is named where it could not be handled', () => {
    if (status === 3) expect(run.stderr).toContain(path);
    expect(run.stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('layouts', () => {
  test('a file in two workspaces is rewritten once', () => {
    const folder = folderWith({
      'package.json':
        '{ "name": "bistro", "workspaces": ["packages/*", "packages/kitchen", "./packages/../packages/*"] }',
      'packages/kitchen/package.json': '{ "name": "@bistro/kitchen", "type": "module", "workspaces": ["."] }',
      'packages/kitchen/tsconfig.json': settings,
      'packages/kitchen/src/server.ts': server,
    });
    const run = runTool(folder, '.', 'packages/kitchen', './packages/kitchen/src/server.ts', '--write');
    expectWritten(run, folder, 'packages/kitchen/src/server.ts');
    const text = contentOf(folder, 'packages/kitchen/src/server.ts');
    expect(text.split(moved)).toHaveLength(2);
    expect([...filesOf(folder).keys()].filter((path) => path.includes('startup-tasks'))).toHaveLength(1);
  });

  test.each([
    ['is broken', '{ "workspaces": ['],
    ['is no object', '"café"'],
    ['has wrong values', '{ "workspaces": 3, "type": ["module"], "main": {}, "exports": 1, "imports": null }'],
  ])('a package.json that %s does not stop the run', (_, manifest) => {
    const folder = folderWith({ 'package.json': manifest, 'src/server.ts': server });
    expectWritten(runTool(folder, '.', '--write'), folder, 'src/server.ts', [0, 2]);
  });

  test('what stands in node_modules and beside its source map is left alone', () => {
    const folder = folderWith({ 'node_modules/soup/server.ts': server, 'server.ts': server });
    const run = runTool(folder, '.', '--write');
    expectWritten(run, folder, 'server.ts');
    expect(contentOf(folder, 'node_modules/soup/server.ts')).toBe(server);
  });
});

/** The run succeeded, and moved what the server need not wait for; a second run has nothing to add. */
function expectWritten(run: ToolRun, folder: string, path: string, statuses: readonly (number | null)[] = [0]): void {
  expect(statuses, run.stderr).toContain(run.status);
  expect(contentOf(folder, path), run.stderr).toContain(moved);
  const again = runTool(folder, path, '--dry-run');
  expect(again.stdout).toBe('');
}

/** The server, with what it warms in another file. */
function importing(text: string, specifier: string): string {
  const from = text.indexOf('async function warmSoupCache');
  const to = text.indexOf('async function main');
  return `import { warmSoupCache } from '${specifier}';\n${text.slice(0, from)}${text.slice(to)}`;
}

function asJavaScript(text: string): string {
  return text.replaceAll(/: (Promise<void>|string)/g, '');
}

/** Modules as a bundler writes them, one below the other. */
function bundle(size: number): string {
  const module = (index: number) =>
    `var require_${index} = __commonJS((exports, module) => {\n  module.exports = ${index};\n});\n`;
  const count = Math.ceil(size / module(100_000).length);
  return Array.from({ length: count }, (_, index) => module(100_000 + index)).join('');
}

/** Everything in a line, again and again. */
function minified(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return `${line}${'var a=function(b){return b?a(b-1):0};'.repeat(800)}\n`;
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function contentOf(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
