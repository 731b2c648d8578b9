import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inOrder, type Server, startServer } from '../end-to-end/server.ts';
import { python } from '../python-environment.ts';

const portOpens = 'Uvicorn running on';
const leftovers = /was never awaited|was destroyed but it is pending|never retrieved/;

describe('a lifespan with background steps', () => {
  test('listens before any of them begins, and answers while they run', async () => {
    const server = await serve('lifespan');
    await server.says('menu begun');
    expect(await server.get('/status')).toEqual({
      load_model: 'ready',
      poll_orders: 'running',
      fetch_prices: 'failed',
      build_menu: 'running',
    });
    expect(server.output()).not.toContain('menu built');
    await server.get('/menu');
    await server.says('build_menu: ready');
    const output = await end(server);
    const marks = ['database ready', portOpens, 'model begun', 'model loaded', 'menu begun', 'menu built'];
    expect(inOrder(output, marks)).toEqual(marks);
  });

  test('logs a failure at once, and lives on', async () => {
    const server = await serve('lifespan');
    await server.says('menu begun');
    const marks = ['fetch_prices: failed', 'Traceback', 'no route to the price list', 'menu begun'];
    expect(inOrder(server.output(), marks)).toEqual(marks);
    await end(server);
  });

  test('ends its steps on SIGTERM before the first teardown step', async () => {
    const server = await serve('lifespan');
    await server.says('menu begun');
    const output = await end(server);
    const marks = ['poller ended', 'build_menu: cancelled', 'database closed', 'Application shutdown complete.'];
    expect(inOrder(output, marks)).toEqual(marks);
  });
});

test('what cannot be stopped is named, and does not hold up the end', async () => {
  const server = await serve('stubborn');
  await server.says('reporter begun');
  await server.says('model begun');
  const output = await end(server);
  expect(inOrder(output, ['reporter goes on', 'did not stop', 'database closed'])).toHaveLength(3);
  expect(output).toMatch(/ERROR crêperie: report_for_ever: did not stop\n( {2}.*\n)+ {4}await asyncio\.sleep\(1\)/);
  expect(output).toMatch(/ERROR crêperie: load_model: did not stop\n( {2}.*\n)+ {4}time\.sleep\(3600\)/);
});

test.each([
  {
    app: 'events',
    startup: ['database ready', portOpens, 'previews begun'],
    shutdown: ['previews warm', 'poller ended', 'database closed'],
  },
  {
    app: 'router',
    startup: ['database ready', 'bank ready', portOpens, 'tariffs begun'],
    shutdown: ['tariffs warm', 'metrics ended', 'bank closed', 'database closed'],
  },
])(
  'several hooks of one app: the last releases, and the first to end stops ($app)',
  async ({ app, startup, shutdown }) => {
    const server = await serve(app);
    await server.says(shutdown[0] ?? '');
    const output = await end(server);
    expect(inOrder(output, startup)).toEqual(startup);
    expect(inOrder(output, shutdown)).toEqual(shutdown);
  },
);

function serve(app: string): Promise<Server> {
  return startServer(python(), `${app}:app`, resolve('test/runtime/apps'), {
    PYTHONPATH: resolve('src/runtime/python'),
    PYTHONASYNCIODEBUG: '1',
  });
}

/** Ends the server as a deployment does, and returns all that it printed. */
async function end(server: Server): Promise<string> {
  server.signal('SIGTERM');
  await server.ended();
  expect(server.output()).toContain('Application shutdown complete.');
  expect(server.output()).not.toMatch(leftovers);
  return server.output();
}
