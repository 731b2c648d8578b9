import { expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { freePort, inOrder, type Running, start } from './server.ts';
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
  await before.running.says(project.polls);
  // Sanic accepts connections early, and answers none of them.
  await expect(answerOf(before.port, project.asks, AbortSignal.timeout(500))).rejects.toThrow();
  before.running.signal('SIGKILL');

  const after = await started(rewrittenProject(project.project), project);
  await after.running.says(project.polls);
  expect(await answerOf(after.port, project.asks)).toEqual(project.answer);
  after.running.signal('SIGTERM');
  await after.running.ended();
  const output = after.running.output();
  expect(inOrder(output, ['database ready', project.polls, ...project.shutdown])).toEqual([
    'database ready',
    project.polls,
    ...project.shutdown,
  ]);
  expect(output).not.toMatch(/Traceback|was never awaited|was destroyed but it is pending|never retrieved/);
});

async function started(folder: string, { under }: Case): Promise<{ readonly running: Running; readonly port: number }> {
  const port = await freePort();
  const args = under ? ['-m', under, 'main:app', '--port', String(port)] : ['main.py'];
  return { port, running: start(python(), args, folder, { PORT: String(port) }) };
}

async function answerOf(port: number, path: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, signal ? { signal } : {});
  return response.json();
}
