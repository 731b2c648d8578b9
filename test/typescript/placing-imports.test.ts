import { describe, expect, it } from 'vitest';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { helperForm } from '../../src/languages/typescript/placing/helper-form.ts';
import { helperPlacements } from '../../src/languages/typescript/placing/helper-placement.ts';
import { importSite } from '../../src/languages/typescript/placing/imports.ts';
import { startupTasksSource } from '../../src/runtime/typescript.ts';
import { defaultScanOptions } from '../default-config.ts';
import { memoryProject } from '../memory-project.ts';

type Files = Readonly<Record<string, string>>;

/** Placements for the files that are rewritten, by path. */
function placementsOf(
  files: Files,
  paths: readonly string[],
  options: { helperPath?: string; helperImport?: string } = {},
) {
  const project = memoryProject(files);
  const modules = createModules(project);
  const rewritten = paths.flatMap((path) => modules.at(path) ?? []);
  return helperPlacements(rewritten, modules, project, { ...defaultScanOptions, ...options });
}

function placementOf(files: Files, path = 'src/main.ts', options = {}) {
  const placement = placementsOf(files, [path], options).get(path);
  if (!placement) throw new Error(`${path} has no placement`);
  return placement;
}

function importIn(files: Files, path = 'src/main.ts', options = {}): string {
  return placementOf(files, path, options).importStatement;
}

/** The text of the file with the import of the helper in it. */
function withImport(text: string, path = 'src/main.ts', files: Files = {}): string {
  const all = { ...files, [path]: text };
  const project = memoryProject(all);
  const modules = createModules(project);
  const module = modules.at(path);
  if (!module) throw new Error(`${path} was not read`);
  const helper = placementOf(all, path);
  const { firstParty } = importSite(module, helper, modules, project);
  return `${text.slice(0, firstParty)}${helper.importStatement}\n${text.slice(firstParty)}`;
}

