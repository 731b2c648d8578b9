import { expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { freePort, inOrder, type Server, serverOn, start, startServer } from './server.ts';
import { copyOfProject, rewrittenProject } from './tool.ts';

interface Case {
  readonly project: string;
  /** The program that runs it where it does not listen by itself. */
  readonly under?: 'uvicorn';
  /** What its poller says, which never returns. */
  readonly polls: string;
  readonly asks: string;
  readonly answer: unknown;
  readonly shutdown: readonly string[];
}

const cases: readonly Case[] = [
  { project: 'quart-serving', under: 'uvicorn', polls: 'ferries polled', asks: '/ferries', answer: ['Malmö'] },
  { project: 'sanic-listeners', polls: 'tides polled', asks: '/tides', answer: ['Büsum'], shutdown: [] },
  { project: 'aiohttp-signals', polls: 'orchards polled', asks: '/orchards', answer: ['Süderelbe'] },
  { project: 'aiohttp-context', polls: 'hives polled', asks: '/hives', answer: ['Lüneburg'] },
  { project: 'litestar-lifespan', under: 'uvicorn', polls: 'shelves polled', asks: '/shelves', answer: ['Märchen'] },
  { project: 'blacksheep-lifespan', under: 'uvicorn', polls: 'looms polled', asks: '/looms', answer: ['Örebro'] },
].map((one) => ({ shutdown: ['database closed'], ...one }) as Case);

test.concurrent.each(cases)('$project listens while its poller runs, and did not before', async (project) => {
  const before = await started(copyOfProject(project.project), project);
  await before.says(project.polls);
  // Sanic accepts connections early, and answers none of them.
  await expect(before.get(project.asks, AbortSignal.timeout(500))).rejects.toThrow();
  before.signal('SIGKILL');

  const after = await started(rewrittenProject(project.project), project);
  await after.says(project.polls);
  expect(await after.get(project.asks)).toEqual(project.answer);
  after.signal('SIGTERM');
  await after.ended();
  const output = after.output();
  expect(inOrder(output, ['database ready', project.polls, ...project.shutdown])).toEqual([
    'database ready',
    project.polls,
    ...project.shutdown,
  ]);
  expect(output).not.toMatch(/Traceback|was never awaited|was destroyed but it is pending|never retrieved/);
});

async function started(folder: string, { under }: Case): Promise<Server> {
  if (under === 'uvicorn') return startServer(python(), 'main:app', folder);
  const port = await freePort();
  return serverOn(port, start(python(), ['main.py'], folder, { PORT: String(port) }));
}
