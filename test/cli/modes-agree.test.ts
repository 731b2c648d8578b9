import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, changesOf, reviewScan, scan } from '../../src/index.ts';
import { filesOf, runTool, temporaryFolder } from '../end-to-end/tool.ts';
import { fixtures, fixtureText } from '../review/review-of.ts';

/** Every fixture of the transforms in a folder of its own, as one project. */
function everyFixture(): string {
  const folder = temporaryFolder();
  for (const name of fixtures) {
    const file = join(folder, name.replace(/\.before\.\w+$/, '').replaceAll('.', '_'), `main${extname(name)}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, fixtureText(name));
  }
  return folder;
}

describe.each([{ options: [] }, { options: ['--unsafe'] }])('with $options', ({ options }) => {
  const [patched, written] = [everyFixture(), everyFixture()];

  it('--dry-run prints what --write writes, for every fixture, and --check agrees with both', () => {
    const dry = runTool(patched, '.', '--dry-run', '--quiet', '--output', 'startup.patch', ...options);
    expect(dry.status, dry.stderr).toBe(0);
    expect(runTool(patched, '.', '--check', '--quiet', ...options).status).toBe(1);
    execFileSync('git', ['apply', 'startup.patch'], { cwd: patched });
    expect(runTool(written, '.', '--write', '--quiet', ...options).status).toBe(0);
    const files = new Map(filesOf(patched));
    files.delete('startup.patch');
    expect(filesOf(written)).toEqual(files);
    expect(filesOf(written).size).toBeGreaterThan(fixtures.length);
    expect(runTool(written, '.', '--check', '--quiet', ...options).status).toBe(0);
  });
});

it('a review that says yes to all that is proposed writes what --write --unsafe writes', async () => {
  const [reviewed, written] = [everyFixture(), everyFixture()];
  runTool(written, '.', '--write', '--unsafe', '--quiet');
  const review = reviewScan(await scan({ paths: [reviewed] }));
  const proposed = review.items(new Map()).filter(({ about }) => about.kind !== 'undecided');
  const { plan, errors } = await review.plan(
    new Map<string, Answer>(proposed.map(({ key }) => [key, { says: 'yes' }])),
  );
  expect(errors).toEqual([]);
  for (const { path, after = '' } of changesOf(plan)) {
    mkdirSync(dirname(join(reviewed, path)), { recursive: true });
    writeFileSync(join(reviewed, path), after);
  }
  expect(filesOf(reviewed)).toEqual(filesOf(written));
  expect(readFileSync(join(written, changesOf(plan)[0]?.path ?? ''), 'utf8')).toBe(changesOf(plan)[0]?.after);
});
