import { describe, expect, it } from 'vitest';
import { analyse } from '../src/analyse.ts';
import { plan } from '../src/plan.ts';
import { reportOf } from '../src/report.ts';
import { transforms } from '../transforms/index.ts';
import { defaultConfig } from './default-config.ts';
import { memoryProject } from './memory-project.ts';

const thresholds = [
  { name: 'high_memory_mb', atLeast: 2000, reason: 'Loaded models take 1.2 GB: Größe ist normal.' },
  { name: 'highMemoryMb', atLeast: 2000 },
];

/** What one run makes of a file, and what it says of the thresholds in it. */
async function run(path: string, text: string) {
  const language = path.endsWith('.py') ? 'python' : 'typescript';
  const file = { path, text, bom: false, language };
  const analysis = await analyse([file], memoryProject({ [path]: text }), { ...defaultConfig, thresholds });
  const planned = plan(analysis, transforms, { unsafe: false });
  const report = reportOf(analysis, planned, analysis.errors);
  return {
    text: planned.files[0]?.after ?? text,
    states: report.files[0]?.thresholds?.map(({ state }) => state) ?? [],
  };
}

const COMMENT = '# Loaded models take 1.2 GB: Größe ist normal.\n';

describe('a number that is too low is raised', () => {
  it.each([
    ['a constant', 'high_memory_mb = 1000\n', `${COMMENT}high_memory_mb = 2000\n`],
    [
      'an entry of a dict',
      'limits = {\n    "high_memory_mb": 1_000,\n}\n',
      `limits = {\n    ${COMMENT}    "high_memory_mb": 2000,\n}\n`,
    ],
    [
      'a class attribute',
      'class Café:\n    high_memory_mb: float = 1000.0\n',
      `class Café:\n    ${COMMENT}    high_memory_mb: float = 2000.0\n`,
    ],
    [
      'a field',
      'class Café:\n    high_memory_mb: int = field(default=512)\n',
      `class Café:\n    ${COMMENT}    high_memory_mb: int = field(default=2000)\n`,
    ],
    [
      'a keyword argument',
      'watch(high_memory_mb=1000, name="é")\n',
      `${COMMENT}watch(high_memory_mb=2000, name="é")\n`,
    ],
    [
      'a default',
      'def watch(high_memory_mb: int = 1000):\n    pass\n',
      `${COMMENT}def watch(high_memory_mb: int = 2000):\n    pass\n`,
    ],
    ['an item', 'limits["high_memory_mb"] = 1000\n', `${COMMENT}limits["high_memory_mb"] = 2000\n`],
  ])('%s in Python', async (_, before, after) => {
    const first = await run('limits.py', before);
    expect(first).toEqual({ text: after, states: ['low'] });
    expect(await run('limits.py', first.text)).toEqual({ text: after, states: ['enough'] });
  });

  it.each([
    ['a constant', 'export const highMemoryMb = 1_000;\n', 'export const highMemoryMb = 2000;\n'],
    ['a property', "watch({ 'highMemoryMb': 1000, name: 'é' });\n", "watch({ 'highMemoryMb': 2000, name: 'é' });\n"],
    ['a field', 'class Café {\n  highMemoryMb = 1000;\n}\n', 'class Café {\n  highMemoryMb = 2000;\n}\n'],
    ['an assignment', 'limits.highMemoryMb = 1000;\n', 'limits.highMemoryMb = 2000;\n'],
    ['a default', 'function watch(highMemoryMb = 1000) {}\n', 'function watch(highMemoryMb = 2000) {}\n'],
  ])('%s in TypeScript', async (_, before, after) => {
    expect(await run('limits.ts', before)).toEqual({ text: after, states: ['low'] });
  });

  it('has its reason above it as a comment', async () => {
    const { text } = await run('limits.ts', 'const limits = {\n  high_memory_mb: 1000, // MB\n};\n');
    expect(text).toBe(
      'const limits = {\n  // Loaded models take 1.2 GB: Größe ist normal.\n  high_memory_mb: 2000, // MB\n};\n',
    );
  });
});

describe('a file stays as it is', () => {
  it.each([
    ['limits.py', 'high_memory_mb = 4000\n', ['enough']],
    ['limits.py', 'high_memory_mb = int(os.environ["HIGH_MEMORY_MB"])\n', ['computed']],
    ['limits.py', 'high_memory_mb = 1000 * 1024\n', ['computed']],
    ['limits.py', 'very_high_memory_mb = 1000\nmessage = "high_memory_mb = 1000"\n', []],
    ['limits.py', 'print(high_memory_mb, 1000)\nassert high_memory_mb == 1000\n', []],
    ['tests/test_limits.py', 'high_memory_mb = 1000\n', []],
    ['job.py', 'import asyncio\nhigh_memory_mb = 1000\nasyncio.run(main())\n', []],
    ['limits.ts', 'const highMemoryMb = Number(process.env.HIGH_MEMORY_MB);\n', ['computed']],
    ['limits.ts', 'const veryHighMemoryMb = 1000;\nconst text = `highMemoryMb = 1000`;\n', []],
    ['limits.ts', 'if (highMemoryMb === 1000) warn(highMemoryMb, 1000);\n', []],
    ['limits.test.ts', 'const highMemoryMb = 1000;\n', []],
  ])('%s: %j', async (path, text, states) => {
    expect(await run(path, text)).toEqual({ text, states });
  });
});
