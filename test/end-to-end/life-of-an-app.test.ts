import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { inOrder, start, startServer } from './server.ts';
import { rewrittenProject } from './tool.ts';

const leftovers = /was never awaited|was destroyed but it is pending|never retrieved/;

describe('one app', () => {
  test('starts and stops three times in one process', async () => {
    const output = await drive('three-times.py', 'single-lifespan');
    expect(countOf(output, 'cover cache warm')).toBe(3);
    expect(countOf(output, 'clean-up begun')).toBe(3);
    expect(countOf(output, 'database closed')).toBe(3);
    expect(countOf(output, 'left over: 0')).toBe(3);
  });

  test('starts and stops three times under a test client', async () => {
    const output = await drive('three-test-clients.py', 'single-lifespan');
    expect(countOf(output, 'cover cache warm')).toBe(3);
    expect(countOf(output, 'books: [')).toBe(3);
  });

  test('runs nothing when it stops within the grace', async () => {
    const output = await drive('stop-at-once.py', 'single-lifespan');
    const marks = ['database ready', 'entered', 'database closed', 'left'];
    expect(inOrder(output, [...marks, 'cover cache begun', 'clean-up begun'])).toEqual(marks);
  });

  test('keeps the exception that is thrown into the yield', async () => {
    const output = await drive('exception-in-yield.py', 'single-lifespan');
    expect(output).toContain('caught: thrown into the yield');
    expect(output).toContain('left over: 0');
  });

  test('ends its tasks in an anyio scope that is cancelled', async () => {
    const output = await drive('cancelled-scope.py', 'single-lifespan');
    expect(output).toContain('caught by the scope: True');
    expect(output).toContain('left over: 0');
  });
});

test('two apps of one module at once keep apart', async () => {
  const output = await drive('two-at-once.py', 'two-apps');
  expect(output).toContain('guests: menu cache warm');
  expect(output).toContain('staff: menu cache warm');
  const marks = ['guests: database closed', 'guests left', 'staff: database closed', 'staff left', 'shared: False'];
  expect(inOrder(output, marks)).toEqual(marks);
});

describe('a stop that needs what only its start sets', () => {
  test('runs where the start has finished, and not where it failed', async () => {
    const server = await startServer(python(), 'main:app', rewrittenProject('stop-needs-start'));
    await server.says('the mail server does not answer');
    await server.says('ticket poller begun');
    await server.get('/tickets');
    server.signal('SIGTERM');
    await server.ended();
    expect(server.output()).toContain('ticket poller stopped');
    expect(server.output()).toContain('database closed');
    expect(server.output()).not.toMatch(/AttributeError|mailbox poller stopped/);
    expect(server.output()).not.toMatch(leftovers);
  });

  test('does not run within the grace', async () => {
    const output = await drive('stop-at-once.py', 'stop-needs-start');
    expect(output).toContain('database closed');
    expect(output).not.toMatch(/AttributeError|poller begun|poller stopped/);
  });
});

test('a task that swallows its cancellation is named, and does not hold up the shutdown', async () => {
  const server = await startServer(python(), 'main:app', rewrittenProject('swallowed-cancellation'));
  await server.says('report scheduler begun');
  server.signal('SIGTERM');
  await server.says('Application shutdown complete.');
  const marks = ['report scheduler goes on', 'ERROR', 'database closed', 'Application shutdown complete.'];
  expect(inOrder(server.output(), marks)).toEqual(marks);
  expect(server.output()).toMatch(/ERROR .*start_report_scheduler/);
});

test('a step that blocks the event loop runs in a thread, with --unsafe', async () => {
  const server = await startServer(python(), 'main:app', rewrittenProject('blocking-step', '--unsafe'));
  await server.says('photo cache begun');
  expect(await server.get('/photos')).toEqual(['Kraków']);
  await server.says('photo cache warm');
  server.signal('SIGTERM');
  await server.ended();
  const marks = ['Uvicorn running on', 'photo cache begun', 'photos asked for', 'photo cache warm'];
  expect(inOrder(server.output(), marks)).toEqual(marks);
  expect(server.output()).not.toMatch(leftovers);
});

test('a startup that fails after a recorded step ends as before', async () => {
  const server = await startServer(python(), 'main:app', rewrittenProject('failing-startup'));
  expect(await server.ended()).toBe(3);
  expect(server.output()).toContain('ConnectionError: the database refuses the connection');
  expect(server.output()).not.toContain('map cache begun');
  expect(server.output()).not.toMatch(leftovers);
});

/** Runs a driver on the rewritten project with asyncio's debug mode, and returns what it printed. */
async function drive(driver: string, project: string): Promise<string> {
  const folder = rewrittenProject(project);
  const script = resolve('test/end-to-end/drivers', driver);
  const running = start(python(), ['-X', 'dev', script], folder, { PYTHONPATH: folder });
  const status = await running.ended();
  expect(running.output()).not.toMatch(leftovers);
  expect(status, running.output()).toBe(0);
  return running.output();
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}
