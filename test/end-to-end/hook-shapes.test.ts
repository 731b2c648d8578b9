import { describe, expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { inOrder, startServer } from './server.ts';
import { rewrittenProject } from './tool.ts';

interface Case {
  readonly project: string;
  /** What uvicorn is told to start: `main:app` where nothing else is said. */
  readonly app?: readonly string[];
  /** Log lines of the steps that startup waits for, in order. */
  readonly critical: readonly string[];
  /** Log lines of the background steps. */
  readonly background: readonly string[];
  /** Log lines of the shutdown, in order. */
  readonly shutdown: readonly string[];
  readonly asks: string;
  readonly answer: unknown;
}

const severalHooks: readonly Case[] = [
  {
    project: 'nested-lifespans',
    critical: ['database ready'],
    background: ['price cache begun', 'price cache warm'],
    shutdown: ['database closed'],
    asks: '/routes',
    answer: ['Zürich–Genève'],
  },
  {
    project: 'wrapped-lifespan',
    critical: ['database ready'],
    background: ['metrics begun'],
    shutdown: ['database closed'],
    asks: '/parcels',
    answer: [],
  },
  {
    project: 'router-lifespan',
    critical: ['database ready', 'bank ready'],
    background: ['tariff cache begun', 'metrics begun'],
    shutdown: ['bank closed', 'tariffs put away'],
    asks: '/bills',
    answer: [],
  },
  {
    project: 'startup-events',
    critical: ['database ready'],
    background: ['weather cache begun', 'weather cache warm'],
    shutdown: ['database closed'],
    asks: '/weather',
    answer: ['Tórshavn'],
  },
  {
    project: 'two-event-files',
    critical: ['database ready'],
    background: ['preview cache begun', 'preview cache warm'],
    shutdown: ['previews dropped', 'database closed'],
    asks: '/rooms',
    answer: ['Salle Noël'],
  },
];

const otherShapes: readonly Case[] = [
  {
    project: 'starlette-state',
    critical: ['pool ready'],
    background: ['chart cache begun', 'chart cache warm', 'metrics begun'],
    shutdown: ['pool closed', 'lifespan over'],
    asks: '/ships/Ida',
    answer: 'Ida lies in Ærøskøbing',
  },
  {
    project: 'app-factory',
    app: ['--factory', 'main:create_app'],
    critical: ['database at head'],
    background: ['translations begun: cs', 'translations loaded: cs', 'Translations are ready'],
    shutdown: [],
    asks: '/languages',
    answer: ['cs'],
  },
  {
    project: 'class-lifespan',
    critical: ['database ready'],
    background: ['inbox polled'],
    shutdown: ['inbox left alone', 'database closed'],
    asks: '/letters',
    answer: ['Łódź'],
  },
  {
    project: 'dangling-task',
    critical: ['database ready'],
    background: ['route cache begun', 'LookupError: no ferry goes to Åland today'],
    shutdown: ['prices no longer watched'],
    asks: '/ferries',
    answer: [],
  },
];

describe('several hooks of one app run nothing before the last critical step of the last hook', () => {
  test.each(severalHooks)('$project', liveThrough);
});

describe('hooks of another shape', () => {
  test.each(otherShapes)('$project', liveThrough);
});

/** Starts the rewritten server, waits for every background step, asks it something and ends it. */
async function liveThrough({ project, app = ['main:app'], critical, background, shutdown, asks, answer }: Case) {
  const server = await startServer(python(), app, rewrittenProject(project));
  for (const event of background) await server.says(event);
  expect(await server.get(asks)).toEqual(answer);
  server.signal('SIGTERM');
  await server.ended();
  const output = server.output();
  const first = [...critical, 'Uvicorn running on'];
  expect(inOrder(output, [...first, ...background]).slice(0, first.length)).toEqual(first);
  expect(inOrder(output, shutdown)).toEqual(shutdown);
  expect(output).toContain('Application shutdown complete.');
  expect(output).not.toMatch(/was never awaited|was destroyed but it is pending|never retrieved/);
}
