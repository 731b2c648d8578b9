import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  changesOf,
  type FileChange,
  type PlannedCommit,
  planRewrites,
  type Scan,
  type SplitBy,
  scan,
  splitPlan,
} from '../src/index.ts';
import { copyOfProject, nodeProjectNames, projectNames } from './end-to-end/tool.ts';

const splits: readonly SplitBy[] = ['transform', 'hook', 'owner', 'none'];
/** Every folder belongs to somebody else, some to nobody. */
const ownersOf = (path: string) => (dirname(path) === '.' ? '' : `@${dirname(path)}`);

async function planned(project: string, unsafe = true) {
  const found = await scan({ paths: [copyOfProject(project)] });
  return { found, verified: await planRewrites(found, { unsafe }), unsafe };
}

function split({ found, verified, unsafe }: Awaited<ReturnType<typeof planned>>, splitBy: SplitBy) {
  return splitPlan(found, verified, { splitBy, unsafe, ownersOf });
}

/** The texts after each commit; every commit must begin where the one before it ended. */
function statesAfter(commits: readonly PlannedCommit[]): readonly ReadonlyMap<string, FileChange>[] {
  const state = new Map<string, FileChange>();
  return commits.map(({ changes }) => {
    for (const change of changes) {
      const earlier = state.get(change.path);
      if (earlier) expect(change.before).toBe(earlier.after);
      state.set(change.path, { ...change, ...(earlier ? { before: earlier.before } : {}) } as FileChange);
    }
    return new Map(state);
  });
}

function expectSound(found: Scan, state: ReadonlyMap<string, FileChange>): void {
  for (const { language, facts } of found.analysis.languages) {
    for (const { file } of facts.files) {
      const after = state.get(file.path)?.after;
      if (after === undefined) continue;
      const whole = [{ start: 0, end: file.text.length }];
      expect(language.verify(file, after.replace(/^\ufeff/, ''), whole), file.path).toEqual([]);
    }
  }
}

describe('a plan in commits', () => {
  it.each([...projectNames, ...nodeProjectNames])(
    '%s ends with the text of the plan, through texts that parse',
    async (project) => {
      const plan = await planned(project);
      const byPath = (a: FileChange, b: FileChange) => (a.path < b.path ? -1 : 1);
      const whole = [...changesOf(plan.verified.plan)].sort(byPath);
      const titles = new Set(plan.verified.plan.rewrites.map(({ title }) => title));
      for (const splitBy of splits) {
        const commits = split(plan, splitBy);
        const states = statesAfter(commits);
        const last = [...(states.at(-1)?.values() ?? [])].filter(({ before, after }) => before !== after);
        expect(last.sort(byPath), splitBy).toEqual(whole);
        for (const state of states) expectSound(plan.found, state);
        for (const { changes } of commits) expect(changes.length).toBeGreaterThan(0);
        expect(new Set(commits.flatMap(({ rewrites }) => rewrites.map(({ title }) => title)))).toEqual(titles);
      }
    },
  );

  it('by transform stands in the order of the transforms, without those that do nothing', async () => {
    const commits = split(await planned('demo'), 'transform');
    expect(commits.map(({ groups }) => groups)).toEqual([
      ['run-in-background'],
      ['guard-shutdown-steps'],
      ['explain-decisions'],
      ['remove-temporary-remarks'],
    ]);
    const [first] = commits;
    expect(first?.changes.map(({ path }) => path)).toEqual(['cafe/startup_tasks.py', 'cafe/main.py']);
    expect(first?.changes[1]?.after).toContain('startup_tasks.start(prefetch_exchange_rates)');
    expect(first?.changes[1]?.after).not.toContain('# Background:');
  });

  it('by hook makes the helper once, where it is first needed', async () => {
    const plan = await planned('node-nestjs');
    const commits = split(plan, 'hook');
    expect(commits.length).toBeGreaterThan(2);
    const helper = commits.map(({ changes }) => changes.some(({ before }) => before === undefined));
    expect(helper).toEqual(commits.map((_, index) => index === 0));
  });

  it('by owner has a commit for each, of the files of its hooks', async () => {
    const plan = await planned('layout-deployables');
    const commits = split(plan, 'owner');
    expect(commits.map(({ groups }) => groups)).toEqual(
      [...new Set(plan.verified.plan.files.map(({ file }) => ownersOf(file.path)))].map((owner) => [owner]),
    );
    expect(commits.length).toBeGreaterThan(1);
  });

  it('leaves unsafe moves out where the plan does', async () => {
    const moves = (commits: readonly PlannedCommit[]) =>
      commits.flatMap(({ rewrites }) => rewrites.flatMap((rewrite) => rewrite.moves ?? []));
    const safe = split(await planned('blocking-step', false), 'hook');
    const all = split(await planned('blocking-step', true), 'hook');
    expect(moves(all).length).toBeGreaterThan(moves(safe).length);
  });

  it('is none where nothing changes', async () => {
    const found = await scan({ paths: [join(copyOfProject('demo'), 'cafe/rates.py')] });
    const verified = await planRewrites(found, { unsafe: true });
    expect(split({ found, verified, unsafe: true }, 'transform')).toEqual([]);
  });
});
