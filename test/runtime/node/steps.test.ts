import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { pending, recorded, turns } from './recorder.ts';

test('steps run one after the other in the order of recording, and services beside them', async () => {
  const events: string[] = [];
  const cache = pending();
  const { tasks } = recorded();
  tasks.start('warmCache', async () => {
    events.push('cache begins');
    await cache.promise;
    events.push('cache ends');
  });
  tasks.start('buildIndex', async () => events.push('index'));
  tasks.startService('pollQueue', async () => {
    events.push('poll');
    await pending().promise;
  });
  tasks.release();
  await turns();
  expect(events).toEqual(['cache begins', 'poll']);
  cache.resolve();
  await tasks.waitReady(5);
  expect(events).toEqual(['cache begins', 'poll', 'cache ends', 'index']);
});

test('concurrency is how many steps run at a time', async () => {
  const { tasks } = recorded({ concurrency: 2 });
  const steps = ['users', 'prices', 'images'].map((name) => ({ name, ...pending() }));
  for (const { name, promise } of steps) tasks.start(name, () => promise);
  const states = () => Object.values(tasks.status()).map(({ state }) => state);
  tasks.release();
  await turns();
  expect(states()).toEqual(['running', 'running', 'waiting']);
  steps[1]?.resolve();
  await turns();
  expect(states()).toEqual(['running', 'ready', 'running']);
  for (const step of steps) step.resolve();
  await tasks.waitReady(5);
});

test.each([
  ['a rejection', () => Promise.reject(new TypeError('kein Zwischenspeicher'))],
  [
    'a throw',
    () => {
      throw new TypeError('kein Zwischenspeicher');
    },
  ],
])('%s is logged with its stack, and the next step runs', async (_, fail) => {
  const { tasks, lines } = recorded();
  tasks.start('warmCache', fail);
  tasks.start('buildIndex', () => undefined);
  tasks.release();
  await tasks.waitReady(5);
  expect(lines).toContain('error warmCache: failed after 0 s\nTypeError: kein Zwischenspeicher');
  expect(tasks.status().warmCache).toMatchObject({ state: 'failed', error: 'TypeError: kein Zwischenspeicher' });
  expect(tasks.finished('warmCache')).toBe(false);
  expect(tasks.finished('buildIndex')).toBe(true);
});

test('what is rejected need not be an error', async () => {
  const { tasks } = recorded();
  tasks.start('warmCache', () => Promise.reject({ code: 503 }));
  tasks.start('buildIndex', () => Promise.reject());
  tasks.release();
  await tasks.waitReady(5);
  expect(tasks.status().warmCache?.error).toBe('{ code: 503 }');
  expect(tasks.status().buildIndex?.state).toBe('failed');
});

test('a thenable is awaited', async () => {
  const { tasks } = recorded();
  const rows: string[] = [];
  const query = {
    // biome-ignore lint/suspicious/noThenProperty: queries of database libraries run when they are awaited
    then(done: () => void) {
      rows.push('Zoë');
      done();
    },
  };
  tasks.start('refreshView', () => query);
  tasks.release();
  await tasks.waitReady(5);
  expect(rows).toEqual(['Zoë']);
});

test('a service that ends before the stop is a warning', async () => {
  const { tasks, lines } = recorded();
  tasks.startService('pollQueue', () => undefined);
  tasks.release();
  await turns();
  expect(lines.at(-1)).toBe('warn pollQueue: service ended after 0 s');
});

test('a step sees the AsyncLocalStorage of where it was recorded', async () => {
  const tenant = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const { tasks } = recorded();
  tenant.run('zürich', () => tasks.start('warmCache', () => seen.push(tenant.getStore())));
  tasks.start('buildIndex', () => seen.push(tenant.getStore()));
  tenant.run('genf', () => tasks.release());
  await tasks.waitReady(5);
  expect(seen).toEqual(['zürich', undefined]);
});

test('steps of one name are told apart in the status', async () => {
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  tasks.start('warmCache', () => Promise.reject(new Error('nicht da')));
  tasks.release();
  await tasks.waitReady(5);
  expect(Object.keys(tasks.status())).toEqual(['warmCache', 'warmCache (2)']);
  expect(tasks.finished('warmCache')).toBe(true);
});

test('ready needs the required steps, and services that run', async () => {
  const cache = pending();
  const { tasks, lines } = recorded({ required: ['warmCache', 'pollQueue', 'loadModel'] });
  tasks.start('warmCache', () => cache.promise);
  tasks.startService('pollQueue', () => pending().promise);
  tasks.start('buildIndex', () => Promise.reject(new Error('nicht da')));
  expect(tasks.ready).toBe(false);
  tasks.release();
  await turns();
  expect(tasks.ready).toBe(false);
  cache.resolve();
  expect(await tasks.waitReady(5)).toBe(true);
  expect(lines).toContain('warn loadModel: required, not recorded');
});

test('waiting until ready names what is not', async () => {
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await expect(tasks.waitReady(0)).rejects.toThrow('Not ready: warmCache');
});

test('the status tells how long a step has been running', async () => {
  const { tasks } = recorded();
  tasks.start('warmCache', () => pending().promise);
  expect(tasks.status().warmCache).toEqual({ state: 'waiting', seconds: 0, error: undefined });
  tasks.release();
  await turns();
  expect(tasks.status().warmCache?.seconds).toBeGreaterThan(0);
});
