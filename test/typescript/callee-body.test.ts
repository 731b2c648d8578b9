import { describe, expect, it } from 'vitest';
import { readCallee } from './callee-of.ts';

const read = (code: string, files?: Readonly<Record<string, string>>) => readCallee(code, files).body;

describe('what a body does', () => {
  it('is read with its callees', () => {
    const body = read(
      [
        "import { createPool } from 'mysql2/promise';",
        '/** Keeps the catalogue.',
        ' * @example store.load()',
        ' */',
        'class Store {',
        '  async load() {',
        '    // Fills the catalogue — once.',
        "    logger.info('Loading catalogue');",
        '    await this.fetch(createPool(url));',
        '  }',
        '  private async fetch(db) {',
        '    return db.query(`SELECT id FROM items`);',
        '  }',
        '}',
        'const store = new Store();',
        'const start = store.load;',
      ].join('\n'),
    );
    expect(body).toMatchObject({
      at: { path: 'src/main.ts', line: 6 },
      name: 'Store.load',
      docstring: 'Keeps the catalogue.',
      isAsync: true,
      queries: ['SELECT id FROM items'],
      remarks: ['Loading catalogue', 'Fills the catalogue — once.'],
      isTrivial: false,
      calls: ['src/main.Store.fetch', 'mysql2/promise.createPool', 'db.query'],
    });
  });

  it('runs callbacks that are called where they stand, and not handlers', () => {
    const body = read(
      [
        'async function start() {',
        '  await Promise.all(regions.map((region) => warm(region)));',
        '  await load().then(({ items }) => index(items));',
        '  await db.transaction(async (tx) => tx.migrate());',
        '  setInterval(() => purge(), 1000);',
        "  emitter.on('é', () => refresh());",
        "  app.get('/', (request, reply) => answer(reply));",
        '}',
      ].join('\n'),
    );
    expect(body?.calls).toEqual([
      'warm',
      'load',
      'index',
      'db.transaction',
      'tx.migrate',
      'setInterval',
      'emitter.on',
      'app.get',
    ]);
  });

  it('follows functions that are handed over by name', () => {
    const body = read(
      'async function warm(region) {\n  await redis.ping(region);\n}\nasync function start() {\n  await Promise.all(regions.map(warm));\n}',
    );
    expect(body?.calls).toEqual(['src/main.warm', 'redis.ping']);
  });

  it('runs the method that a subclass overrides', () => {
    const body = read(
      'abstract class Base {\n  async load() {\n    await this.fetch();\n  }\n  abstract fetch(): Promise<void>;\n}\nclass Store extends Base {\n  async fetch() {\n    await redis.get("é");\n  }\n}\nconst store = new Store();\nconst start = async () => {\n  await store.load();\n};',
    );
    expect(body?.calls).toEqual(['src/main.Base.load', 'src/main.Store.fetch', 'redis.get']);
  });

  it('names an app as it is written too', () => {
    const body = read(
      "import type { FastifyInstance } from 'fastify';\nasync function start(app: FastifyInstance) {\n  app.decorate('pool', await connect());\n  await app.register(routes);\n}",
    );
    expect(body?.calls).toEqual(expect.arrayContaining(['app.decorate', 'app.register', 'connect']));
  });

  it.each([
    ['// Wärmt den Cache.\nasync function start() {}', 'Wärmt den Cache.'],
    ['/**\n * Warms the cache.\n *\n * At night.\n */\nexport const start = async () => {};', 'Warms the cache.'],
    ['// eslint-disable-next-line no-console\nasync function start() {}', undefined],
    ['// What follows is about users.\n\nasync function start() {}', undefined],
  ])('is documented by the comment above it: %s', (code, expected) => {
    expect(read(code)?.docstring).toBe(expected);
  });

  it('names what an object mapper changes', () => {
    const body = read(
      'async function start() {\n  await prisma.session.deleteMany({\n    where: { expiresAt: { lt: new Date() } },\n  });\n  await db.delete(jobs).where(eq(jobs.state, "é"));\n}',
    );
    expect(body?.queries).toEqual([
      'prisma.session.deleteMany({ where: { expiresAt: { lt: new Date() } }, })',
      'db.delete(jobs).where(eq(jobs.state, "é"))',
    ]);
  });

  it.each([
    ['nothing', '', true],
    ['a log line', 'logger.info("prêt");', true],
    ['an assignment', 'this.state = new Map();', true],
    ['a call', 'connect();', false],
    ['an await', 'await ready;', false],
    ['a timer', 'setInterval(poll, 1000);', false],
    ['a route', 'app.get("/", index);', false],
  ])('is trivial or not: %s', (_, code, expected) => {
    expect(read(`async function start() {\n  ${code}\n}`)?.isTrivial).toBe(expected);
  });

  it.each([
    ['caught and logged', 'try {\n    await warm();\n  } catch (error) {\n    logger.warn(error);\n  }', true],
    ['caught where it is called', 'await warm().catch((error) => console.error(error));', true],
    ['caught, then work', 'try {\n    await warm();\n  } catch {}\n  await load();', false],
    [
      'thrown again',
      'try {\n    await warm();\n  } catch (error) {\n    logger.error(error);\n    throw error;\n  }',
      false,
    ],
    ['a fallback', 'try {\n    await warm();\n  } catch {\n    useMocks();\n  }', false],
    [
      'an exit',
      'try {\n    await warm();\n  } catch (error) {\n    console.error(error);\n    process.exit(1);\n  }',
      false,
    ],
    ['only tidied up', 'try {\n    await warm();\n  } finally {\n    logger.info("fin");\n  }', false],
    ['nothing is caught', 'await warm();', false],
  ])('survives its failure or not: %s', (_, code, expected) => {
    expect(read(`async function start() {\n  ${code}\n}`)?.survivesFailure).toBe(expected);
  });

  it.each([
    ['throws', 'if (!config.key) throw new Error("no key");', true],
    ['exits', 'if (!config.key) process.exit(1);', true],
    ['throws again', 'try {\n    await warm();\n  } catch (error) {\n    throw error;\n  }', true],
    ['catches what it throws', 'try {\n    throw new Error("é");\n  } catch {}', false],
    ['throws in a handler', 'events.on("é", () => {\n    throw new Error("é");\n  });', false],
    ['does neither', 'await warm();', false],
  ])('ends the process or not: %s', (_, code, expected) => {
    expect(read(`async function start() {\n  ${code}\n}`)?.exitsOnFailure).toBe(expected);
  });

  it.each([
    [
      'functions that call each other',
      'async function a() {\n  await b();\n}\nasync function b() {\n  await a();\n}\nasync function start() {\n  await a();\n}',
    ],
    [
      'overloads',
      'async function start(): Promise<void>;\nasync function start(region?: string): Promise<void> {\n  await warm();\n}',
    ],
    [
      'a getter',
      'class Store {\n  get warm() {\n    return async () => load();\n  }\n}\nconst start = async () => new Store().warm();',
    ],
    [
      'a class expression',
      'const Store = class {\n  async load() {\n    await read();\n  }\n};\nconst start = async () => new Store().load();',
    ],
    ['a computed member', 'const steps = { ["é"]: async () => {} };\nconst start = async () => steps["é"]();'],
  ])('is read of %s', (_, code) => {
    expect(read(code)).toMatchObject({ isAsync: true });
  });

  it('is read of components', () => {
    const page = 'export const Page = () => <p>é</p>;\nexport async function render() {\n  await draw(<Page />);\n}\n';
    expect(read("import { render } from './page';\nconst start = render;", { 'src/page.tsx': page })?.calls).toEqual([
      'draw',
    ]);
  });
});

