import { beforeAll, describe, expect, it } from 'vitest';
import type { CalleeBody, StateEffect } from '../../src/core/index.ts';
import { createModules } from '../../src/languages/python/modules/modules.ts';
import { loadPython } from '../../src/languages/python/tree/parse.ts';
import { memoryProject } from '../memory-project.ts';

beforeAll(loadPython);

describe('what a body does', () => {
  it('is read with its callees', () => {
    const body = read(
      [
        'import logging',
        'from sqlalchemy import create_engine',
        'logger = logging.getLogger(__name__)',
        'class Store:',
        '    """Keeps the catalogue."""',
        '    async def _load(self, db):',
        '        await db.execute("SELECT id FROM items")',
        '    async def load(self):',
        '        # Fills the catalogue — once.',
        '        logger.info("Loading %s", "catalogue")',
        '        await self._load(create_engine("sqlite://"))',
        'start = Store().load',
      ].join('\n'),
    );
    expect(body).toMatchObject({
      at: { path: 'app/main.py', line: 8 },
      name: 'Store.load',
      docstring: 'Keeps the catalogue.',
      isAsync: true,
      queries: ['SELECT id FROM items'],
      remarks: ['Loading %s', 'Fills the catalogue — once.'],
      isTrivial: false,
      calls: ['main.Store._load', 'sqlalchemy.create_engine', 'db.execute'],
    });
  });

  it('runs the method that a subclass overrides', () => {
    const body = read(
      'class Base:\n    async def load(self):\n        await self.fetch()\n    async def fetch(self): ...\nclass Store(Base):\n    async def fetch(self):\n        await redis.get("é")\nstart = Store().load\n',
    );
    expect(body?.calls).toEqual(['main.Store.fetch', 'redis.get']);
  });

  it.each([
    ['nothing', 'async def start():\n    """Später."""\n    pass\n', true],
    ['a log line', 'async def start():\n    logger.info("ready")\n', true],
    ['a call', 'async def start():\n    connect()\n', false],
    ['an await', 'async def start():\n    await connect()\n', false],
  ])('is trivial or not: %s', (_, code, expected) => {
    expect(read(code)?.isTrivial).toBe(expected);
  });

  it.each([
    [
      'caught and logged',
      'try:\n        await warm()\n    except Exception as error:\n        logger.warning(error)',
      true,
    ],
    ['caught, then work', 'try:\n        await warm()\n    except Exception:\n        pass\n    await load()', false],
    ['raised again', 'try:\n        await warm()\n    except Exception:\n        raise', false],
    ['a fallback', 'try:\n        await warm()\n    except Exception:\n        use_mocks()', false],
    ['a narrow handler', 'try:\n        await warm()\n    except OSError:\n        pass', false],
    ['nothing is caught', 'await warm()', false],
  ])('survives its failure or not: %s', (_, code, expected) => {
    expect(read(`async def start():\n    ${code}\n`)?.survivesFailure).toBe(expected);
  });

  it.each([
    ['raises', 'if not settings.key:\n        raise RuntimeError("no key")', true],
    ['exits', 'if not settings.key:\n        sys.exit(1)', true],
    ['raises what it catches', 'try:\n        raise ValueError\n    except Exception:\n        pass', false],
    ['passes cancellation on', 'try:\n        await warm()\n    except asyncio.CancelledError:\n        raise', false],
  ])('ends the process or not: %s', (_, code, expected) => {
    expect(read(`async def start():\n    ${code}\n`)?.exitsOnFailure).toBe(expected);
  });
});

describe('clean-up', () => {
  it.each([
    [
      'rows by age',
      'async def start(days_old=7):\n    await db.execute("DELETE FROM tasks WHERE created_at < ?", days_old)\n',
      'by age',
    ],
    [
      'files by age, in a callee',
      'async def start():\n    cutoff = time.time() - 3600\n    remove_old(cutoff)\ndef remove_old(cutoff):\n    for path in folder.glob("*"):\n        path.unlink()\n',
      'by age',
    ],
    ['all files', 'async def clear_uploads():\n    shutil.rmtree("uploads")\nstart = clear_uploads\n', 'resets'],
    [
      'all rows',
      'async def clear_sessions():\n    await db.execute("DELETE FROM sessions")\nstart = clear_sessions\n',
      'resets',
    ],
    [
      'running rows',
      "async def start():\n    await db.execute(\"UPDATE jobs SET status = 'failed' WHERE status = 'running'\")\n",
      'resets',
    ],
    [
      'what is left over',
      'async def recover_orphaned_runs():\n    await repository.rollback()\nstart = recover_orphaned_runs\n',
      'resets',
    ],
    ['temporary keys of a dictionary', 'async def start():\n    cache.pop("é", None)\n', 'neither'],
    ['status of its own', 'async def start(self):\n    self.status = "running"\n    await connect()\n', 'neither'],
    ['connects', 'async def start():\n    await db.connect()\n', 'neither'],
  ])('%s', (_, code, expected) => {
    const body = read(code);
    const seen = body?.resetsSharedState ? 'resets' : body?.deletesByAge ? 'by age' : 'neither';
    expect(seen).toBe(expected);
  });
});

