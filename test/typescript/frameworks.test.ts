import { describe, expect, it } from 'vitest';
import { frameworks } from '../../src/languages/typescript/frameworks/index.ts';
import type { NodeProject } from '../../src/languages/typescript/hooks/framework.ts';
import type { SourceModule } from '../../src/languages/typescript/modules/definition.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { lineOf } from '../../src/languages/typescript/tree/own-nodes.ts';
import { memoryProject } from '../memory-project.ts';

type Files = Readonly<Record<string, string>>;

function projectOf(files: Files): NodeProject {
  const containing = (word: string) => Object.keys(files).filter((path) => files[path]?.includes(word));
  const { read } = memoryProject(files);
  return { modules: createModules(memoryProject(files)), containing, read };
}

function sourceModules(files: Files, { modules }: NodeProject): readonly SourceModule[] {
  return Object.keys(files)
    .filter((path) => /\.[cm]?[jt]s$/.test(path))
    .flatMap((path) => modules.at(path) ?? []);
}

/** The listens that the first claiming framework finds: `main.ts:3 express app`. */
function listensIn(files: Files): readonly string[] {
  const project = projectOf(files);
  const points = frameworks.flatMap((framework) =>
    sourceModules(files, project)
      .filter(({ text }) => framework.anchors.some((word) => text.includes(word)))
      .flatMap((module) => framework.findListens?.(module, project) ?? []),
  );
  const first = points.filter((point, index) => points.findIndex(({ call }) => call === point.call) === index);
  return first
    .map(({ call, framework, server, release }) => {
      const path = project.modules.of(call).path;
      return [`${path}:${lineOf(call)}`, framework, server, release ? '(release)' : ''].filter(Boolean).join(' ');
    })
    .sort();
}

/** The hooks of an app in a line: `startup onReady; shutdown onClose`. */
function hooksIn(files: Files): readonly string[] {
  const project = projectOf(files);
  return frameworks.flatMap((framework) =>
    sourceModules(files, project)
      .filter(({ text }) => framework.anchors.some((word) => text.includes(word)))
      .flatMap((module) => framework.findHooks?.(module, project) ?? [])
      .map(({ startup, shutdown }) => {
        const named = startup.map(({ name, adviceOnly }) => (adviceOnly ? `${name} (advice)` : name)).join(', ');
        const stops = shutdown.map(({ name }) => name).join(', ');
        return `${framework.id}: ${named}${stops ? `; ${stops}` : ''}`;
      }),
  );
}

describe('calls in which a server begins to listen', () => {
  it.each<[string, Files, readonly string[]]>([
    [
      'an app of Express',
      { 'main.ts': "import express from 'express';\nconst app = express();\napp.listen(80);" },
      ['main.ts:3 express app'],
    ],
    [
      'a server around it',
      {
        'main.ts':
          "import express from 'express';\nimport * as http from 'http';\nconst app = express();\nconst server = http.createServer(app);\nserver.listen(80);",
      },
      ['main.ts:5 http server'],
    ],
    [
      'an app that a function of another file makes',
      {
        'app.ts':
          "import Fastify from 'fastify';\nexport async function buildApp() {\n  const app = Fastify();\n  return app;\n}",
        'main.ts':
          "import { buildApp } from './app.js';\nconst app = await buildApp();\nawait app.listen({ port: 80 });",
      },
      ['main.ts:3 fastify app'],
    ],
    [
      'a field that the constructor sets',
      {
        'server.ts':
          "import express from 'express';\nimport http, { Server } from 'http';\nclass Web {\n  app; server: Server;\n  constructor() {\n    this.app = express();\n    this.server = http.createServer(this.app);\n  }\n  open() { this.server.listen(80); }\n}",
      },
      ['server.ts:9 http this.server'],
    ],
    [
      'a typed parameter',
      {
        'main.ts':
          "import type { FastifyInstance } from 'fastify';\nexport async function open(app: FastifyInstance) { await app.listen(); }",
      },
      ['main.ts:2 fastify app'],
    ],
    [
      'an app of Nest',
      {
        'main.ts':
          "import { NestFactory } from '@nestjs/core';\nimport type { NestExpressApplication } from '@nestjs/platform-express';\nconst app = await NestFactory.create<NestExpressApplication>({});\nawait app.listen(80);",
      },
      ['main.ts:4 nestjs app'],
    ],
    [
      'CommonJS, bound names and chains',
      {
        'main.js':
          "const { createServer } = require('node:https');\ncreateServer({}, () => {}).on('error', report).listen(443);\nrequire('express')().listen(80);",
      },
      ['main.js:2 http', 'main.js:3 express'],
    ],
    [
      'a promisified listen',
      {
        'main.js':
          "const { promisify } = require('util');\nconst server = require('http').createServer();\nawait promisify(server.listen).bind(server)(80);",
      },
      ['main.js:3 http'],
    ],
    [
      'a server of Bun, which is none of Node',
      { 'main.ts': 'Bun.serve({ fetch: () => new Response("größe") });' },
      ['main.ts:1 hono (release)'],
    ],
    [
      'something that is called server and gets a port',
      { 'main.js': 'module.exports = (server, config) => server.listen(config.port);' },
      ['main.js:1 http server'],
    ],
    [
      'an app with probes and a route',
      {
        'main.js':
          "const app = require('express')();\napp.get('/health', ok);\napp.get('/prices', prices);\napp.listen(80);",
      },
      ['main.js:4 express app'],
    ],
    [
      'an app with probes and a router',
      {
        'main.js': "const app = require('express')();\napp.get('/health', ok);\napp.use(router);\napp.listen(80);",
      },
      ['main.js:4 express app'],
    ],
    [
      'an app with probes that another function completes',
      {
        'main.js': "const app = require('express')();\napp.get('/health', ok);\naddRoutes(app);\napp.listen(80);",
      },
      ['main.js:4 express app'],
    ],
  ])('%s', (_shape, files, expected) => {
    expect(listensIn(files)).toEqual(expected);
  });

  it.each<[string, string]>([
    [
      'a history',
      "import { createBrowserHistory } from 'history';\nconst history = createBrowserHistory();\nhistory.listen(80);",
    ],
    ['an emitter', "import { EventEmitter } from 'events';\nconst server = new EventEmitter();\nserver.listen(8080);"],
    ['an unnamed thing', 'unlisten = store.listen(port);'],
    ['a server without a port', 'server.listen({ onUnhandledRequest: "error" });'],
    ['a mock server', "import { setupServer } from 'msw/node';\nconst server = setupServer();\nserver.listen(80);"],
    ['sockets', "import { Server } from 'socket.io';\nconst io = new Server();\nio.listen(3000);"],
    ['plain TCP', "import net from 'net';\nconst server = net.createServer();\nserver.listen(7000);"],
    [
      'handlers of workflows',
      "import { serve } from 'inngest/next';\nexport const { GET } = serve({ functions: [] });",
    ],
    [
      'a port that the system picks',
      "import http from 'http';\nconst server = http.createServer();\nserver.listen(0);",
    ],
    ['text', 'const sample = `app.listen(80)`; // server.listen(80)'],
    [
      'a broker',
      "import { NestFactory } from '@nestjs/core';\nimport { Transport } from '@nestjs/microservices';\nconst app = await NestFactory.createMicroservice({}, { transport: Transport.RMQ });\nawait app.listen();",
    ],
    [
      'probes alone',
      "const app = require('express')();\napp.use(helmet());\napp.get('/healthz', ok).get('/metrics', all);\napp.listen(9090);",
    ],
    [
      'probes of Hono',
      "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\nconst app = new Hono().get('/health', ok);\nserve({ fetch: app.fetch, port: 80 });",
    ],
  ])('but not %s', (_shape, text) => {
    expect(listensIn({ 'main.js': text })).toEqual([]);
  });
});

