import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, get, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createProbe } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { listening, pending, portOf, recorded, turns } from './recorder.ts';

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A server that is closed after the test. */
function server(app?: RequestListener): Server {
  const made = createServer(app);
  open.push(made);
  return made;
}

function expressApp(): RequestListener {
  return (_, response) => {
    response.end('grüezi');
  };
}

test('steps wait until the server listens, and not for a metrics port', async () => {
  const own = server();
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening(own);
  await listening(server());
  await turns();
  expect(tasks.status().warmCache?.state).toBe('waiting');
  await listening(own);
  await tasks.waitReady(5);
  expect(tasks.status().warmCache?.state).toBe('ready');
});

test('a server that listens already releases at once', async () => {
  const own = await listening(server());
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening(own);
  await tasks.waitReady(5);
  expect(tasks.finished('warmCache')).toBe(true);
});

const lazy: { server?: Server } = {};
const apps: readonly [string, (own: Server) => unknown][] = [
  ['a Fastify app', (own) => ({ server: own, listen: () => undefined })],
  ['a Hapi server', (own) => ({ listener: own, start: () => undefined })],
  ['a Nest app', (own) => ({ getHttpServer: () => own })],
  ['an object with an httpServer', (own) => ({ httpServer: own })],
  ['an object whose server has a server', (own) => ({ server: { httpServer: own } })],
  [
    'a class that holds its server',
    (own) =>
      new (class {
        readonly server = own;
      })(),
  ],
];

test.each(apps)('of %s the server is known', async (_, appOf) => {
  const own = server();
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening(appOf(own));
  await listening(server());
  await turns();
  expect(tasks.status().warmCache?.state).toBe('waiting');
  await listening(own);
  await tasks.waitReady(5);
});

test('of an Express app it is the one whose requests the app answers', async () => {
  const app = expressApp();
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening(app);
  await listening(server(expressApp()));
  await turns();
  expect(tasks.status().warmCache?.state).toBe('waiting');
  await listening(server(app));
  await tasks.waitReady(5);
});

test('a server that is made after the call is found when it listens', async () => {
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening(lazy);
  lazy.server = server();
  await listening(lazy.server);
  await tasks.waitReady(5);
});

test('an https server counts like any other', async () => {
  const own = createSecureServer();
  open.push(own);
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening(own);
  await listening(own);
  await tasks.waitReady(5);
});

test.each([
  ['without an argument', undefined],
  ['for an app of which no server is known', { callback: () => expressApp() }],
])('%s it is the next server that begins to listen', async (_, app) => {
  const earlier = server();
  earlier.listen({ port: 0, host: 'localhost' }); // It begins now, and listens once the name is looked up.
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening(app);
  await once(earlier, 'listening');
  await turns();
  expect(tasks.status().warmCache?.state).toBe('waiting');
  await listening(server());
  await tasks.waitReady(5);
});

test('a port that is taken does not release; the next try does', async () => {
  const other = await listening(server());
  const own = server();
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening();
  own.listen(portOf(other), '127.0.0.1');
  await once(own, 'error');
  await turns();
  expect(tasks.status().warmCache?.state).toBe('waiting');
  await listening(server());
  await tasks.waitReady(5);
});

test('trying whether a port is free does not release', async () => {
  const probe = createProbe();
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  await tasks.holdUntilListening();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  await once(probe.close(), 'close');
  await turns();
  expect(tasks.status().warmCache?.state).toBe('waiting');
  await listening(server());
  await tasks.waitReady(5);
});

test('a server whose runtime has no such channel tells by its event', async () => {
  const { tasks } = recorded();
  tasks.start('warmCache', () => undefined);
  const own = server();
  const listeners = own.listenerCount('listening');
  await tasks.holdUntilListening(own);
  own.emit('listening');
  await tasks.waitReady(5);
  expect(own.listenerCount('listening')).toBe(listeners);
});

test('what stands after listening comes before a step that blocks, and requests between two steps', async () => {
  const events: string[] = [];
  const { tasks } = recorded();
  const own = server((_, response) => {
    events.push('request');
    response.end();
  });
  const block = (name: string) => () => {
    events.push(name);
    const end = Date.now() + 30;
    while (Date.now() < end);
  };
  tasks.start('first', block('first'));
  tasks.start('second', block('second'));
  await tasks.holdUntilListening(own);
  await listening(own);
  events.push('listens');
  const answered = pending();
  get({ port: portOf(own), agent: false }, () => {
    events.push('answer');
    answered.resolve();
  });
  await tasks.waitReady(5);
  await answered.promise;
  expect(events.slice(0, 2)).toEqual(['listens', 'first']);
  expect(events).toContain('answer');
});

test('released by hand, steps run after what stands below', async () => {
  const events: string[] = [];
  const { tasks, lines } = recorded();
  tasks.start('warmCache', () => events.push('step'));
  tasks.release();
  tasks.release();
  await Promise.resolve();
  events.push('below');
  await tasks.waitReady(5);
  expect(events).toEqual(['below', 'step']);
  expect(lines).toEqual([
    'info In the background: warmCache',
    'info warmCache: started',
    'info warmCache: ready after 0 s',
  ]);
});

test('what is recorded after the release runs at once', async () => {
  const { tasks } = recorded();
  tasks.release();
  await turns();
  tasks.start('späteres', () => undefined);
  await tasks.waitReady(5);
  expect(tasks.finished('späteres')).toBe(true);
});

test('two apps of one process do not meet', async () => {
  const [first, second] = [server(), server()];
  const ofFirst = recorded().tasks;
  const ofSecond = recorded().tasks;
  ofFirst.start('warmCache', () => undefined);
  ofSecond.start('warmCache', () => undefined);
  await ofFirst.holdUntilListening(first);
  await ofSecond.holdUntilListening(second);
  await listening(second);
  await ofSecond.waitReady(5);
  expect(ofFirst.status().warmCache?.state).toBe('waiting');
  await ofFirst.stop();
});

test('nothing listens to the channel once the steps are released, or stopped', async () => {
  const ends = channel('tracing:net.server.listen:asyncEnd');
  const { tasks } = recorded();
  await tasks.holdUntilListening(server());
  await tasks.holdUntilListening(server());
  expect(ends.hasSubscribers).toBe(true);
  await tasks.stop();
  expect(ends.hasSubscribers).toBe(false);
  await tasks.holdUntilListening();
  await listening(server());
  expect(ends.hasSubscribers).toBe(false);
});
