import { createServer } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { pending, recorded, turns } from './recorder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('STARTUP_TASKS=inline runs the steps in place, in order, and starts services', async () => {
  vi.stubEnv('STARTUP_TASKS', 'inline');
  const events: string[] = [];
  const { tasks, lines } = recorded();
  tasks.start('warmCache', async () => {
    await turns();
    events.push('cache');
  });
  tasks.startService('pollQueue', async () => {
    events.push('poll');
    await pending().promise;
  });
  tasks.start('loadModel', () => Promise.reject(new Error('fehlt')));
  tasks.start('buildIndex', () => events.push('index'));
  await tasks.holdUntilListening(createServer());
  expect(events).toEqual(['cache', 'poll', 'index']);
  expect(lines[0]).toBe('info Before the server listens: warmCache, pollQueue, loadModel, buildIndex');
  expect(lines).toContain('error loadModel: failed after 0 s\nError: fehlt');
  expect(tasks.ready).toBe(true);
});

test('a stop meanwhile leaves out the steps that have not begun', async () => {
  vi.stubEnv('STARTUP_TASKS', 'inline');
  const cache = pending();
  const { tasks } = recorded();
  tasks.start('warmCache', () => cache.promise);
  tasks.start('buildIndex', () => undefined);
  const held = tasks.holdUntilListening();
  const stopped = tasks.stop();
  cache.resolve();
  await Promise.all([held, stopped]);
  expect(tasks.finished('warmCache')).toBe(true);
  expect(tasks.status().buildIndex?.state).toBe('cancelled');
  expect(tasks.ready).toBe(false);
});

test('where nothing listens, what waits is named once', async () => {
  const { tasks, lines } = recorded({ patience: 0.01 });
  tasks.start('warmCache', () => undefined);
  tasks.startService('bot.launch', () => undefined);
  await tasks.holdUntilListening();
  await turns();
  await turns();
  expect(lines).toEqual([
    'warn warmCache, bot.launch: not started, since nothing listens after 0.01 s; where no server of Node listens, call release()',
  ]);
  tasks.release();
  await tasks.waitReady(5);
});

test('there is no warning where nothing waits, or after a stop', async () => {
  const { tasks, lines } = recorded({ patience: 0.005 });
  await tasks.holdUntilListening();
  await turns();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening();
  await tasks.stop();
  await turns();
  expect(lines).toEqual([]);
});
