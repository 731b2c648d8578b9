import { beforeAll, describe, expect, test } from 'vitest';
import { compiled, copyOfNodeProject, type NodeProject, rewrittenNodeProject, startNodeServer } from './node-server.ts';
import { inOrder, isOpen } from './server.ts';

interface Case extends NodeProject {
  /** Log lines of the steps that startup waits for, in order. */
  readonly critical: readonly string[];
  /** Log lines of the background steps. */
  readonly background: readonly string[];
  /** The one of a service that never returns. */
  readonly endless: string;
  readonly asks: string;
  readonly answer: unknown;
  /** What the server says when it has been asked. */
  readonly asked: string;
  readonly shutdown: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'node-http',
    main: 'src/server.mjs',
    critical: ['timetable read'],
    background: ['forecasts begun', 'forecasts fetched'],
    endless: 'delays begun',
    asks: '/Svendborg',
    answer: { departures: [], weather: 'unknown' },
    asked: 'departures asked for',
    shutdown: ['shutting down'],
  },
  {
    name: 'node-hono',
    main: 'dist/main.js',
    critical: ['store connected'],
    background: ['photo cache begun', 'photo cache warm'],
    endless: 'metrics begun',
    asks: `/${encodeURIComponent('Æbletræ')}`,
    answer: { gardener: 'Søren', photo: null },
    asked: 'gardener asked for',
    shutdown: ['store disconnected'],
  },
  {
    name: 'node-koa',
    main: 'dist/server.js',
    critical: ['database open'],
    background: ['search index begun', 'search index built'],
    endless: 'reminder scheduler begun',
    asks: '/Jesu',
    answer: ['Jesu, meine Freude'],
    asked: 'scores asked for',
    shutdown: ['database closed'],
  },
];

const portOpens = 'port open';

describe.each(cases)('$name', ({ name, main, critical, background, endless, asks, answer, asked, shutdown }) => {
  let folder: string;

  beforeAll(() => {
    folder = rewrittenNodeProject(name);
  });

  test('never opens its port before', async () => {
    const server = await startNodeServer(compiled(copyOfNodeProject(name)), main, { WARM_UP_SECONDS: '0.1' });
    await server.says(endless);
    expect(server.output()).not.toContain(portOpens);
    expect(await isOpen(server.port)).toBe(false);
  });

  test('opens it right after what is critical, and answers while the rest begins', async () => {
    const server = await startNodeServer(folder, main);
    await server.says(portOpens);
    expect(await server.get(asks)).toEqual(answer);
    await server.says(background.at(-1) ?? endless);
    await server.says(endless);
    server.signal('SIGTERM');
    expect(await server.ended()).toBe(0);
    const first = [...critical, portOpens];
    const marks = [...first, ...background, endless];
    expect(inOrder(server.output(), marks).slice(0, first.length)).toEqual(first);
    const [lastOfBackground = ''] = background.slice(-1);
    expect(inOrder(server.output(), [asked, lastOfBackground])).toEqual([asked, lastOfBackground]);
    expect(inOrder(server.output(), shutdown)).toEqual(shutdown);
  });

  test('opens it last with STARTUP_TASKS=inline', async () => {
    const server = await startNodeServer(folder, main, { WARM_UP_SECONDS: '0.1', STARTUP_TASKS: 'inline' });
    await server.says(portOpens);
    const marks = [...critical, ...background, portOpens];
    expect(inOrder(server.output(), marks)).toEqual(marks);
  });
});
