import { describe, expect, it } from 'vitest';
import { analyse } from '../src/analyse.ts';
import { checklistOf } from '../src/checklist.ts';
import type { Config } from '../src/core/index.ts';
import { plan } from '../src/plan.ts';
import { transforms } from '../transforms/index.ts';
import { defaultConfig } from './default-config.ts';
import { memoryProject } from './memory-project.ts';

/** The points of a project, by their statements. */
async function pointsOf(files: Readonly<Record<string, string>>, config: Partial<Config> = {}) {
  const candidates = Object.entries(files).map(([path, text]) => ({ path, text, bom: false, language: 'python' }));
  const analysis = await analyse(candidates, memoryProject(files), { ...defaultConfig, ...config });
  const points = checklistOf(analysis, plan(analysis, transforms, { unsafe: false }));
  return new Map(
    points.map(({ statement, state, places }) => [statement, { state, lines: places.map(({ line }) => line) }]),
  );
}

const hook = (...body: readonly string[]) => `import asyncio
from contextlib import asynccontextmanager

from fastapi import FastAPI

from café import close_db, connect_database, warm_menu_cache


@asynccontextmanager
async def lifespan(app: FastAPI):
${body.map((line) => `    ${line}\n`).join('')}

app = FastAPI(lifespan=lifespan)
`;

describe('the checklist', () => {
  it.each([
    [
      'Nothing that can wait is awaited before the server listens',
      ['await warm_menu_cache()  # startup-codemod: background', 'yield'],
      'failed',
      [11],
    ],
    [
      'Nothing that can wait is awaited before the server listens',
      ['await warm_menu_cache()  # startup-codemod: critical', 'yield'],
      'passed',
      [],
    ],
    ['Every background task is tracked', ['asyncio.create_task(warm_menu_cache())', 'yield'], 'failed', [11]],
    [
      'Every background task is tracked',
      ['task = asyncio.create_task(warm_menu_cache())', 'yield', 'task.cancel()'],
      'passed',
      [],
    ],
    ['Critical services still block startup', ['asyncio.create_task(connect_database())', 'yield'], 'failed', [11]],
    ['Critical services still block startup', ['await connect_database()', 'yield'], 'passed', []],
    ['No temporary comments', ['await connect_database()', '# TODO: temporarily disabled', 'yield'], 'failed', [12]],
    ['No temporary comments', ['await connect_database()', '# the menu is read later', 'yield'], 'passed', []],
  ] as const)('%s: %j is %s', async (statement, body, state, lines) => {
    const points = await pointsOf({ 'main.py': hook(...body) });
    expect(points.get(statement)).toEqual({ state, lines });
  });

  it('asks for no comment and no guard in a hook in which nothing moves', async () => {
    const points = await pointsOf({ 'main.py': hook('await connect_database()', 'yield', 'await close_db()') });
    expect(points.get('Every decision says its reason')?.state).toBe('passed');
    expect(points.get('Shutdown steps are guarded one by one')?.state).toBe('passed');
  });

  it('fails for what never returns', async () => {
    const poll = 'import asyncio\n\n\nasync def poll_ovens():\n    while True:\n        await asyncio.sleep(1)\n';
    const text = hook('await poll_ovens()', 'yield').replace('from café', 'from ovens import poll_ovens\nfrom café');
    const points = await pointsOf({ 'main.py': text, 'ovens.py': poll });
    expect(points.get('The server listens within seconds')).toEqual({ state: 'failed', lines: [12] });
  });

  it('knows thresholds that are too low, and scripts', async () => {
    const files = { 'limits.py': 'high_memory_mb = 1000\n', 'job.py': 'import asyncio\n\nasyncio.run(main())\n' };
    const rule = { name: 'high_memory_mb', atLeast: 2000 };
    const low = await pointsOf(files, { thresholds: [rule] });
    expect(low.get('Thresholds fit the application')).toEqual({ state: 'failed', lines: [1] });
    const enough = await pointsOf(files, { thresholds: [{ ...rule, atLeast: 500 }] });
    expect(enough.get('Thresholds fit the application')?.state).toBe('passed');
    expect(enough.get('Standalone scripts are unchanged')?.state).toBe('passed');
  });

  it('does not apply where there is no server', async () => {
    const points = await pointsOf({ 'tools.py': 'def lifespan():\n    return "été"\n' });
    expect([...new Set([...points.values()].map(({ state }) => state))]).toEqual(['not applicable']);
    expect(points.size).toBe(10);
  });
});