describe('how the helper is imported', () => {
  it.each([
    ['no extension', "import { db } from './db';\n", "import { StartupTasks } from './startup-tasks';"],
    [
      'the extension of the output',
      "import { db } from './db.js';\n",
      "import { StartupTasks } from './startup-tasks.js';",
    ],
    [
      'the extension of the source',
      'import { db } from "./db.ts"\n',
      'import { StartupTasks } from "./startup-tasks.ts"',
    ],
    ['braces without blanks', "import {db} from './db';\n", "import {StartupTasks} from './startup-tasks';"],
    [
      'a type import only',
      "import type { Db } from './db.js';\n",
      "import { StartupTasks } from './startup-tasks.js';",
    ],
    ['require in TypeScript', "const db = require('./db');\n", "const { StartupTasks } = require('./startup-tasks');"],
    [
      'import x = require()',
      "import db = require('./db');\n",
      "import startupTasksModule = require('./startup-tasks');\nimport StartupTasks = startupTasksModule.StartupTasks;",
    ],
    ['a folder', "import { db } from './data';\n", "import { StartupTasks } from './startup-tasks';"],
    [
      'a file that is not code',
      "import data from './data.json';\nimport { db } from './db.js';\n",
      "import { StartupTasks } from './startup-tasks.js';",
    ],
  ])('follows the file: %s', (_name, text, statement) => {
    expect(importIn({ 'src/main.ts': text, 'src/db.ts': '', 'src/data/index.ts': '' })).toBe(statement);
  });

  it.each([
    [
      'require, by default',
      'app.js',
      'module.exports = app;\n',
      {},
      "const { StartupTasks } = require('./startup-tasks');",
    ],
    [
      'modules by the manifest',
      'app.js',
      'main();\n',
      { 'package.json': '{"type": "module"}' },
      "import { StartupTasks } from './startup-tasks.js';",
    ],
    ['modules by the extension', 'app.mjs', 'main();\n', {}, "import { StartupTasks } from './startup-tasks.mjs';"],
    [
      'CommonJS by the extension',
      'app.cjs',
      "'use strict';\n",
      { 'package.json': '{"type": "module"}' },
      "const { StartupTasks } = require('./startup-tasks.cjs');",
    ],
    [
      'a compiled import',
      'app.js',
      "import express from 'express';\n",
      {},
      "import { StartupTasks } from './startup-tasks';",
    ],
    [
      'require with an extension',
      'app.js',
      "const db = require('./db.js')\n",
      { 'db.js': '' },
      "const { StartupTasks } = require('./startup-tasks.js')",
    ],
  ])('in JavaScript: %s', (_name, path, text, files, statement) => {
    expect(importIn({ ...files, [path]: text }, path)).toBe(statement);
  });

  it('follows the neighbours where the file imports none of its own', () => {
    const files = {
      'src/main.ts': "import express from 'express';\n",
      'src/routes.ts': "import { db } from './db.js';\n",
      'src/db.ts': '',
    };
    expect(importIn(files)).toBe("import { StartupTasks } from './startup-tasks.js';");
  });

  it('follows what runs the file where nothing is imported', () => {
    const main = { 'src/main.ts': "import Fastify from 'fastify';\n" };
    expect(importIn(main)).toContain("'./startup-tasks'");
    expect(importIn({ ...main, 'package.json': '{"type":"module"}' })).toContain("'./startup-tasks.js'");
    expect(importIn({ ...main, 'deno.json': '{}' })).toContain("'./startup-tasks.ts'");
    const sources = '{ "compilerOptions": { "allowImportingTsExtensions": true, /* ours */ }, }';
    expect(importIn({ ...main, 'package.json': '{"type":"module"}', 'tsconfig.json': sources })).toContain(
      "'./startup-tasks.ts'",
    );
  });

  describe('by an alias', () => {
    const tsconfig = '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"], "@db": ["src/data/db.ts"]}}}';
    const files = { 'tsconfig.json': tsconfig, 'src/data/db.ts': '', 'src/cache.ts': '', 'src/api/other.ts': '' };

    it('where the file imports its own modules only so', () => {
      const text = "import express from 'express';\nimport { db } from '@/data/db';\n";
      expect(importIn({ ...files, 'src/api/main.ts': text }, 'src/api/main.ts')).toContain("'@/api/startup-tasks'");
    });

    it('not where it has a relative import', () => {
      const text = "import { db } from '@/data/db';\nimport { cache } from './cache';\n";
      expect(importIn({ ...files, 'src/main.ts': text })).toContain("'./startup-tasks'");
    });

    it('not where it is the name of one file', () => {
      expect(importIn({ ...files, 'src/main.ts': "import { db } from '@db';\n" })).toContain("'./startup-tasks'");
    });

    it('from the base folder', () => {
      const text = "import { db } from 'src/data/db';\n";
      expect(importIn({ ...files, 'src/main.ts': text })).toContain("'src/startup-tasks'");
    });
  });

  it('is what the configuration says', () => {
    const files = { 'src/main.ts': "import { db } from './db';\n" };
    expect(importIn(files, 'src/main.ts', { helperPath: 'src/lib' })).toContain("'./lib/startup-tasks'");
    const options = { helperPath: './packages/tasks/src/startup-tasks.ts', helperImport: '@acme/tasks' };
    expect(placementOf(files, 'src/main.ts', options)).toMatchObject({
      path: 'packages/tasks/src/startup-tasks.ts',
      importStatement: "import { StartupTasks } from '@acme/tasks';",
    });
    const python = { helperPath: 'api/startup_tasks.py', helperImport: 'api.startup_tasks' };
    expect(placementOf(files, 'src/main.ts', python)).toMatchObject({ path: 'src/startup-tasks.ts' });
  });
});

