import { beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../src/analyse.ts';
import type { Config, SourceFile } from '../src/core/index.ts';
import { plan } from '../src/plan.ts';
import { reportOf } from '../src/report.ts';
import { transforms } from '../transforms/index.ts';
import { defaultConfig } from './default-config.ts';
import { memoryProject } from './memory-project.ts';

const MAIN = `import logging
from contextlib import asynccontextmanager

from fastapi import FastAPI

logger = logging.getLogger(__name__)


async def connect_db() -> None:
    raise OSError("keine Verbindung")


async def warm_photo_cache() -> None:
    logger.info("warm")


@asynccontextmanager
async def lifespan(app: FastAPI):
    await connect_db()
    await warm_photo_cache()
    yield


app = FastAPI(lifespan=lifespan)
`;

function analysed(config: Partial<Config> = {}, text = MAIN) {
  const file: SourceFile = { path: 'main.py', text, bom: false, language: 'python' };
  return analyse([file], memoryProject({ 'main.py': text }), { ...defaultConfig, ...config });
}

async function rewritten(config: Partial<Config> = {}, text = MAIN): Promise<string> {
  return plan(await analysed(config, text), transforms, { unsafe: false }).files[0]?.after ?? text;
}

beforeAll(() => analysed());

describe('plan', () => {
  it('writes the concurrency of the configuration into the hook', async () => {
    const options = { ...defaultConfig.options, concurrency: 3 };
    expect(await rewritten({ options })).toContain('StartupTasks(logger, concurrency=3)');
    expect(await rewritten()).toContain('StartupTasks(logger)\n');
  });

  it('follows a rule of the configuration, with its reason as the comment', async () => {
    const reason = 'the first page shows photos.';
    const rules = [{ callee: 'warm_*', decision: 'critical' as const, reason }];
    expect(await rewritten({ rules })).toBe(MAIN);
    const all = { ...defaultConfig.options, touch: 'all' as const };
    expect(await rewritten({ rules, options: all })).toContain(
      `# Blocks startup: ${reason}\n    await warm_photo_cache()`,
    );
  });

  it('puts a directive before a rule', async () => {
    const text = MAIN.replace('    await warm', '    # startup-codemod: critical\n    await warm');
    const rules = [{ category: 'prefetch' as const, decision: 'background' as const }];
    expect(await rewritten({ rules }, text)).toBe(text);
  });

  it('speaks of no move in a run that makes none', async () => {
    const others = transforms.filter((transform) => !transform.movesSteps);
    expect(plan(await analysed(), others, { unsafe: false }).files).toEqual([]);
  });

  it('leaves a file out that may not be written, with everything that hangs on it', async () => {
    const result = plan(await analysed(), transforms, { unsafe: false, except: new Set(['main.py']) });
    expect([result.files, result.creates]).toEqual([[], []]);
  });
});

describe('reportOf', () => {
  it('has the decision of every call, signed evidence and the counts', async () => {
    const analysis = await analysed();
    const report = reportOf(analysis, plan(analysis, transforms, { unsafe: false }), []);
    const calls = report.files[0]?.hooks?.[0]?.calls ?? [];
    expect(calls.map(({ callee, decision }) => [callee, decision])).toEqual([
      ['connect_db', 'critical'],
      ['warm_photo_cache', 'background'],
    ]);
    expect(calls.map(({ evidence }) => Math.sign(evidence[0]?.weight ?? 0))).toEqual([-1, 1]);
    expect(report.summary).toEqual({ files: 1, hooks: 1, critical: 1, background: 1, undecided: 0 });
  });

  it('calls a move that cannot be written advice', async () => {
    const analysis = await analysed(
      {},
      MAIN.replace('    await warm_photo_cache()\n', '    await warm_photo_cache(); pass\n'),
    );
    const result = plan(analysis, transforms, { unsafe: false });
    const call = reportOf(analysis, result, []).files[0]?.hooks?.[0]?.calls[1];
    expect(result.files).toEqual([]);
    expect(call).toMatchObject({ callee: 'warm_photo_cache', applicability: 'display-only' });
  });

  it('lists a wrapper beside the call inside, and counts it once', async () => {
    const text = MAIN.replace('import logging', 'import asyncio\nimport logging').replace(
      'await warm_photo_cache()',
      'await asyncio.wait_for(warm_photo_cache(), 5)',
    );
    const analysis = await analysed({}, text);
    const report = reportOf(analysis, plan(analysis, transforms, { unsafe: false }), []);
    expect(report.files[0]?.hooks?.[0]?.calls.map(({ callee, wraps }) => [callee, wraps])).toEqual([
      ['connect_db', undefined],
      ['warm_photo_cache', undefined],
      ['asyncio.wait_for', 'warm_photo_cache'],
    ]);
    expect(report.summary.background).toBe(1);
  });
});
