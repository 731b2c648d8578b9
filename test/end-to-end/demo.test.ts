import { beforeAll, describe, expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { inOrder, isOpen, type Server, startServer } from './server.ts';
import { copyOfProject, filesOf, rewrittenProject } from './tool.ts';

const portOpens = 'Uvicorn running on';
const background = [
  'clean-up begun',
  'exchange rates begun',
  'recommendations begun',
  'search index built',
  'digest scheduler begun',
  'Order worker started',
  'metrics begun',
];

describe('the demo before', () => {
  test('never opens its port', async () => {
    const server = await startServer(python(), 'cafe.main:app', copyOfProject('demo'));
    await server.says('clean-up begun');
    expect(server.output()).toContain('Waiting for application startup.');
    expect(server.output()).not.toContain(portOpens);
    expect(await isOpen(server.port)).toBe(false);
  });
});

describe('the demo after --write', () => {
  let folder: string;
  let output: string;
  let ended: number | string;
  let asked: { readonly orders: unknown; readonly early: unknown; readonly events: unknown; readonly late: unknown };

  beforeAll(async () => {
    folder = rewrittenProject('demo');
    const server = await startServer(python(), 'cafe.main:app', folder);
    asked = await askAround(server);
    server.signal('SIGTERM');
    ended = await server.ended();
    output = server.output();
  });

  test('opens its port after the critical step and before anything else begins', () => {
    const marks = ['database ready', portOpens, ...background];
    expect(inOrder(output, marks).slice(0, 2)).toEqual(['database ready', portOpens]);
    expect(inOrder(output, marks)).toHaveLength(marks.length);
  });

  test('answers while the slow service starts and the blocking one has not begun', () => {
    expect(asked.orders).toEqual(['crème brûlée']);
    expect(asked.early).toEqual({ drink: null });
    expect(asked.events).toContain('orders asked for');
    expect(asked.events).not.toContain('recommendations warm');
    expect(asked.events).not.toContain('metrics begun');
  });

  test('runs every service in the end', () => {
    expect(asked.late).toEqual({ drink: 'cidre' });
    expect(output).toContain('metrics reported');
  });

  test('logs a failure with its traceback at once, and lives on', () => {
    const marks = ['exchange rates begun', 'Traceback', 'ConnectionError: no route to', 'recommendations warm'];
    expect(inOrder(output, marks)).toEqual(marks);
  });

  test('announces the worker when it has started, not before', () => {
    const marks = [portOpens, 'Order worker started', 'metrics begun'];
    expect(inOrder(output, marks)).toEqual(marks);
  });

  test('ends on SIGTERM with every shutdown step tried', () => {
    const marks = ['order worker stopped', 'search index closed', 'payments closing', 'hung up', 'database closed'];
    expect(inOrder(output, marks)).toEqual(marks);
    expect(output).toContain('Application shutdown complete.');
    expect([0, 'SIGTERM']).toContain(ended);
  });

  test('leaves no coroutine and no task behind', () => {
    expect(output).not.toContain('was never awaited');
    expect(output).not.toContain('was destroyed but it is pending');
  });

  test('ends on SIGTERM while its services start', async () => {
    const server = await startServer(python(), 'cafe.main:app', folder);
    await server.says('recommendations begun');
    server.signal('SIGTERM');
    await server.ended();
    const marks = ['recommendations begun', 'Shutting down', 'search index closed', 'hung up', 'database closed'];
    expect(inOrder(server.output(), [...marks, 'recommendations warm', 'metrics begun'])).toEqual(marks);
    expect(server.output()).not.toMatch(/was never awaited|was destroyed but it is pending/);
  });

  test('rewrites the hook and adds the helper, and touches nothing else', () => {
    const before = filesOf(copyOfProject('demo'));
    const changed = [...filesOf(folder)].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual(['cafe/main.py', 'cafe/startup_tasks.py']);
  });
});

async function askAround(server: Server) {
  await server.says(portOpens);
  const orders = await server.get('/orders');
  const early = await server.get('/recommendations/quiche');
  const events = await server.get('/events');
  await server.says('metrics reported');
  const late = await server.get('/recommendations/quiche');
  return { orders, early, events, late };
}