describe('where the helper goes', () => {
  const hook = "import { db } from './db';\n";

  it('is the folder that the files have in common, below their manifest', () => {
    const files = {
      'apps/api/package.json': '{}',
      'apps/api/src/main.ts': hook,
      'apps/api/src/jobs/jobs.service.ts': hook,
      'apps/worker/package.json': '{}',
      'apps/worker/src/main.ts': hook,
    };
    const paths = Object.keys(files).filter((path) => path.endsWith('.ts'));
    const placements = placementsOf(files, paths);
    expect([...placements].map(([path, { path: home, importStatement }]) => [path, home, importStatement])).toEqual([
      [
        'apps/api/src/jobs/jobs.service.ts',
        'apps/api/src/startup-tasks.ts',
        "import { StartupTasks } from '../startup-tasks';",
      ],
      ['apps/api/src/main.ts', 'apps/api/src/startup-tasks.ts', "import { StartupTasks } from './startup-tasks';"],
      [
        'apps/worker/src/main.ts',
        'apps/worker/src/startup-tasks.ts',
        "import { StartupTasks } from './startup-tasks';",
      ],
    ]);
  });

  it('is rather not beside the manifest, where what is deployed may be listed', () => {
    const files = {
      'package.json': '{}',
      'index.js': '',
      'server/Server.js': '',
      'server/jobs/Zürich.js': '',
      'a/b.js': '',
    };
    const placements = placementsOf(files, ['index.js', 'server/Server.js', 'server/jobs/Zürich.js', 'a/b.js']);
    expect(placements.get('index.js')).toMatchObject({
      path: 'server/startup-tasks.js',
      importStatement: "const { StartupTasks } = require('./server/startup-tasks');",
    });
    expect(placementsOf(files, ['index.js']).get('index.js')?.path).toBe('startup-tasks.js');
  });

  it('is inside of what the compiler takes', () => {
    const files = { 'tsconfig.json': '{"include": ["src/**/*.ts", "server"]}', 'src/a.ts': hook, 'server/b.ts': hook };
    expect(placementsOf(files, ['src/a.ts', 'server/b.ts']).get('src/a.ts')).toMatchObject({
      path: 'server/startup-tasks.ts',
      importStatement: "import { StartupTasks } from '../server/startup-tasks';",
    });
  });

  it.each([
    ['TypeScript', ['a.ts', 'b.mts'], 'startup-tasks.ts'],
    ['TypeScript that says its kind', ['a.mts', 'b.mts'], 'startup-tasks.mts'],
    ['JSX', ['a.tsx'], 'startup-tasks.ts'],
    ['JavaScript', ['a.js', 'b.jsx'], 'startup-tasks.js'],
    ['modules', ['a.mjs'], 'startup-tasks.mjs'],
    ['CommonJS', ['a.cjs'], 'startup-tasks.cjs'],
    ['both kinds of JavaScript', ['a.mjs', 'b.js'], 'startup-tasks.cjs'],
  ])("is of the files' kind: %s", (_name, paths, home) => {
    const files = Object.fromEntries(paths.map((path) => [path, 'main();\n']));
    for (const placement of placementsOf(files, paths).values()) expect(placement.path).toBe(home);
  });

  it('does not mix the languages, nor their names in one folder', () => {
    const files = {
      'tsconfig.json': '{"compilerOptions": {"allowJs": true}}',
      'server.js': "require('./x')\n",
      'main.ts': hook,
    };
    const placements = placementsOf(files, ['server.js', 'main.ts']);
    expect(placements.get('main.ts')?.path).toBe('startup-tasks.ts');
    expect(placements.get('server.js')?.path).toBe('startup-background-tasks.js');
  });

  it.each(['src/startup-tasks.ts', 'src/startup-tasks.js', 'src/startup-tasks/index.ts'])(
    'has another name beside %s',
    (path) => {
      expect(placementOf({ 'src/main.ts': hook, [path]: 'export {};\n' }).path).toBe('src/startup-background-tasks.ts');
    },
  );

  it('is the copy that is there', () => {
    const source = startupTasksSource('typescript');
    const at = (text: string, path = 'src/lib/startup-tasks.ts') => placementOf({ 'src/main.ts': hook, [path]: text });
    expect(at(source)).toMatchObject({ path: 'src/lib/startup-tasks.ts', state: 'current' });
    expect(at(startupTasksSource('typescript', { quote: "'", semicolons: false }))).toMatchObject({ state: 'current' });
    expect(at(`${source}// ours\n`)).toMatchObject({ path: 'src/lib/startup-tasks.ts', state: 'edited' });
    expect(at(source.replace('version 1', 'version 0'))).toMatchObject({ state: 'older' });
    expect(at('export class StartupTasks {}\n', 'src/startup-tasks.ts')).toMatchObject({
      path: 'src/startup-background-tasks.ts',
      state: 'absent',
    });
  });

  it('tells the form of a copy', () => {
    const form = (path: string, text: string) => helperForm(placementOf({ [path]: text }, path));
    expect(form('main.ts', hook)).toBe('typescript');
    expect(form('main.js', hook)).toBe('esm');
    expect(form('main.js', "const x = require('x')")).toBe('commonjs');
    expect(form('main.mjs', 'x()')).toBe('esm');
  });
});