describe('clean-up', () => {
  it.each([
    [
      'rows by age',
      'async function start() {\n  await prisma.token.deleteMany({ where: { expiresAt: { lt: new Date() } } });\n}',
      'by age',
    ],
    [
      'rows by age in SQL',
      'async function start(maxAgeDays = 7) {\n  await db.query("DELETE FROM tasks WHERE created_at < $1", [maxAgeDays]);\n}',
      'by age',
    ],
    [
      'files by age, in a callee',
      'async function start() {\n  await removeOld(Date.now() - 3_600_000);\n}\nasync function removeOld(cutoff) {\n  for (const file of files) if (file.mtimeMs < cutoff) await unlink(file.path);\n}',
      'by age',
    ],
    [
      'all files',
      "import { rm } from 'fs/promises';\nasync function start() {\n  await rm(uploads, { recursive: true });\n}",
      'resets',
    ],
    ['all documents', 'async function start() {\n  await Session.deleteMany({});\n}', 'resets'],
    ['all rows', 'async function start() {\n  await db.query("TRUNCATE TABLE sessions");\n}', 'resets'],
    ['all keys', 'async function start() {\n  await redis.flushall();\n}', 'resets'],
    [
      'running rows in SQL',
      "async function start() {\n  await db.query(`UPDATE jobs SET status = 'failed' WHERE status = 'running'`);\n}",
      'resets',
    ],
    [
      'running rows',
      "async function start() {\n  await prisma.job.updateMany({ where: { status: 'RUNNING' }, data: { status: 'FAILED' } });\n}",
      'resets',
    ],
    [
      'what is left over',
      'async function recoverOrphanedRuns() {\n  await runs.rollback();\n}\nconst start = recoverOrphanedRuns;',
      'resets',
    ],
    ['an entry of a map', 'async function start() {\n  cache.delete("é");\n}', 'neither'],
    [
      'its own status',
      'class Jobs {\n  async run() {\n    this.status = "running";\n    await connect();\n  }\n}\nconst jobs = new Jobs();\nconst start = jobs.run;',
      'neither',
    ],
    [
      'a timer that purges',
      'function start() {\n  setInterval(async () => {\n    await Session.deleteMany({});\n  }, 1000);\n}',
      'by age',
    ],
    ['what connects', 'async function start() {\n  await db.connect();\n}', 'neither'],
  ])('%s', (_, code, expected) => {
    const body = read(code);
    expect(body?.resetsSharedState ? 'resets' : body?.deletesByAge ? 'by age' : 'neither').toBe(expected);
  });
});
