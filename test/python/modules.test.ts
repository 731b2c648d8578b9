import { beforeAll, describe, expect, it } from 'vitest';
import type { Modules } from '../../src/languages/python/modules/definition.ts';
import { createModules } from '../../src/languages/python/modules/modules.ts';
import { loadPython, type Node } from '../../src/languages/python/tree/parse.ts';
import { memoryProject } from '../memory-project.ts';

beforeAll(loadPython);

describe('absolute imports', () => {
  it('are found from the root', () => {
    expect(
      meaning({
        'main.py': 'from core.db import init_db\nasync def startup():\n    await init_db()\n',
        'core/db.py': 'async def init_db(): ...\n',
      }),
    ).toBe('function core.db.init_db');
  });

  it('are found from the folder of the deployable', () => {
    expect(
      meaning({
        'backend/app/main.py': 'from app.core.db import init_db\nasync def startup():\n    await init_db()\n',
        'backend/app/core/db.py': 'async def init_db(): ...\n',
      }),
    ).toBe('function app.core.db.init_db');
  });

  it('are found below src/', () => {
    expect(
      meaning({
        'run.py': 'from café.db import init_db\nasync def startup():\n    await init_db()\n',
        'src/café/__init__.py': '',
        'src/café/db.py': 'async def init_db(): ...\n',
      }),
    ).toBe('function café.db.init_db');
  });

  it('are found in another package of the workspace', () => {
    expect(
      meaning({
        'services/api/main.py': 'from shared.db import init_db\nasync def startup():\n    await init_db()\n',
        'packages/shared/pyproject.toml': '',
        'packages/shared/src/shared/__init__.py': '',
        'packages/shared/src/shared/db.py': 'async def init_db(): ...\n',
      }),
    ).toBe('function shared.db.init_db');
  });

  it('of the standard library never mean a file of the project', () => {
    expect(
      meaning({
        'app/main.py': 'import logging\nasync def startup():\n    await logging.shutdown()\n',
        'app/logging.py': 'async def shutdown(): ...\n',
      }),
    ).toBe('external logging.shutdown');
  });

  it('never mean the importing file itself', () => {
    expect(meaning({ 'app/redis.py': 'import redis\nasync def startup():\n    await redis.ping()\n' })).toBe(
      'external redis.ping',
    );
  });

  it('never mean what lies in a package that the file is part of', () => {
    const files = {
      'bento/__init__.py': '',
      'bento/server/__init__.py': '',
      'bento/grpc/__init__.py': 'async def aio(): ...\n',
    };
    const startup = 'import grpc\nasync def startup():\n    await grpc.aio()\n';
    expect(meaning({ 'bento/server/api.py': `from ..grpc import aio\n${startup}`, ...files })).toBe(
      'external grpc.aio',
    );
    expect(meaning({ 'bento/server/api.py': startup, ...files })).toBe('function grpc.aio');
  });

  it('of folders without __init__.py are followed', () => {
    expect(
      meaning({
        'main.py': 'import core.storage.db\nasync def startup():\n    await core.storage.db.init_db()\n',
        'core/storage/db.py': 'async def init_db(): ...\n',
      }),
    ).toBe('function core.storage.db.init_db');
  });
});

describe('other imports', () => {
  const db = 'async def init_db(): ...\n';
  it.each([
    ['relative', { 'app/main.py': 'from .db import init_db', 'app/db.py': db }],
    ['relative to the package above', { 'app/api/main.py': 'from ..db import init_db', 'app/db.py': db }],
    ['aliased', { 'app/main.py': 'from .db import init_db as start\ninit_db = start', 'app/db.py': db }],
    [
      'in a try',
      { 'app/main.py': 'try:\n    from .db import init_db\nexcept ImportError:\n    init_db = None', 'app/db.py': db },
    ],
    ['starred', { 'app/main.py': 'from .db import *', 'app/db.py': db }],
    [
      'first that resolves',
      {
        'app/main.py': 'try:\n    from .fast import init_db\nexcept ImportError:\n    from .db import init_db',
        'app/db.py': db,
      },
    ],
    [
      're-exported',
      {
        'app/main.py': 'from .storage import init_db',
        'app/storage/__init__.py': 'from ..db import init_db',
        'app/db.py': db,
      },
    ],
  ])('%s', (_, files) => {
    const main = Object.entries(files).find(([path]) => path.endsWith('main.py'));
    const [path = '', text = ''] = main ?? [];
    const name = meaning({ ...files, [path]: `${text}\nasync def startup():\n    await init_db()\n` });
    expect(name).toBe('function app.db.init_db');
  });

  it('inside the function', () => {
    expect(
      meaning({
        'app/main.py': 'async def startup():\n    from app.db import init_db\n    await init_db()\n',
        'app/db.py': db,
      }),
    ).toBe('function app.db.init_db');
  });

  it('of a module under another name', () => {
    expect(
      meaning({
        'main.py': 'import core.db as database\nasync def startup():\n    await database.init_db()\n',
        'core/__init__.py': '',
        'core/db.py': db,
      }),
    ).toBe('function core.db.init_db');
  });

  it('of the outside give a dotted name', () => {
    expect(
      meaning({
        'main.py': 'from redis import asyncio as aioredis\nasync def startup():\n    await aioredis.Redis.ping()\n',
      }),
    ).toBe('external redis.asyncio.Redis.ping');
  });
});

