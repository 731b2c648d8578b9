import { Node, SyntaxKind } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { memoryProject } from '../memory-project.ts';

/** The meaning of the callee of the last call in `src/main.ts` (or the file given). */
function calleeOf(files: Readonly<Record<string, string>>, path = 'src/main.ts'): string | undefined {
  const modules = createModules(memoryProject(files));
  const module = modules.at(path);
  const call = module?.root
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((one) => !Node.isCallExpression(one.getParent()))
    .at(-1);
  const found = call && modules.resolve(call.getExpression());
  return found && `${found.kind} ${modules.qualifiedName(found)}`;
}

describe('a callee of the project', () => {
  const db = 'export async function initDb() {}\nexport default async () => {};\n';

  it.each([
    [
      'a named import',
      { 'src/main.ts': "import { initDb } from './db';\nawait initDb();", 'src/db.ts': db },
      'function src/db.initDb',
    ],
    [
      'a renamed import',
      { 'src/main.ts': "import { initDb as open } from './db.js';\nawait open();", 'src/db.ts': db },
      'function src/db.initDb',
    ],
    [
      'a default import',
      { 'src/main.ts': "import open from './db';\nawait open();", 'src/db.ts': db },
      'function src/db.default',
    ],
    [
      'a namespace',
      { 'src/main.ts': "import * as db from './db';\nawait db.initDb();", 'src/db.ts': db },
      'function src/db.initDb',
    ],
    [
      'export *',
      {
        'src/main.ts': "import { initDb } from './data';\ninitDb();",
        'src/data/index.ts': "export * from '../db';",
        'src/db.ts': db,
      },
      'function src/db.initDb',
    ],
    ['an arrow function', { 'src/main.ts': 'const warm = async () => {};\nwarm();' }, 'function src/main.warm'],
    [
      'a method of an object',
      { 'src/main.ts': 'const jobs = { async start() {} };\njobs.start();' },
      'function src/main.start',
    ],
    [
      'a method of an instance',
      {
        'src/main.ts': "import { queue } from './queue';\nqueue.start();",
        'src/queue.ts': 'class Queue { async start() {} }\nexport const queue = new Queue();',
      },
      'function src/queue.Queue.start',
    ],
    [
      'an inherited method',
      {
        'src/main.ts': "import { Queue } from './queue';\nnew Queue().start();",
        'src/queue.ts': "import { Base } from './base';\nexport class Queue extends Base {}",
        'src/base.ts': 'export class Base { start() {} }',
      },
      'function src/base.Base.start',
    ],
    [
      'an injected dependency',
      {
        'src/main.ts':
          "import { Cache } from './cache';\nclass App { constructor(private readonly cache: Cache) {}\n async onModuleInit() { await this.cache.warm(); } }",
        'src/cache.ts': 'export class Cache { async warm() {} }',
      },
      'function src/cache.Cache.warm',
    ],
    [
      'a field set in the constructor',
      {
        'src/main.js':
          "const { Cache } = require('./cache');\nclass App { constructor() { this.cache = new Cache(); }\n async init() { await this.cache.warm(); } }",
        'src/cache.js': 'class Cache { async warm() {} }\nmodule.exports = { Cache };',
      },
      'function src/cache.Cache.warm',
    ],
    [
      'what a function returns',
      {
        'src/main.ts': "import { make } from './make';\nconst cache = await make();\ncache.warm();",
        'src/make.ts': 'export class Cache { async warm() {} }\nexport async function make() { return new Cache(); }',
      },
      'function src/make.Cache.warm',
    ],
    [
      'require of an object',
      {
        'src/main.js': "const db = require('./db');\ndb.initDb();",
        'src/db.js': 'async function initDb() {}\nmodule.exports = { initDb };',
      },
      'function src/db.initDb',
    ],
    [
      'require taken apart',
      {
        'src/main.js': "const { initDb } = require('./db');\ninitDb();",
        'src/db.js': 'exports.initDb = async () => {};',
      },
      'function src/db.initDb',
    ],
    [
      'require of a function',
      {
        'src/main.js': "const open = require('./db');\nopen();",
        'src/db.js': 'module.exports = async function open() {};',
      },
      'function src/db.open',
    ],
    [
      'a path alias',
      {
        'tsconfig.json': '{ // paths\n "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] }, } }',
        'src/main.ts': "import { initDb } from '@/db';\ninitDb();",
        'src/db.ts': db,
      },
      'function src/db.initDb',
    ],
    [
      'a package of the workspace',
      {
        'packages/db/package.json': '{ "name": "@shop/db", "main": "dist/index.js" }',
        'packages/db/src/index.ts': db,
        'src/main.ts': "import { initDb } from '@shop/db';\ninitDb();",
      },
      'function packages/db/src/index.initDb',
    ],
  ])('%s', (_shape, files, expected) => {
    const path = Object.keys(files).find((one) => /main\.[jt]s$/.test(one));
    expect(calleeOf(files as Record<string, string>, path)).toBe(expected);
  });
});

describe('a callee of a package', () => {
  it.each([
    ["import mongoose from 'mongoose';\nmongoose.connect(url);", 'external mongoose.connect'],
    ["import { connect } from 'mongoose';\nconnect(url);", 'external mongoose.connect'],
    ["import { readFile } from 'node:fs/promises';\nreadFile(path);", 'external fs/promises.readFile'],
    [
      "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nprisma.$connect();",
      'external @prisma/client.PrismaClient.$connect',
    ],
    ["import express from 'express';\nconst app = express();\napp.listen(1);", 'external express().listen'],
    [
      "import fastify from 'fastify';\nfunction build() { const app = fastify(); return app; }\nconst app = build();\nawait app.listen(1);",
      'external fastify().listen',
    ],
    [
      "import { NestFactory } from '@nestjs/core';\nconst app = await NestFactory.create(AppModule);\nawait app.listen(1);",
      'external @nestjs/core.NestFactory.create().listen',
    ],
    ['Bun.serve({ fetch });', 'external Bun.serve'],
  ])('%s', (text, expected) => {
    expect(calleeOf({ 'src/main.ts': text })).toBe(expected);
  });
});

describe('what cannot be known', () => {
  it.each([
    ['an unresolvable import', "import { warm } from './missing';\nwarm();", 'external ./missing.warm'],
    ['a parameter', 'function run(task) { task(); }', undefined],
    ['a value made from itself', 'let a = b;\nlet b = a;\na();', 'value src/main.(value)'],
  ])('%s', (_shape, text, expected) => {
    expect(calleeOf({ 'src/main.ts': text })).toBe(expected);
  });
});
