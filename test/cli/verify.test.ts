import { expect, test } from 'vitest';
import { copyOfProject, runTool, temporaryFolder } from '../end-to-end/tool.ts';

test.each(['demo', 'node-express'])(
  'verify fails on %s as it is, and passes on what --write makes of it',
  (project) => {
    const folder = copyOfProject(project);
    const before = runTool(folder, 'verify');
    expect(before.status).toBe(1);
    expect(before.stdout).toMatch(
      /^FAILED {8} +Nothing that can wait is awaited before the server listens\n +\S+:\d+ {2}\w/m,
    );
    expect(runTool(folder, '.', '--write').status).toBe(0);
    const after = runTool(folder, 'verify', '.');
    expect(after.stdout).not.toContain('FAILED');
    expect(after.status, after.stdout).toBe(0);
  },
);

test('verify prints the same points as JSON', () => {
  const { status, stdout } = runTool(copyOfProject('demo'), 'verify', '--format', 'json');
  const { version, points } = JSON.parse(stdout);
  expect([status, version, points.length]).toEqual([1, 1, 10]);
  expect(points[0].places[0]).toEqual({ path: 'cafe/main.py', line: 28, what: 'start_cleanup_service can wait' });
});

test('verify has nothing to fail in an empty folder', () => {
  const { status, stdout } = runTool(temporaryFolder(), 'verify');
  expect(status).toBe(0);
  expect(stdout.match(/^not applicable/gm)).toHaveLength(10);
});

test('verify refuses what it would not do', () => {
  const { status, stderr } = runTool(temporaryFolder(), '--write', 'verify');
  expect(status).toBe(2);
  expect(stderr).toContain('--write does not go with verify');
});
