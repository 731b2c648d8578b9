import { describe, expect, it } from 'vitest';
import type { StateEffect } from '../../src/core/index.ts';
import { readCallee } from './callee-of.ts';

describe('state that a callee fills', () => {
  it.each([
    [
      'a variable of the module',
      'let pool;\nasync function start() {\n  pool = await connect();\n}',
      ['src/main.pool'],
    ],
    [
      'a map of the module',
      'const cache = new Map();\nasync function start() {\n  cache.set("é", await load());\n}',
      ['src/main.cache'],
    ],
    [
      'an object of the module',
      'const cache = {};\nasync function start() {\n  cache[key] = await load();\n}',
      ['src/main.cache'],
    ],
    [
      'a property of such an object',
      'const state = { pool: null };\nasync function start() {\n  state.pool = await connect();\n}',
      ['src/main.state.pool'],
    ],
    [
      'a list of the module',
      'const names = [];\nasync function start() {\n  names.push(await load());\n}',
      ['src/main.names'],
    ],
    [
      'several at once',
      'let a, b;\nasync function start() {\n  ({ a, b } = await load());\n  [a] = await load();\n}',
      ['src/main.a', 'src/main.b'],
    ],
    [
      'a field',
      'class Store {\n  async load() {\n    this.index = await read();\n  }\n}\nconst store = new Store();\nconst start = store.load;',
      ['Store.index'],
    ],
    [
      'a private field',
      'class Store {\n  #index;\n  async load() {\n    this.#index = await read();\n  }\n}\nconst store = new Store();\nconst start = store.load;',
      ['Store.#index'],
    ],
    [
      'a static field',
      'class Store {\n  static async load() {\n    Store.index = await read();\n  }\n}\nconst start = Store.load;',
      ['Store.index'],
    ],
    [
      'what is assigned once',
      'class Store {\n  async load() {\n    this.index ??= await read();\n  }\n}\nconst store = new Store();\nconst start = store.load;',
      ['Store.index'],
    ],
    [
      'in a callback that is called where it stands',
      'let pool;\nasync function start() {\n  await connect().then((it) => {\n    pool = it;\n  });\n}',
      ['src/main.pool'],
    ],
    [
      'in a callee',
      'class Store {\n  fill() {\n    this.index = {};\n  }\n}\nconst store = new Store();\nasync function start() {\n  store.fill();\n}',
      ['Store.index'],
    ],
    [
      'an object with methods',
      'export const cache = {\n  data: null,\n  async load() {\n    this.data = await read();\n  },\n};\nconst start = () => cache.load();',
      ['src/main.cache.data'],
    ],
    ['the locals of an app', 'async function start() {\n  app.locals.pool = await connect();\n}', ['app.locals.pool']],
    ['a global', 'async function start() {\n  globalThis.pool = await connect();\n}', ['globalThis.pool']],
    ['a decorated app', 'async function start() {\n  fastify.decorate("pool", await connect());\n}', ['app.pool']],
    ['a context that is handed on', 'async function start(ctx) {\n  ctx.pool = await connect();\n}', ['app.pool']],
    ['exports of CommonJS', 'async function start() {\n  exports.pool = await connect();\n}', ['src/main.pool']],
  ])('%s', (_, code, targets) => {
    expect(readCallee(code).body?.effects.map(({ target }) => target)).toEqual(targets);
  });

  it.each([
    [
      'a local variable',
      'async function start() {\n  let pool = await connect();\n  pool = wrap(pool);\n  const names = [];\n  names.push(pool);\n}',
    ],
    [
      'an object of its own',
      'class Store {\n  fill() {\n    this.index = {};\n  }\n}\nasync function start() {\n  const store = new Store();\n  store.fill();\n  store.name = "é";\n}',
    ],
    ['what a timer fills', 'let pool;\nfunction start() {\n  setInterval(() => {\n    pool = 1;\n  }, 5);\n}'],
    [
      'a key of a store elsewhere',
      "import { createClient } from 'redis';\nconst redis = createClient();\nasync function start() {\n  await redis.set('é', 1);\n  queue.add('mail');\n}",
    ],
    [
      'what a getter keeps for itself',
      'const cache = new Map();\nfunction folderOf(name) {\n  if (cache.has(name)) return cache.get(name);\n  cache.set(name, "é/" + name);\n  return cache.get(name);\n}\nasync function start() {\n  await read(folderOf("a"));\n}',
    ],
    ['a parameter', 'async function start(options) {\n  options = { ...options };\n}'],
  ])('but not %s', (_, code) => {
    expect(readCallee(code).body?.effects).toEqual([]);
  });
});

it('state that it reads is named like what others fill', () => {
  const files = {
    'src/db.ts':
      'export let pool;\nexport const limits = { size: 5 };\nexport async function connect() {\n  pool = await open();\n}\n',
  };
  const code =
    "import { pool, limits } from './db';\nclass Store {\n  async load() {\n    await pool.query(limits.size, this.region, app.locals.cache);\n  }\n}\nconst store = new Store();\nconst start = store.load;";
  expect(readCallee(code, files).body?.reads).toEqual(
    expect.arrayContaining(['src/db.pool', 'src/db.limits.size', 'Store.region', 'app.locals.cache']),
  );
});