describe('methods', () => {
  const store = 'class Store:\n    async def load(self): ...\n';
  it.each([
    ['of a module-level instance', 'store = Store()\nasync def startup():\n    await store.load()\n'],
    ['of a local instance', 'async def startup():\n    store = Store()\n    await store.load()\n'],
    ['of an annotated parameter', 'async def startup(store: Store):\n    await store.load()\n'],
    ['of an optional parameter', 'async def startup(store: "Store | None" = None):\n    await store.load()\n'],
    ['of what a factory is annotated with', 'def get() -> Store: ...\nasync def startup():\n    await get().load()\n'],
    [
      'of a lazy singleton',
      '_store = None\ndef get():\n    global _store\n    if _store is None:\n        _store = Store()\n    return _store\nasync def startup():\n    await get().load()\n',
    ],
    [
      'of an attribute that a constructor assigns',
      'class App:\n    def __init__(self):\n        self.store = Store()\n    async def startup(self):\n        await self.store.load()\n',
    ],
    [
      'of an attribute that takes a parameter',
      'class App:\n    def __init__(self, store: Store):\n        self._store = store\n    async def startup(self):\n        await self._store.load()\n',
    ],
    ['of a context manager', 'async def startup():\n    async with Store() as store:\n        await store.load()\n'],
    [
      'of app.state',
      'def build(app):\n    app.state.store = Store()\nasync def startup(app):\n    await app.state.store.load()\n',
    ],
    [
      'of a partial',
      'from functools import partial\nload = partial(Store().load)\nasync def startup():\n    await load()\n',
    ],
    [
      'of the members of a list',
      'stores: list[Store] = []\nasync def startup():\n    for store in stores:\n        await store.load()\n',
    ],
    [
      'of the values of a dictionary',
      'class App:\n    def __init__(self):\n        self.stores: dict[str, Store] = {}\n    async def startup(self):\n        for store in self.stores.values():\n            await store.load()\n',
    ],
    [
      'of a dependency',
      'from fastapi import Depends\ndef get() -> Store: ...\nasync def startup(store=Depends(get)):\n    await store.load()\n',
    ],
    [
      'of a property',
      'class App:\n    @property\n    def store(self) -> Store: ...\n    async def startup(self):\n        await self.store.load()\n',
    ],
  ])('%s', (_, code) => {
    expect(meaning({ 'main.py': `${store}${code}` })).toBe('function main.Store.load');
  });

  it('are inherited', () => {
    const code = `${store}class FastStore(Store):\n    ...\nstore = FastStore()\nasync def startup():\n    await store.load()\n`;
    expect(meaning({ 'main.py': code })).toBe('function main.FastStore.load');
  });

  it('of an outside base are outside', () => {
    const code =
      'from discord import Client\nclass Bot(Client): ...\nbot = Bot()\nasync def startup():\n    await bot.start("ü")\n';
    expect(meaning({ 'main.py': code })).toBe('external discord.Client.start');
  });

  it('are unknown on a parameter without annotation', () => {
    expect(meaning({ 'main.py': `${store}async def startup(store):\n    await store.load()\n` })).toBe('unknown');
  });

  it('of a class in a cycle of imports end', () => {
    const files = {
      'main.py': 'from a import x\nasync def startup():\n    await x.load()\n',
      'a.py': 'from b import x\n',
      'b.py': 'from a import x\n',
    };
    expect(meaning(files)).toBe('unknown');
  });
});

describe('files', () => {
  it('with syntax errors do not exist', () => {
    const modules = createModules(memoryProject({ 'main.py': 'def startup(:\n' }));
    expect(modules.at('main.py')).toBeUndefined();
    expect(modules.at('other.py')).toBeUndefined();
    modules.dispose();
  });

  it('are named from their import root', () => {
    const files = { 'src/api/__init__.py': '', 'src/__init__.py': '', 'src/api/main.py': '', 'tools/run.py': '' };
    const modules = createModules(memoryProject(files));
    expect(['src/api/main.py', 'src/api/__init__.py', 'tools/run.py'].map((path) => modules.at(path)?.name)).toEqual([
      'src.api.main',
      'src.api',
      'run',
    ]);
    modules.dispose();
  });
});

/** What the callee of the last awaited call of the first file means: `function app.db.init_db`. */
function meaning(files: Readonly<Record<string, string>>): string {
  const modules = createModules(memoryProject(files));
  try {
    const path = Object.keys(files).find((name) => files[name]?.includes('await ')) ?? '';
    const module = modules.at(path);
    if (!module) throw new Error(`${path} does not parse`);
    return describeMeaning(
      modules,
      module.root.descendantsOfType('await').findLast((node) => node.isNamed),
      path,
    );
  } finally {
    modules.dispose();
  }
}

function describeMeaning(modules: Modules, awaited: Node | undefined, path: string): string {
  const callee = awaited?.namedChildren[0]?.childForFieldName('function');
  const module = modules.at(path);
  const found = callee && module && modules.resolve(callee, module);
  return found ? `${found.kind} ${modules.qualifiedName(found)}` : 'unknown';
}
