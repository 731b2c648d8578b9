// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the fixtures are programs with templates
import { describe, expect, it } from 'vitest';
import { type HookOptions, hookOf, server } from './hook-of.ts';

/** `kind severity` of every hazard of every step. */
function hazards(source: string, options?: HookOptions): string[] {
  return hookOf(source, options).hook.steps.flatMap((step) => step.hazards.map((one) => `${one.kind} ${one.severity}`));
}

/** A server whose `main` holds the lines, below declarations of its file. */
function inMain(lines: string, before?: string): string[] {
  return hazards(server(lines, before));
}

describe('nothing stands against', () => {
  it.each([
    'await warm(region);',
    'await this.cache.load();',
    'const rows = await purge();\nconsole.log(`${rows} rows`);',
    'try {\n  await warm();\n} catch (error) {\n  logger.error("é", error);\n}',
    'void poll();',
    'poll().catch(console.error);',
    'for (const bot of bots) void bot.launch();',
    'for (const bot of bots) await bot.launch();',
    'for (const id of ids) {\n  if (!id) continue;\n  await load(id);\n}',
    'await Promise.all([warm(), poll()]);',
    'await import("./jobs.js");',
    'await warm(arguments[0], super.name);',
  ])('%s', (lines) => {
    expect(inMain(lines)).toEqual([]);
  });
});

describe('results', () => {
  it.each([
    ['read below', 'const db = await connect();\nuse(db);', ['result-is-used never']],
    ['read in a handler', "const db = await connect();\napp.get('/é', () => db.find());", ['result-is-used never']],
    ['destructured', 'const { db, cache } = await connect();\nuse({ cache });', ['result-is-used never']],
    [
      'of a variable that is assigned',
      'let db;\ndb = await connect();\nuse(db);',
      ['result-is-used never', 'publishes-state unsafe'],
    ],
    ['that nothing reads', 'const db = await connect();\nuse(other);', []],
    ['that another variable of its name hides', 'const row = await warm();\nrows.map((row) => row.id);', []],
    ['handed to another call', "app2.provide('model', await load());", ['publishes-state unsafe']],
    [
      'collected in a list',
      'const rows = [];\nfor (const id of ids) rows.push(await load(id));\nuse(rows);',
      ['result-is-used never', 'publishes-state unsafe'],
    ],
    [
      'put into an object that is handed on',
      'const admin = {};\nadmin.user = await create();\nsave(admin);',
      ['result-is-used never', 'publishes-state unsafe'],
    ],
    ['put on the app', 'const app = express();\napp.locals.db = await open();\nuse(app);', ['publishes-state unsafe']],
    ['kept by an awaited service', 'await redis.set(key, value);\nuse(redis);', []],
    ['handed to a log line', 'console.log(await purge());', []],
  ])('%s', (_, lines, expected) => {
    expect(inMain(lines)).toEqual(expected);
  });

  it('that a module exports never move', () => {
    expect(hazards('export const db = await connect();\napp.listen(1);\n', { name: '(module)' })).toEqual([
      'result-is-used never',
    ]);
  });
});

describe('state', () => {
  it.each([
    ['of the app', 'app.locals.pool = await open();', ['publishes-state unsafe']],
    ['of the class', 'this.model = await load();', ['publishes-state unsafe']],
    ['in a table', "registry['db'] = await open();", ['publishes-state unsafe']],
    ['of an object that the step makes', 'const made = await open();', []],
    ['in a callback', 'await load((model) => { this.model = model; });', ['publishes-state unsafe']],
    ['of a callback alone', 'await load((model) => { const copy = model; copy.name = 1; });', []],
  ])('%s', (_, lines, expected) => {
    expect(inMain(lines)).toEqual(expected);
  });

  it('is named with the handler that reads a variable of the module', () => {
    const source = server('model = await load();', 'let model;\nconst guess = (rows) => model.predict(rows);\n');
    expect(hookOf(source).hook.steps[0]?.hazards).toMatchObject([
      { kind: 'publishes-state', what: 'model is read in main.ts:2', at: { line: 2 } },
    ]);
  });
});

describe('control flow', () => {
  it.each([
    ['return await warm();', ['control-flow never']],
    ['try {\n  await warm();\n} catch (error) {\n  return;\n}', ['control-flow never']],
    ['try { await check(); } catch { process.exit(1); }', ['control-flow never', 'handler-changes-state never']],
    ['await check().catch(() => process.exit(1));', ['handler-changes-state never']],
    ['try { await check(); } catch (error) { throw error; }', ['handler-changes-state never']],
    ['try { await check(); } catch { await fallback(); }', ['handler-changes-state unsafe']],
    ['for (;;) { if (await ping()) break; }', []],
    ['switch (mode) { case 1: await one(); break; }', []],
    ['if (!(await allowed())) process.exit(1);', ['control-flow never']],
  ])('%s', (lines, expected) => {
    expect(inMain(lines)).toEqual(expected);
  });

  it('counts the verdict that a callback-style function gives', () => {
    const source =
      'async function main(fastify, opts, done) {\n  try { await load(); done(); } catch (e) { done(e); }\n}\n';
    expect(hazards(source, { form: 'startup-event' })).toEqual(['control-flow never', 'handler-changes-state never']);
  });

  it('stops at a return before the end of a function that is called', () => {
    const source = 'async function main() {\n  await warm();\n  if (!enabled) return;\n  await poll();\n}\n';
    expect(hazards(source, { form: 'startup-event' })).toEqual(['control-flow never']);
  });
});