describe('readers of that state', () => {
  const store = [
    'export class Store {',
    '  index = null;',
    '  isReady = false;',
    '  entries = new Map();',
    '  async load() {',
    '    this.index = await read();',
    '  }',
    '}',
    'export const store = new Store();',
    'const start = store.load;',
  ].join('\n');

  it.each([
    ['uses it as it is', 'return store.index.search(query);', undefined],
    ['checks for it', 'if (!store.index) return [];\n  return store.index.search(query);', 'a check'],
    ['checks a flag', 'if (!store.isReady) return [];\n  return store.index.search(query);', 'checked with isReady'],
    [
      'fails without it',
      'if (!store.index) throw new Error("not ready");\n  return store.index.search(query);',
      undefined,
    ],
    ['answers 503', 'if (!store.index) return res.status(503).end();\n  return store.index.search(query);', undefined],
    ['asserts it', 'assert(store.index);\n  return store.index.search(query);', undefined],
    ['catches it', 'try {\n    return store.index.search(query);\n  } catch {\n    return [];\n  }', 'a try around it'],
    [
      'turns it into an error',
      'try {\n    return store.index.search(query);\n  } catch (error) {\n    next(error);\n  }',
      undefined,
    ],
    ['makes it first', 'await store.ensureLoaded();\n  return store.index.search(query);', 'made when it is absent'],
    ['waits for it', 'await store.ready;\n  return store.index.search(query);', 'waits until it is there'],
    ['asks with a chain', 'return store.index?.search(query);', 'an optional chain'],
    ['has a default', 'return store.index ?? [];', 'a default'],
    ['prefers it', 'return store.index && store.index.search(query);', 'a check'],
    ['chooses', 'return store.index ? store.index.search(query) : [];', 'a check'],
    [
      'keeps it and checks',
      'const { index } = store;\n  if (!index) return [];\n  return index.search(query);',
      'a check',
    ],
    ['keeps it and does not', 'const index = store.index;\n  return index.search(query);', undefined],
  ])('a handler %s', (_, code, how) => {
    const routes = `import { store } from './main';\nexport async function search(query) {\n  ${code}\n}\nrouter.get('/é', search);\n`;
    const [effect] = effectsOf(store, { 'src/routes.ts': routes });
    expect(effect?.readers.map(({ at, copes, how: way }) => [at.path, copes, way])).toEqual([
      ['src/routes.ts', how !== undefined, how],
    ]);
  });

  it('in handlers that are written in place', () => {
    const routes =
      "import { store } from './main';\napp.get('/é', async (req, res) => {\n  res.json(store.index.search(req.query));\n});\n";
    expect(effectsOf(store, { 'src/routes.ts': routes })[0]?.readers).toEqual([
      { at: { path: 'src/routes.ts', line: 3 }, copes: false },
    ]);
  });

  it('in handlers that the hook itself registers', () => {
    const code =
      "let model;\nasync function start() {\n  model = await load();\n  app.get('/é', (req, res) => res.json(model.predict(req.body)));\n  socket.on('open', () => model.warm());\n}";
    expect(effectsOf(code)[0]?.readers).toEqual([{ at: { path: 'src/main.ts', line: 4 }, copes: false }]);
  });

  it('that get it injected', () => {
    const service =
      '@Injectable()\nexport class GeoService {\n  private reader;\n  async onModuleInit() {\n    this.reader = await open();\n  }\n  find(address: string) {\n    return this.reader.get(address);\n  }\n}\n';
    const controller =
      "import { GeoService } from './geo.service';\n@Controller()\nexport class GeoController {\n  constructor(private readonly geo: GeoService) {}\n  @Get(':address')\n  find(@Param('address') address: string) {\n    return this.geo.find(address);\n  }\n}\n";
    const main =
      "import { GeoService } from './geo.service';\nconst geo = new GeoService();\nconst start = () => geo.onModuleInit();";
    const files = { 'src/geo.service.ts': service, 'src/geo.controller.ts': controller };
    expect(effectsOf(main, files)).toMatchObject([
      { target: 'GeoService.reader', readers: [{ at: { path: 'src/geo.service.ts', line: 8 }, copes: false }] },
    ]);
  });

  it('that make it when it is absent cope', () => {
    const code =
      'let pool;\nasync function start() {\n  pool = await connect();\n}\nasync function getPool() {\n  if (!pool) pool = await connect();\n  return pool;\n}\napp.get("/", async () => (await getPool()).query("é"));';
    expect(effectsOf(code)[0]?.readers).toMatchObject([{ copes: true, how: 'a lazy getter' }]);
  });

  it('that keep the promise of it cope', () => {
    const code =
      'let pool;\nasync function start() {\n  pool ??= connect();\n  await pool;\n}\nfunction getPool() {\n  return (pool ??= connect());\n}\napp.get("/", async () => (await getPool()).query("é"));';
    expect(effectsOf(code)[0]?.readers).toMatchObject([{ copes: true, how: 'a lazy getter' }]);
  });

  it('behind a plain getter are as good as those that call it', () => {
    const code =
      'let pool;\nasync function start() {\n  pool = await connect();\n}\nexport function getPool() {\n  return pool;\n}';
    const strict = "import { getPool } from './main';\napp.get('/é', async () => getPool().query());\n";
    const lenient = strict.replace('getPool()', 'getPool()?');
    expect(effectsOf(code, { 'src/routes.ts': strict })[0]?.readers).toMatchObject([{ copes: false }]);
    expect(effectsOf(code, { 'src/routes.ts': lenient.replace('?.', '?.') })[0]?.readers).toMatchObject([
      { copes: true, how: 'an optional chain' },
    ]);
  });

  it('that look an entry up cope where the collection is there from the start', () => {
    const code =
      'const cache = new Map();\nasync function start() {\n  cache.set("é", await load());\n}\napp.get("/", async (req) => {\n  const hit = cache.get(req.url);\n  return hit ?? load();\n});';
    expect(effectsOf(code)[0]?.readers).toMatchObject([{ copes: true, how: 'looked up with get' }]);
    expect(
      effectsOf(code.replace('const cache = new Map()', 'let cache').replace('cache.set("é", ', 'cache = ('))[0]
        ?.readers,
    ).toMatchObject([{ copes: false }]);
  });

  it('by the bare name of a global', () => {
    const code = 'async function start() {\n  global.sockets = await open();\n}';
    const routes = "app.get('/é', (req, res) => res.json(sockets.size));\n";
    expect(effectsOf(code, { 'src/routes.js': routes })).toMatchObject([
      { target: 'globalThis.sockets', readers: [{ at: { path: 'src/routes.js', line: 1 }, copes: false }] },
    ]);
  });

  it('across CommonJS modules', () => {
    const db =
      'const state = { pool: null };\nasync function connect() {\n  state.pool = await open();\n}\nmodule.exports = { state, connect };\n';
    const routes =
      "const { state } = require('./db');\nmodule.exports = (router) => {\n  router.get('/é', (req, res) => res.json(state.pool.size));\n};\n";
    const main = "const { connect } = require('./db');\nconst start = () => connect();";
    expect(readCallee(main, { 'src/db.js': db, 'src/routes.js': routes }, 'src/main.js').body?.effects).toMatchObject([
      { target: 'src/db.state.pool', readers: [{ at: { path: 'src/routes.js', line: 3 }, copes: false }] },
    ]);
  });

  it('in methods of a prototype', () => {
    const load = 'async function load() {\n  this.answers = await read();\n}\nmodule.exports = { load };\n';
    const find = 'function find(query) {\n  return this.answers.search(query);\n}\nmodule.exports = { find };\n';
    const brain =
      "const { load } = require('./brain.load');\nconst { find } = require('./brain.find');\nfunction Brain() {}\nBrain.prototype.load = load;\nBrain.prototype.find = find;\nmodule.exports = Brain;\n";
    const main = "const { load: start } = require('./brain/brain.load');";
    const routes = "app.get('/é', (req, res) => res.json(brain.find(req.query)));\n";
    const files = {
      'src/brain/brain.load.js': load,
      'src/brain/brain.find.js': find,
      'src/brain/index.js': brain,
      'src/routes.js': routes,
    };
    expect(readCallee(main, files, 'src/main.js').body?.effects).toMatchObject([
      {
        target: 'src/brain.this.answers',
        readers: [{ at: { path: 'src/brain/brain.find.js', line: 2 }, copes: false }],
      },
    ]);
  });

  it.each([
    ['a guard that an interface asks for', 'implements CanActivate', 1],
    ['a service with a hook only', 'implements OnModuleInit', 0],
  ])('in a method that nobody calls: %s', (_, heritage, readers) => {
    const code = `class Keys ${heritage} {\n  async onModuleInit() {\n    this.jwks = await load();\n  }\n  canActivate(token: string) {\n    return this.jwks.verify(token);\n  }\n}\nconst keys = new Keys();\nconst start = keys.onModuleInit;`;
    expect(effectsOf(code)[0]?.readers).toHaveLength(readers);
  });

  it.each([
    ['in tests', { 'src/store.test.ts': "import { store } from './main';\nit('é', () => store.index.size);\n" }],
    [
      'in shutdown',
      {
        'src/stop.ts':
          "import { store } from './main';\nexport async function gracefulShutdown() {\n  await store.index.close();\n}\n",
      },
    ],
    [
      'in what nobody calls',
      { 'src/unused.ts': "import { store } from './main';\nexport function size() {\n  return store.index.size;\n}\n" },
    ],
    [
      'of another class',
      {
        'src/other.ts':
          "class Catalogue {\n  index = {};\n  find() {\n    return this.index.é;\n  }\n}\nconst catalogue = new Catalogue();\napp.get('/', () => catalogue.find());\n",
      },
    ],
  ])('%s do not count', (_, files) => {
    expect(effectsOf(store, files)[0]?.readers).toEqual([]);
  });
});

function effectsOf(code: string, files: Readonly<Record<string, string>> = {}): readonly StateEffect[] {
  return readCallee(code, files).body?.effects ?? [];
}
