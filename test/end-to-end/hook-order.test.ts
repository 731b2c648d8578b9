import { describe, expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { inOrder, startServer } from './server.ts';
import { rewrittenProject } from './tool.ts';

interface Case {
  readonly project: string;
  readonly critical: readonly string[];
  readonly background: readonly string[];
  readonly shutdown: readonly string[];
}

const cases: readonly Case[] = [
  {
    project: 'nested-lifespans',
    critical: ['database ready'],
    background: ['price cache begun', 'price cache warm'],
    shutdown: ['database closed'],
  },
  {
    project: 'wrapped-lifespan',
    critical: ['database ready'],
    background: ['metrics begun'],
    shutdown: ['database closed'],
  },
  {
    project: 'router-lifespan',
    critical: ['database ready', 'bank ready'],
    background: ['tariff cache begun', 'metrics begun'],
    shutdown: ['bank closed', 'tariffs put away'],
  },
  {
    project: 'two-event-files',
    critical: ['database ready'],
    background: ['preview cache begun', 'preview cache warm'],
    shutdown: ['previews dropped', 'database closed'],
  },
];

describe.each(cases)('several hooks of one app: $project', ({ project, critical, background, shutdown }) => {
  test('runs nothing before the last critical step of the last hook', async () => {
    const server = await startServer(python(), 'main:app', rewrittenProject(project));
    for (const event of background) await server.says(event);
    server.signal('SIGTERM');
    await server.ended();
    const output = server.output();
    const first = [...critical, 'Uvicorn running on'];
    expect(inOrder(output, [...first, ...background]).slice(0, first.length)).toEqual(first);
    expect(inOrder(output, shutdown)).toEqual(shutdown);
    expect(output).toContain('Application shutdown complete.');
    expect(output).not.toMatch(/was never awaited|was destroyed but it is pending/);
  });
});
