import { expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { type Server, startServer } from './server.ts';
import { copyOfProject, rewrittenProject, runTool } from './tool.ts';

test('tasks that a handler leaves behind are kept, and their failures logged', async () => {
  const before = await visited(copyOfProject('left-behind'));
  expect(before.output()).toContain('answer lost');
  expect(before.output()).not.toContain('send_mail failed');
  before.signal('SIGKILL');

  const folder = rewrittenProject('left-behind', '--transform', 'track-dangling-tasks');
  const after = await visited(folder);
  expect(after.output()).not.toContain('answer lost');
  expect(after.output()).toMatch(/ERROR startup_tasks: send_mail failed\nTraceback[\s\S]+OSError: no mail to Zoë/);
  after.signal('SIGTERM');
  await after.ended();
  expect(runTool(folder, '.', '--check', '--transform', 'track-dangling-tasks').status).toBe(0);
});

test('--check finds them where they are asked for, and the default run leaves them alone', () => {
  const folder = copyOfProject('left-behind');
  const others = runTool(folder, '.', '--dry-run');
  expect(others.stdout).toContain('startup_tasks.start(warm_cover_cache)');
  expect(others.stdout).not.toContain('+    StartupTasks.keep');
  const check = runTool(folder, '.', '--check', '--transform', 'track-dangling-tasks');
  expect(check.status).toBe(1);
  expect(check.stderr).toContain('main.py');
});

async function visited(folder: string): Promise<Server> {
  const server = await startServer(python(), 'main:app', folder);
  await server.says('Uvicorn running');
  expect(await server.get('/sign-up')).toBe('willkommen');
  expect(await server.get('/collect')).toBe('aufgeräumt');
  await server.says('collected');
  return server;
}
