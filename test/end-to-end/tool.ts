import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { runWarm } from './warm-tool.ts';

/** The built tool, to be run by Node. */
export const entry = resolve('dist/src/cli/main.js');
const projects = resolve('fixtures/projects');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** What a run of the tool has left behind. */
export interface ToolRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built tool in a folder, away from any terminal; in a process that the runs of a test file share, where there are named pipes. */
export function runTool(cwd: string, ...args: readonly string[]): ToolRun {
  if (process.platform !== 'win32') return runWarm(cwd, args);
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const isOfNode = (name: string) => name.startsWith('node-');

/** Names of the Python projects under `fixtures/projects`. */
export const projectNames: readonly string[] = readdirSync(projects)
  .filter((name) => !isOfNode(name))
  .sort();

/** Names of the servers in TypeScript and JavaScript under `fixtures/projects`. */
export const nodeProjectNames: readonly string[] = readdirSync(projects).filter(isOfNode).sort();

/** An empty folder outside the repository that is removed when the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'startup-codemod-')));
  folders.push(folder);
  return folder;
}

/** A copy of a project from `fixtures/projects`, outside any git repository. */
export function copyOfProject(name: string): string {
  const folder = join(temporaryFolder(), 'project');
  mkdirSync(folder);
  cpSync(join(projects, name), folder, { recursive: true, filter: (path) => !path.includes('__pycache__') });
  return folder;
}

/** A copy that the tool has rewritten with `--write`, its output checked. */
export function rewrittenProject(name: string, ...options: readonly string[]): string {
  const folder = copyOfProject(name);
  const run = runTool(folder, '.', '--write', ...options);
  if (run.status !== 0) throw new Error(`--write ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  return folder;
}

/** Every file of a project by its path with `/`, as bytes in latin1 so that nothing is lost; the undo patch is none. */
export function filesOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((found) => found.isFile());
  const paths = entries.map((found) => join(found.parentPath, found.name)).sort();
  return new Map(
    paths
      .map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'latin1')] as const)
      .filter(([path]) => !path.startsWith('.startup-codemod/')),
  );
}
