import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { listening, pending, recorded, turns } from './recorder.ts';

test('before the release, what waits is never called', async () => {
  const server = createServer();
  const { tasks } = recorded();
  let isCalled = false;
  tasks.start('warmCache', () => {
    isCalled = true;
  });
  await tasks.holdUntilListening(server);
  await tasks.stop();
  await listening(server);
  await turns();
  server.close();
  expect(isCalled).toBe(false);
  expect(tasks.status().warmCache?.state).toBe('cancelled');
  expect(tasks.finished('warmCache')).toBe(false);
});

test('between the release and the first step too', async () => {
  const { tasks } = recorded();
  let isCalled = false;
  tasks.start('warmCache', () => {
    isCalled = true;
  });
  tasks.release();
  await tasks.stop();
  await turns();
  expect(isCalled).toBe(false);
});

test('a step that runs may finish; the one after it is not begun', async () => {
  const cache = pending();
  const { tasks } = recorded();
  tasks.start('warmCache', () => cache.promise);
  tasks.start('buildIndex', () => undefined);
  tasks.release();
  await turns();
  const stopped = tasks.stop();
  cache.resolve();
  await stopped;
  expect(tasks.finished('warmCache')).toBe(true);
  expect(tasks.status().buildIndex?.state).toBe('cancelled');
});

test('a step that hangs is no longer waited for, and named', async () => {
  const { tasks, lines } = recorded({ drain: 0.02 });
  tasks.start('warmCache', () => pending().promise);
  tasks.release();
  await turns();
  await tasks.stop();
  expect(lines.at(-1)).toBe('warn warmCache: still running, no longer waited for');
  expect(tasks.status().warmCache?.state).toBe('cancelled');
});

test('a service is not waited for, and has run', async () => {
  const { tasks, lines } = recorded({ drain: 60, stopTimeout: 60 });
  tasks.startService('pollQueue', () => pending().promise);
  tasks.release();
  await turns();
  await tasks.stop();
  expect(lines.at(-1)).toBe('info pollQueue: started');
  expect(tasks.finished('pollQueue')).toBe(true);
});

test('what takes the signal is asked to end, and waited for', async () => {
  const events: string[] = [];
  const { tasks } = recorded({ drain: 0 });
  const untilAborted = (name: string) => async (signal: AbortSignal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await turns();
    events.push(name);
  };
  tasks.startService('pollQueue', untilAborted('pollQueue'));
  tasks.start('warmCache', untilAborted('warmCache'));
  tasks.release();
  await turns();
  await tasks.stop();
  expect(events).toEqual(['pollQueue', 'warmCache']);
});

test('but not for longer than the timeout', async () => {
  const { tasks, lines } = recorded({ stopTimeout: 0.02 });
  tasks.startService('pollQueue', (_signal) => pending().promise);
  tasks.release();
  await turns();
  await tasks.stop();
  expect(lines.at(-1)).toBe('warn pollQueue: still running, no longer waited for');
});

test('a failure after the stop is no unhandled rejection', async () => {
  const { tasks, lines } = recorded();
  const connection = pending();
  tasks.startService('pollQueue', async () => {
    await connection.promise;
    throw new Error('Verbindung zu');
  });
  tasks.release();
  await turns();
  await tasks.stop();
  connection.resolve();
  await turns();
  expect(lines.at(-1)).toBe('info pollQueue: ended by the stop, Error: Verbindung zu');
});

test('stopping twice, at once too, and without a start is harmless', async () => {
  const { tasks } = recorded();
  await tasks.stop();
  tasks.start('warmCache', () => turns());
  tasks.release();
  await turns();
  await Promise.all([tasks.stop(), tasks.stop()]);
  expect(tasks.finished('warmCache')).toBe(true);
});

test('an app that is started again has a startup of its own', async () => {
  const { tasks } = recorded();
  for (const life of ['first', 'second', 'third']) {
    const server = createServer();
    tasks.start(life, () => undefined);
    tasks.startService('pollQueue', () => pending().promise);
    await tasks.holdUntilListening(server);
    await turns();
    expect(tasks.status()[life]?.state).toBe('waiting');
    await listening(server);
    await tasks.waitReady(5);
    expect(Object.keys(tasks.status())).toEqual([life, 'pollQueue']);
    await tasks.stop();
    server.close();
  }
});
