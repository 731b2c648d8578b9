import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linkPackages, program } from '../node-environment.ts';
import { freePort, type Server, serverOn, start } from './server.ts';
import { copyOfProject, runTool } from './tool.ts';

/** A server in TypeScript or JavaScript under `fixtures/projects`, and what its package calls the program. */
export interface NodeProject {
  readonly name: string;
  readonly main: string;
}

/** A copy whose packages are found in the folder above it. */
export function copyOfNodeProject(name: string): string {
  const folder = copyOfProject(name);
  linkPackages(dirname(folder));
  return folder;
}

/** A copy that the tool has rewritten with `--write`, and that is compiled. */
export function rewrittenNodeProject(name: string, ...options: readonly string[]): string {
  const folder = copyOfNodeProject(name);
  const run = runTool(folder, '.', '--write', ...options);
  if (run.status !== 0) throw new Error(`--write ended with ${run.status}:\n${run.stdout}${run.stderr}`);
  return compiled(folder);
}

/** The folder, with what its TypeScript compiles to; the compiler has nothing to say about it. */
export function compiled(folder: string): string {
  const { status, output } = compile(folder);
  if (status !== 0) throw new Error(`tsc ended with ${status}:\n${output}`);
  return folder;
}

/** Compiles a project under its own configuration; one in JavaScript has none. */
export function compile(folder: string): Check {
  return existsSync(join(folder, 'tsconfig.json')) ? check(folder, program('typescript', 'bin/tsc')) : passed;
}

/** How a tool judges a project. */
export interface Check {
  readonly status: number | null;
  readonly output: string;
}

/** ESLint under the project's own configuration. */
export function lint(folder: string): Check {
  return check(folder, program('eslint', 'bin/eslint.js'), '.');
}

/** Whether Prettier, under the project's own configuration, leaves every file as it is. */
export function formatted(folder: string): Check {
  return check(folder, program('prettier', 'bin/prettier.cjs'), '--list-different', '.');
}

/** What a check gives that has nothing to say. */
export const passed: Check = { status: 0, output: '' };

function check(cwd: string, script: string, ...args: readonly string[]): Check {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** Starts the program of a project on free ports of this machine, one for its guests and one for its monitoring. */
export async function startNodeServer(folder: string, main: string, env: NodeJS.ProcessEnv = {}): Promise<Server> {
  const port = await freePort();
  const ports = { PORT: String(port), METRICS_PORT: String(await freePort()) };
  return serverOn(port, start(process.execPath, [main], folder, { ...ports, ...env }));
}