describe('promises', () => {
  it.each([
    [
      'kept and awaited',
      'const ready = load().then(index);\nawait ready;',
      ['already-tracked never', 'unsupported-syntax never'],
    ],
    ['kept in a field', 'this.ready = load().catch(log);', ['publishes-state unsafe', 'already-tracked never']],
    ['kept in a name that nothing reads', 'const ready = load().then(index);', []],
    ['dangling beside an await', 'try { void a(); await b(); } finally { c(); }', ['unsupported-syntax never']],
    ['that a condition lets begin', 'config.bot && bot.launch();', []],
    ['of a scope', 'await using lock = await take();', ['async-with never']],
    ['made before', 'await config.ready;', ['unsupported-syntax never']],
  ])('%s', (_, lines, expected) => {
    expect(inMain(lines)).toEqual(expected);
  });
});

describe('kinds of work', () => {
  it.each([
    ["app.decorate('db', await connect());", ['publishes-state unsafe', 'registers-routes never']],
    ['await fastify.register(cors);', ['registers-routes never']],
    ['await apollo.applyMiddleware({ app });', ['registers-routes never']],
    ['await cache.get(key);', []],
    ["await runInit(app, async () => { app.decorate('jobs', jobs); });", ['registers-routes never']],
    ['await Sentry.init();', ['must-be-first unsafe']],
    ['await initTelemetry();', ['must-be-first unsafe']],
    ['await sleep(500);', ['order unsafe']],
    ['await new Promise((resolve) => setTimeout(resolve, 500));', ['order unsafe']],
  ])('%s', (lines, expected) => {
    expect(inMain(lines)).toEqual(expected);
  });

  it('are looked for in what an import stands for', () => {
    const source = server(
      'await sdk.start();',
      "import { NodeSDK } from '@opentelemetry/sdk-node';\nconst sdk = new NodeSDK();\n",
    );
    expect(hazards(source)).toEqual(['must-be-first unsafe']);
  });
});

describe('flags', () => {
  it('further down say that the step is done', () => {
    expect(inMain('await warmCache();\nawait poll();\nstate.cacheReady = true;')).toEqual(['readiness-flag unsafe']);
  });

  it('of something else do not', () => {
    expect(inMain('await warmCache();\napp.use(cors());\nstate.routesReady = true;')).toEqual([]);
  });
});

describe('captured variables', () => {
  it.each([
    ['reassigned below', 'let region = "eu";\nawait warm(region);\nregion = "us";', ['captured-variable unsafe']],
    ['reassigned above', 'let region = "eu";\nregion = "us";\nawait warm(region);', []],
    ['of a parameter', 'await warm(options);', []],
    ['read in a callback', 'let ending = false;\nawait poll(() => ending);\nending = true;', []],
    [
      'counted in a loop',
      'let n = 0;\nfor (const bot of bots) {\n  void bot.launch(n);\n  n++;\n}',
      ['captured-variable unsafe'],
    ],
    ['of each turn', 'for (let i = 0; i < 3; i++) void launch(i);', []],
    ['shared by all turns', 'for (var bot of bots) void bot.launch();', ['captured-variable unsafe']],
    ['destructured again', 'let a = 1;\nvoid warm(a);\n[a] = list;', ['captured-variable unsafe']],
  ])('%s', (_, lines, expected) => {
    expect(inMain(lines)).toEqual(expected);
  });
});

describe('what a condition has shown of a property', () => {
  const holder = 'class Server {\n  cache?: Cache;\n  readonly name: string = "é";\n  async main() {\n';

  it.each([
    ['the property of an if', 'if (this.cache) await this.cache.warm();', ['captured-variable unsafe']],
    ['the property behind a guard', 'if (!this.cache) return;\nawait this.cache.warm();', ['captured-variable unsafe']],
    [
      'a variable of the environment',
      'if (process.env.URL) await load(process.env.URL);',
      ['captured-variable unsafe'],
    ],
    ['an optional chain', 'if (this.cache) await this.cache?.warm();', []],
    ['a property that is always there', 'if (this.name) await load(this.name);', []],
    ['another property', 'if (this.cache) await load(this.name);', []],
  ])('%s', (_, lines, expected) => {
    expect(hazards(`${holder}${lines}\n    app.listen(1);\n  }\n}\n`)).toEqual(expected);
    expect(
      hazards(`${holder.replace('?: Cache', '')}${lines}\n    app.listen(1);\n  }\n}\n`, { path: 'main.js' }),
    ).toEqual([]);
  });
});