describe('state that a callee fills', () => {
  it.each([
    ['a module global', 'pool = None\nasync def start():\n    global pool\n    pool = await connect()\n', 'main.pool'],
    ['a container of the module', 'cache = {}\nasync def start():\n    cache["é"] = await load()\n', 'main.cache'],
    ['a list of the module', 'names = []\nasync def start():\n    names.append(await load())\n', 'main.names'],
    [
      'an attribute of an object',
      'class Store:\n    async def load(self):\n        self.index = await read()\nstart = Store().load\n',
      'Store.index',
    ],
    [
      'a class attribute',
      'class Store:\n    @classmethod\n    async def load(cls):\n        cls.index = await read()\nstart = Store.load\n',
      'Store.index',
    ],
    ['the state of an app', 'async def start(app):\n    app.state.pool = await connect()\n', 'app.state.pool'],
    [
      'in a callee',
      'class Store:\n    def fill(self):\n        self.index = {}\nstore = Store()\nasync def start():\n    store.fill()\n',
      'Store.index',
    ],
  ])('%s', (_, code, target) => {
    expect(read(code)?.effects.map((effect) => effect.target)).toEqual([target]);
  });

  it.each([
    ['a local name', 'async def start():\n    pool = await connect()\n    names = []\n    names.append(pool)\n'],
    [
      'an object of its own',
      'class Store:\n    def fill(self):\n        self.index = {}\nasync def start():\n    store = Store()\n    store.fill()\n',
    ],
    [
      'what a task of its own fills',
      'cache = {}\nasync def loop():\n    cache["é"] = 1\nasync def start():\n    asyncio.create_task(loop())\n',
    ],
  ])('but not %s', (_, code) => {
    expect(read(code)?.effects).toEqual([]);
  });
});