describe('functions that frameworks call', () => {
  const nest = "import { Injectable, Scope } from '@nestjs/common';\n";
  const plugin = "import fp from 'fastify-plugin';\n";
  it.each<[string, Files, readonly string[]]>([
    [
      'shutdown methods in the order in which Nest calls them',
      {
        'jobs.ts': `${nest}@Injectable()\nclass Jobs {\n  async onApplicationShutdown() {}\n  async onModuleDestroy() {}\n  async onModuleInit() { await this.load(); }\n}`,
      },
      ['nestjs: Jobs.onModuleInit; Jobs.onModuleDestroy, Jobs.onApplicationShutdown'],
    ],
    [
      'a provider for each request',
      {
        'basket.ts': `${nest}@Injectable({ scope: Scope.REQUEST })\nclass Basket {\n  async onModuleInit() { await this.load(); }\n}`,
      },
      ['nestjs: Basket.onModuleInit (advice)'],
    ],
    [
      'stops of the first onReady that a function adds',
      {
        'jobs.ts': `${plugin}export default fp(async (app) => {\n  app.addHook('onReady', async () => { await load(); });\n  app.addHook('onReady', async () => { await load(); });\n  app.addHook('onClose', async () => {});\n});`,
      },
      ['fastify: onReady, onReady; onClose'],
    ],
    [
      'a plugin that awaits, by the name that it has',
      {
        'db.ts': `${plugin}export default fp(async (app) => {\n  await app.register(pg);\n  app.addHook('onClose', async () => {});\n}, { name: 'größe' });`,
      },
      ['fastify: größe; onClose'],
    ],
    [
      'a plugin that a helper makes',
      {
        'cron.ts':
          "import type { FastifyInstance } from 'fastify';\nexport const cron = withSchedule(async (app: FastifyInstance) => {\n  await app.schedule.load();\n});",
      },
      ['fastify: cron'],
    ],
    [
      'a function that gets an instance and is no plugin',
      {
        'seed.ts':
          "import type { FastifyInstance } from 'fastify';\nexport async function seed(app: FastifyInstance) {\n  await app.db.fill();\n}",
      },
      [],
    ],
    [
      'handlers of requests',
      { 'app.js': "fastify.addHook('onRequest', async (request) => {\n  await authenticate(request);\n});" },
      [],
    ],
    [
      'an exported arrow function of Next',
      { 'src/instrumentation.ts': 'export const register = async () => {\n  await connect();\n};' },
      ['next: register (advice)'],
    ],
    [
      'a register of something else',
      { 'src/services/register.ts': 'export async function register() {\n  await connect();\n}' },
      [],
    ],
    [
      'a bootstrap that is a property',
      {
        'src/index.js': "module.exports.bootstrap = async function ({ strapi }) {\n  await strapi.seed('größe');\n};",
      },
      ['strapi: bootstrap'],
    ],
    [
      'a mixin of Moleculer, and no other object with such a method',
      {
        'db.js':
          "const { ServiceBroker } = require('moleculer');\nmodule.exports = {\n  methods: {},\n  async started() {\n    await connect();\n  },\n};\nconst timer = { state: { started() {\n  return true;\n} } };",
      },
      ['moleculer: started'],
    ],
    [
      'a class with such a method outside of its framework',
      {
        'search.ts':
          'class Search {\n  async onModuleInit() { await this.load(); }\n  async setup() {}\n  async boot() {}\n}',
      },
      [],
    ],
  ])('%s', (_shape, files, expected) => {
    expect(hooksIn(files)).toEqual(expected);
  });
});