describe('where the import stands', () => {
  const line = "import { StartupTasks } from './startup-tasks';";

  it("is among the file's own imports", () => {
    const text =
      "import './tracing';\nimport express from 'express';\n\nimport { db } from './db';\nimport { ärger } from './logger';\n\nmain();\n";
    expect(withImport(text)).toContain(`from './logger';\n${line}\n\nmain();`);
  });

  it('is below the packages where the file imports no other', () => {
    const text = "import './tracing';\nimport express from 'express';\n\nmain();\n";
    expect(withImport(text)).toBe(`import './tracing';\nimport express from 'express';\n${line}\n\nmain();\n`);
  });

  it('is below a statement of several lines', () => {
    const text = "import {\n  db,\n} from './db'; // ours\nmain();\n";
    expect(withImport(text)).toBe(`import {\n  db,\n} from './db'; // ours\n${line}\nmain();\n`);
  });

  it('is in the first block with imports of the project', () => {
    const text =
      "require('dotenv').config();\nconst express = require('express');\nconst app = express();\nconst db = require('./db');\nfunction late() { require('./late'); }\nconst routes = require('./routes');\n";
    expect(withImport(text, 'server.js')).toContain(
      "require('./db');\nconst { StartupTasks } = require('./startup-tasks');\nfunction late",
    );
  });

  it.each([
    ['a call', 'main();\n'],
    ['a call whose value is kept', 'const server = main();\n'],
    ['what is called at once', '(async () => { await main(); })();\n'],
    ['a condition', 'if (require.main === module) main();\n'],
  ])('is above %s, which may run a hook', (_name, code) => {
    const text = `const dotenv = require('dotenv');\ndotenv.config();\nconst fs = require('fs');\n${code}const db = require('./db');\nfunction main() {}\n`;
    const required = "const { StartupTasks } = require('./startup-tasks');\n";
    expect(withImport(text, 'server.js')).toBe(text.replace("('dotenv');\n", `('dotenv');\n${required}`));
  });

  it('is below settings that stand between the imports', () => {
    const text =
      "const dotenv = require('dotenv');\ndotenv.config();\nconst app = express();\nconst db = require('./db');\nmain();\n";
    expect(withImport(text, 'server.js')).toContain("require('./db');\nconst { StartupTasks }");
  });

  it.each([
    ['a hashbang', '#!/usr/bin/env node\n', ''],
    ['directives', "#!/usr/bin/env node\n'use strict';\n", ''],
    ['a licence', '/* Copyright (c) Ärzte GmbH */\n', ''],
    ['a pragma', '// @ts-check\n', ''],
    ['a comment about the file', '// The server.\n// Starts all.\n\n', ''],
    ['no comment about the code', '', '/** Starts the server. */\n'],
    ['a licence, not the comment of the code', '/*! MIT */\n', '// Starts the server.\n'],
  ])('is after %s', (_name, before, after) => {
    const required = "const { StartupTasks } = require('./startup-tasks');\n";
    const result = withImport(`${before}${after}main();\n`, 'server.js');
    const expected = before.endsWith('\n\n') ? before.slice(0, -1) : before;
    expect(result.startsWith(expected)).toBe(true);
    expect(result.replace(required, '')).toBe(`${before}${after}main();\n`);
    expect(result.indexOf(required)).toBe(expected.length);
  });

  it('lists the names of the module and the imports around it', () => {
    const files = {
      'src/main.ts':
        "import a, { b as c } from './b';\nimport * as d from 'd';\nconst { e } = d;\nfunction f() { const g = 1; }\nclass H {}\n",
    };
    const project = memoryProject(files);
    const modules = createModules(project);
    const module = modules.at('src/main.ts');
    if (!module) throw new Error('not read');
    const site = importSite(module, placementOf(files), modules, project);
    expect([...site.names].sort()).toEqual(['H', 'a', 'c', 'd', 'e', 'f']);
    expect(site.statements.map(({ start, end }) => module.text.slice(start, end))).toEqual([
      "import a, { b as c } from './b';",
    ]);
  });
});