describe('readers of that state', () => {
  const store = [
    'class Store:',
    '    def __init__(self):',
    '        self.index = None',
    '        self.is_ready = False',
    '    async def load(self):',
    '        self.index = await read()',
    'store = Store()',
    'start = store.load',
    '',
  ].join('\n');

  it.each([
    ['uses it as it is', 'return store.index.search(query)', undefined],
    [
      'checks for None',
      'if store.index is None:\n        return []\n    return store.index.search(query)',
      'a None check',
    ],
    [
      'checks a flag',
      'if not store.is_ready:\n        return []\n    return store.index.search(query)',
      'checked with is_ready',
    ],
    [
      'fails on None',
      'if store.index is None:\n        raise RuntimeError("not ready")\n    return store.index.search(query)',
      undefined,
    ],
    [
      'answers 503',
      'if store.index is None:\n        raise HTTPException(503)\n    return store.index.search(query)',
      undefined,
    ],
    [
      'catches it',
      'try:\n        return store.index.search(query)\n    except Exception:\n        return []',
      'a try around it',
    ],
    [
      'turns it into an error',
      'try:\n        return store.index.search(query)\n    except Exception as error:\n        raise HTTPException(500)',
      undefined,
    ],
    ['makes it first', 'await store.ensure_loaded()\n    return store.index.search(query)', 'made when it is absent'],
    ['prefers it', 'return store.index and store.index.search(query)', 'a None check'],
  ])('a handler %s', (_, code, how) => {
    const routes = `from app.main import store\n@router.get("/search")\nasync def search(query):\n    ${code}\n`;
    const [effect] = effectsOf({ 'app/main.py': store, 'app/routes.py': routes });
    expect(effect?.readers.map((reader) => [reader.at.path, reader.copes, reader.how])).toEqual([
      ['app/routes.py', how !== undefined, how],
    ]);
  });

  it('reached through a lazy getter are said to be so', () => {
    const main = `${store}_lazy = None\ndef get_store() -> Store:\n    global _lazy\n    if _lazy is None:\n        _lazy = Store()\n    return _lazy\n`;
    const routes =
      'from app.main import get_store\n@router.get("/search")\nasync def search(query):\n    held = get_store()\n    if not held.is_ready:\n        return []\n    return held.index.search(query)\n';
    const [effect] = effectsOf({ 'app/main.py': main, 'app/routes.py': routes });
    expect(effect?.readers).toEqual([
      {
        at: { path: 'app/routes.py', line: 7 },
        copes: true,
        how: 'reached through a lazy getter and checked with is_ready',
      },
    ]);
  });

  it('that a lazy getter makes cope', () => {
    const main =
      'pool = None\nasync def start():\n    global pool\n    pool = await connect()\nasync def get_pool():\n    global pool\n    if pool is None:\n        pool = await connect()\n    return pool\n@router.get("/")\nasync def index():\n    return await (await get_pool()).fetch("é")\n';
    const [effect] = effectsOf({ 'app/main.py': main });
    expect(effect?.readers).toMatchObject([{ copes: true, how: 'a lazy getter' }]);
  });

  it('behind a plain getter do not cope', () => {
    const main =
      'pool = None\nasync def start():\n    global pool\n    pool = await connect()\ndef get_pool():\n    return pool\n';
    const routes =
      'from .main import get_pool\n@router.get("/")\nasync def index():\n    return await get_pool().fetch("é")\n';
    const [effect] = effectsOf({ 'app/main.py': main, 'app/routes.py': routes });
    expect(effect?.readers).toMatchObject([{ at: { path: 'app/main.py', line: 6 }, copes: false }]);
  });

  it('that pass an entry on are as good as their callers', () => {
    const main =
      'services = {}\nasync def start():\n    services["mail"] = await connect()\ndef get_mail():\n    return services.get("mail")\n';
    const strict =
      'from .main import get_mail\n@router.post("/")\nasync def send(mail=Depends(get_mail)):\n    await mail.send("é")\n';
    const lenient = strict.replace('    await', '    if mail is None:\n        return\n    await');
    expect(effectsOf({ 'app/main.py': main, 'app/routes.py': strict })[0]?.readers).toMatchObject([{ copes: false }]);
    expect(effectsOf({ 'app/main.py': main, 'app/routes.py': lenient })[0]?.readers).toMatchObject([{ copes: true }]);
  });

  it('in tests, in stop and in what nobody calls do not count', () => {
    const main = `${store.replace('store = Store()', '    async def stop(self):\n        await self.index.close()\n    def unused(self):\n        return self.index.size\nstore = Store()')}`;
    const tests = 'from app.main import store\ndef test_index():\n    assert store.index.size\n';
    const [effect] = effectsOf({ 'app/main.py': main, 'tests/test_store.py': tests });
    expect(effect?.readers).toEqual([]);
  });

  it('of other objects with the same attribute do not count', () => {
    const other =
      'class Catalogue:\n    def __init__(self):\n        self.index = {}\n    def find(self):\n        return self.index["é"]\ncatalogue = Catalogue()\n@router.get("/")\ndef read_it():\n    return catalogue.find()\n';
    const [effect] = effectsOf({ 'app/main.py': store, 'app/catalogue.py': other });
    expect(effect?.readers).toEqual([]);
  });
});

function read(code: string): CalleeBody | undefined {
  return readProject({ 'app/main.py': code });
}

function effectsOf(files: Readonly<Record<string, string>>): readonly StateEffect[] {
  return readProject(files)?.effects ?? [];
}

/** The body behind `start` of app/main.py. */
function readProject(files: Readonly<Record<string, string>>): CalleeBody | undefined {
  const main = `${files['app/main.py']}\nasync def lifespan(app):\n    await start()\n    yield\n`;
  const modules = createModules(memoryProject({ ...files, 'app/main.py': main }));
  try {
    const module = modules.at('app/main.py');
    const callee = module?.root.descendantsOfType('call').at(-1)?.childForFieldName('function');
    const definition = module && callee ? modules.resolve(callee, module) : undefined;
    return definition && modules.calleeBody(definition);
  } finally {
    modules.dispose();
  }
}
