import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BRANCH, committed, git, pr, repositoryOf } from '../cli/scratch-repository.ts';
import { linkPackages } from '../node-environment.ts';
import { python } from '../python-environment.ts';
import { compiled, startNodeServer } from './node-server.ts';
import { type Server, startServer } from './server.ts';
import { copyOfProject, temporaryFolder } from './tool.ts';

/** Every commit of the branch, checked out in a folder of its own, the first one first. */
function checkouts(folder: string): readonly string[] {
  const commits = git(folder, 'rev-list', '--reverse', `main..${BRANCH}`).split('\n');
  return commits.map((commit) => {
    const checkout = join(temporaryFolder(), 'project');
    git(folder, 'worktree', 'add', '--quiet', '--detach', checkout, commit);
    return checkout;
  });
}

function branched(folder: string, splitBy: string): readonly string[] {
  const run = pr(folder, ['--split-by', splitBy]);
  expect(run.status, run.stderr).toBe(0);
  return checkouts(folder);
}

/** The server opens its port, and ends when it is told to. */
async function expectToServe(server: Server, opens: string): Promise<void> {
  await server.says(opens);
  server.signal('SIGTERM');
  expect([0, 143, 'SIGTERM']).toContain(await server.ended());
}

describe('every commit of a pull request in Python', () => {
  test.each([
    ['demo', 'cafe.main:app', 'transform'],
    ['demo', 'cafe.main:app', 'hook'],
    ['startup-events', 'main:app', 'hook'],
    ['two-event-files', 'main:app', 'hook'],
    ['stop-needs-start', 'main:app', 'transform'],
  ])('%s (%s) by %s compiles and serves', async (project, app, splitBy) => {
    const folders = branched(repositoryOf(project), splitBy);
    expect(folders.length).toBeGreaterThan(0);
    for (const folder of folders) {
      const { status, stdout } = spawnSync(python(), ['-m', 'compileall', '-q', '.'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(status, stdout).toBe(0);
      await expectToServe(await startServer(python(), app, folder), 'Uvicorn running on');
    }
  });
});

describe('every commit of a pull request for Node', () => {
  const quick = { WARM_UP_SECONDS: '0.1', TRAINING_SECONDS: '0.1', RATES_URL: 'data:application/json,{"CHF":0.93}' };

  test.each([
    ['node-express', 'src/server.js', 'transform', {}],
    ['node-nestjs', 'dist/main.js', 'transform', {}],
    // Until its own commit comes, the poller that never returns keeps the port closed.
    ['node-nestjs', 'dist/main.js', 'hook', { INVOICES: 'off' }],
  ])('%s (%s) by %s compiles and serves', async (project, main, splitBy, env) => {
    const folders = branched(committed(copyOfProject(project)), splitBy);
    expect(folders.length).toBeGreaterThan(1);
    for (const folder of folders) {
      linkPackages(join(folder, '..'));
      await expectToServe(await startNodeServer(compiled(folder), main, { ...quick, ...env }), 'open for orders');
    }
  });
});
