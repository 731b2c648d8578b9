import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { inOrder, startServer } from './server.ts';
import { copyOfProject, rewrittenProject, runTool } from './tool.ts';

const MERGE = ['--transform', 'on-event-to-lifespan'];

test.concurrent('a Starlette app with lists of handlers, which Starlette 1 refuses, starts with a lifespan', async () => {
  const before = await startServer(python(), 'main:app', copyOfProject('starlette-lists'));
  expect(await before.ended()).not.toBe(0);
  expect(before.output()).toMatch(/on_startup|on_shutdown/);

  const after = await startServer(python(), 'main:app', rewrittenProject('starlette-lists', ...MERGE));
  await after.says('Uvicorn running');
  expect(await after.get('/tides')).toEqual(['Büsum']);
  after.signal('SIGTERM');
  await after.ended();
  const order = ['database ready', 'tides read', 'tide cache warm', 'Uvicorn running', 'tides kept', 'database closed'];
  expect(inOrder(after.output(), order)).toEqual(order);
});

test.concurrent('the events of two files run in the order in which FastAPI ran them', async () => {
  const order = ['preview cache warm', 'database ready', 'Uvicorn running', 'previews dropped', 'database closed'];
  const folders = [copyOfProject('two-event-files'), rewrittenProject('two-event-files', ...MERGE)];
  for (const folder of folders) {
    const server = await startServer(python(), 'main:app', folder);
    await server.says('Uvicorn running');
    expect(await server.get('/rooms')).toEqual(['Salle Noël']);
    server.signal('SIGTERM');
    await server.ended();
    expect(inOrder(server.output(), order)).toEqual(order);
    expect(server.output()).not.toContain('Traceback');
  }
});

test('what can wait moves once the events are merged, and not in the same run', async () => {
  const folder = copyOfProject('startup-events');
  const both = runTool(folder, '.', '--write', '--unsafe', '--transform', 'defaults', ...MERGE);
  expect(both.status, both.stderr).toBe(0);
  expect(both.stderr).toContain('merge them in a run of its own, first');
  expect(runTool(folder, 'undo').status).toBe(0);

  expect(runTool(folder, '.', '--write', ...MERGE).status).toBe(0);
  const merged = readFileSync(join(folder, 'main.py'), 'utf8');
  expect(merged).toContain('app = FastAPI(lifespan=lifespan)');
  expect(merged).not.toContain('on_event');
  expect(runTool(folder, '.', '--check', ...MERGE).status).toBe(0);
  const server = await startServer(python(), 'main:app', folder);
  await server.says('Uvicorn running');
  expect(await server.get('/weather')).toEqual(['Tórshavn']);
  server.signal('SIGTERM');
  await server.ended();
});

test('an app that has a lifespan as well is named, and left as it is', () => {
  const folder = copyOfProject('single-lifespan');
  appendFileSync(join(folder, 'main.py'), '\n\n@app.on_event("startup")\nasync def late():\n    print("è")\n');
  const run = runTool(folder, '.', '--dry-run', ...MERGE);
  expect(run).toMatchObject({ status: 0, stdout: '' });
  expect(run.stderr).toMatch(/events of the app at main\.py:\d+ stay: it has a lifespan as well/);
});
