import { beforeAll, describe, expect, it } from 'vitest';
import type { CalleeBody, Cost } from '../../src/core/index.ts';
import { createModules } from '../../src/languages/python/modules/modules.ts';
import { loadPython } from '../../src/languages/python/tree/parse.ts';
import { memoryProject } from '../memory-project.ts';

beforeAll(loadPython);

const IMPORTS = 'import asyncio, threading, time\n';

describe('never-returns', () => {
  it.each([
    ['a loop without an exit', 'async def start():\n    while True:\n        await asyncio.sleep(60)\n', 3],
    [
      'a loop that only cancellation leaves',
      'async def start():\n    while True:\n        try:\n            await purge()\n        except asyncio.CancelledError:\n            break\n',
      3,
    ],
    [
      'a loop that a flag ends',
      'class Poller:\n    async def run(self):\n        while self.is_running:\n            await asyncio.sleep(5)\npoller = Poller()\nstart = poller.run\n',
      4,
    ],
    [
      'a loop that an event ends',
      'class Poller:\n    async def run(self):\n        while not self._stop.is_set():\n            await self.queue.get()\nstart = Poller().run\n',
      4,
    ],
    [
      'a loop that ends after a wait for its stop event',
      'async def start():\n    while not stop_event.is_set():\n        await purge()\n        try:\n            await asyncio.wait_for(stop_event.wait(), timeout=60)\n            # stopped\n            break\n        except asyncio.TimeoutError:\n            pass\n',
      3,
    ],
    [
      'a loop that an end mark leaves',
      'async def start():\n    while True:\n        item = await queue.get()\n        if item is None:\n            break\n        await handle(item)\n',
      3,
    ],
    [
      'messages of a subscription',
      'async def start():\n    async for message in pubsub.listen():\n        print(message)\n',
      3,
    ],
    ['a server', 'async def start():\n    await server.serve_forever()\n', 3],
    ['an event that nothing sets', 'async def start():\n    await asyncio.Event().wait()\n', 3],
    [
      'a callee that loops',
      'async def loop():\n    while True:\n        await asyncio.sleep(1)\nasync def start():\n    await loop()\n',
      3,
    ],
    [
      'a gathered callee that loops',
      'async def loop():\n    while True:\n        await asyncio.sleep(1)\nasync def start():\n    await asyncio.gather(warm(), loop())\n',
      3,
    ],
    [
      'a task group that waits for a loop',
      'async def loop():\n    while True:\n        await asyncio.sleep(1)\nasync def start():\n    async with asyncio.TaskGroup() as tg:\n        tg.create_task(loop())\n',
      3,
    ],
  ])('%s', (_, code, line) => {
    const { cost, body } = read(code);
    expect(cost).toBe('never-returns');
    expect(body?.costAt).toEqual({ path: 'app/main.py', line });
    expect(body?.costReason).toBeTruthy();
  });
});

describe('returns-at-once', () => {
  it.each([
    ['a task', 'async def start():\n    logger.info("démarré")\n    asyncio.create_task(poll())\n'],
    [
      'a task that is kept',
      'class Poller:\n    async def run(self):\n        if self._task is None:\n            self._task = asyncio.create_task(self._loop())\n    async def _loop(self): ...\nstart = Poller().run\n',
    ],
    ['a thread', 'def start():\n    worker = threading.Thread(target=poll, daemon=True)\n    worker.start()\n'],
    ['a job', 'def start():\n    scheduler.add_job(purge, "interval", days=1)\n'],
    [
      'services that each start a task',
      'class Service:\n    async def start(self):\n        self.task = asyncio.create_task(self.loop())\nservices: dict[str, Service] = {}\nasync def start():\n    for service in services.values():\n        try:\n            await service.start()\n        except Exception as error:\n            logger.error(error)\n',
    ],
  ])('%s', (_, code) => {
    expect(read(code).cost).toBe('returns-at-once');
  });
});

describe('blocks-loop', () => {
  it.each([
    ['a sleep', 'async def start():\n    time.sleep(3)\n'],
    [
      'a model that loads',
      'from sentence_transformers import SentenceTransformer\nclass Embedder:\n    async def load(self):\n        self.model = SentenceTransformer("e5")\nstart = Embedder().load\n',
    ],
    [
      'a function that blocks',
      'import requests\ndef fetch():\n    return requests.get("https://example.org")\nasync def start():\n    fetch()\n',
    ],
    ['an await that gives nobody a turn', 'async def start():\n    await asyncio.sleep(0)\n    time.sleep(3)\n'],
  ])('%s', (_, code) => {
    expect(read(code).cost).toBe('blocks-loop');
  });
});

describe('finite', () => {
  it.each([
    [
      'a retry that succeeds',
      'async def start():\n    while True:\n        try:\n            await connect()\n            break\n        except OSError:\n            await asyncio.sleep(1)\n',
    ],
    [
      'a retry that returns',
      'async def start():\n    while True:\n        try:\n            return await connect()\n        except OSError:\n            await asyncio.sleep(1)\n',
    ],
    [
      'pages until the last',
      'async def start():\n    while True:\n        page = await client.list(cursor)\n        if not page:\n            break\n',
    ],
    ['a wait for readiness', 'async def start():\n    while not broker.connected:\n        await asyncio.sleep(1)\n'],
    [
      'a counted loop',
      'async def start():\n    attempts = 0\n    while attempts < 5:\n        attempts += 1\n        await asyncio.sleep(1)\n',
    ],
    ['rows of a cursor', 'async def start():\n    async for row in cursor:\n        print(row)\n'],
    ['blocking work in a thread', 'async def start():\n    await asyncio.to_thread(time.sleep, 3)\n'],
    ['work and a task', 'async def start():\n    await connect()\n    asyncio.create_task(poll())\n'],
    [
      'a loop with a time limit around it',
      'async def loop():\n    while True:\n        await asyncio.sleep(1)\nasync def start():\n    await asyncio.wait_for(loop(), timeout=5)\n',
    ],
    [
      'a loop in a group that somebody else waits for',
      'class App:\n    async def run(self):\n        await self.tasks.start_soon(self.loop)\n    async def loop(self):\n        while True:\n            await asyncio.sleep(1)\nstart = App().run\n',
    ],
    ['a wait for a readiness event', 'async def start():\n    await broker_ready.wait()\n'],
  ])('%s', (_, code) => {
    expect(read(code).cost).toBe('finite');
  });

  it('a generator that yields for ever', () => {
    expect(read('async def start():\n    while True:\n        yield await asyncio.sleep(1)\n').cost).toBe('finite');
  });
});

describe('unknown', () => {
  it.each([
    ['a body outside the project', 'from redis.asyncio import Redis\nstart = Redis().ping\n'],
    [
      'an abstract method',
      'class Base:\n    async def run(self):\n        raise NotImplementedError\nstart = Base().run\n',
    ],
  ])('%s', (_, code) => {
    const { cost, body } = read(code);
    expect(cost).toBe('unknown');
    expect(body).toBeUndefined();
  });
});

/** What `start` of a module costs. */
function read(code: string): { readonly cost: Cost; readonly body: CalleeBody | undefined } {
  const modules = createModules(
    memoryProject({ 'app/main.py': `${IMPORTS}${code}async def hook():\n    await start()\n` }),
  );
  try {
    const module = modules.at('app/main.py');
    const callee = module?.root.descendantsOfType('call').at(-1)?.childForFieldName('function');
    const definition = module && callee ? modules.resolve(callee, module) : undefined;
    return { cost: modules.cost(definition), body: definition && modules.calleeBody(definition) };
  } finally {
    modules.dispose();
  }
}
