import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../src/analyse.ts';
import type { SourceFile, Transform } from '../src/core/index.ts';
import { plan } from '../src/plan.ts';
import { transforms } from '../transforms/index.ts';
import { defaultConfig } from './default-config.ts';
import { memoryProject } from './memory-project.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/transforms');

/** The configuration of every case: thresholds do nothing in those that do not name them. */
const config = {
  ...defaultConfig,
  thresholds: [{ name: 'high_memory_mb', atLeast: 2000, reason: 'Loaded models take 1.2 GB in normal operation.' }],
};

/** `together` runs every transform that need not be asked for, the other folders the one that they are named after. */
const paths = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(before|after)\.\w+$/.test(path))
  .sort();
const cases = paths.filter((path) => /\.before\.\w+$/.test(path));
const changing = cases.filter((name) => !isSkipped(name));
const skipped = cases.filter(isSkipped);

describe.each(changing)('%s', (name) => {
  const before = read(name);
  const after = join(FIXTURES, afterOf(name));

  it('becomes what stands in its .after file, and stays so', async () => {
    const result = await rewrite(before, name);
    expect(result).not.toBe(before);
    await expect(result).toMatchFileSnapshot(after);
    expect(await rewrite(result, name)).toBe(result);
  });

  it.each([
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['tabs', withTabs],
    ['no final newline', (text: string) => text.replace(/\n$/, '')],
  ])('keeps %s', async (_style, restyle) => {
    expect(await rewrite(restyle(before), name)).toBe(restyle(await rewrite(before, name)));
  });
});

describe.skipIf(skipped.length === 0).each(skipped)('%s', (name) => {
  it('is left as it is', async () => {
    const before = read(name);
    expect(await rewrite(before, name)).toBe(before);
    expect(existsSync(join(FIXTURES, afterOf(name)))).toBe(false);
  });
});

describe('the fixtures', () => {
  it('have a .before for every .after', () => {
    const orphans = paths.filter(
      (path) => /\.after\.\w+$/.test(path) && !cases.includes(path.replace('.after.', '.before.')),
    );
    expect(orphans).toEqual([]);
  });

  it('have changing and unchanged cases for every transform', () => {
    const lacking = transforms.filter(
      ({ id }) => ![changing, skipped].every((names) => names.some((name) => name.startsWith(`${id}/`))),
    );
    expect(lacking.map(({ id }) => id)).toEqual([]);
  });

  it('compile', () => {
    const program =
      'import json, sys\nfor path, text in json.load(sys.stdin).items():\n    compile(text, path, "exec", dont_inherit=True)';
    const texts = Object.fromEntries(paths.filter(isPython).map((path) => [path, read(path)]));
    execFileSync('python3', ['-c', program], { input: JSON.stringify(texts) });
  });
});

describe('ruff', () => {
  it('finds nothing in a rewritten file that it did not find before', async () => {
    const pairs = changing.filter((name) => isPython(name) && existsSync(join(FIXTURES, afterOf(name))));
    const before = await findings(pairs.map((name) => [name, read(name)]));
    const after = await findings(pairs.map((name) => [name, read(afterOf(name))]));
    expect(after.filter((finding) => !before.includes(finding))).toEqual([]);
  });
});

/** `case: rule number`, so that a second finding of a rule counts as a new one. */
async function findings(files: readonly (readonly [name: string, text: string])[]): Promise<readonly string[]> {
  const { python } = await import('./python-environment.ts');
  const folder = mkdtempSync(join(tmpdir(), 'startup-codemod-'));
  const fileNames = new Map(files.map(([name], index) => [`case_${index}.py`, name]));
  for (const [index, [, text]] of files.entries()) writeFileSync(join(folder, `case_${index}.py`), text);
  writeFileSync(join(folder, 'startup_tasks.py'), '');
  const rules = 'E,F,B,I,UP,ASYNC,RUF006';
  const options = ['-m', 'ruff', 'check', '--isolated', '--exit-zero', '--output-format=json', '--select', rules, '.'];
  const output: unknown = JSON.parse(execFileSync(python(), options, { cwd: folder, encoding: 'utf8' }));
  rmSync(folder, { recursive: true });
  const counts = new Map<string, number>();
  return (output as readonly { readonly code: string; readonly filename: string }[]).map(({ code, filename }) => {
    const key = `${fileNames.get(basename(filename))}: ${code}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return `${key} ${counts.get(key)}`;
  });
}

/** The text after one run over a project that holds nothing else. */
async function rewrite(text: string, name: string): Promise<string> {
  const path = `main${extname(name)}`;
  const file: SourceFile = { path, text, bom: false, language: isPython(name) ? 'python' : 'typescript' };
  const analysis = await analyse([file], memoryProject({ [path]: text }), {
    ...config,
    transforms: [name.split('/')[0] ?? ''],
  });
  const result = plan(analysis, transformsOf(name), { unsafe: name.includes('/unsafe-') });
  expect(analysis.errors).toEqual([]);
  expect(result.setAside).toEqual([]);
  return result.files[0]?.after ?? text;
}

function transformsOf(name: string): readonly Transform[] {
  const folder = name.split('/')[0];
  if (folder === 'together') return transforms.filter(({ onRequest }) => !onRequest);
  const own = transforms.find(({ id }) => id === folder);
  if (own?.onRequest) return [own];
  return transforms.flatMap((transform) => {
    if (transform.id === folder) return [transform];
    // The others speak of moves only in a run that moves: here the moves are made, and not written.
    return transform.movesSteps ? [{ ...transform, rewrite: () => [] }] : [];
  });
}

function isSkipped(name: string): boolean {
  return name.includes('/skip-');
}

function isPython(name: string): boolean {
  return name.endsWith('.py');
}

function afterOf(name: string): string {
  return name.replace('.before.', '.after.');
}

function withTabs(text: string): string {
  const unit = /^ {2}(?! {2})\S/m.test(text) ? 2 : 4;
  return text.replace(new RegExp(`^(?: {${unit}})+`, 'gm'), (indent) => '\t'.repeat(indent.length / unit));
}

function read(path: string): string {
  return readFileSync(join(FIXTURES, path), 'utf8');
}
