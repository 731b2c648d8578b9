import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const requirements = resolve('test/requirements.txt');
const cache = resolve('.cache/python');

/** Versions that the runtime helper supports; what is newer than today's is tried when it is there. */
const minors = [9, 10, 11, 12, 13, 14, 15];

/** The oldest version that the pinned FastAPI runs on. */
const oldestForPackages = 10;

/** A Python of this machine. */
export interface Interpreter {
  readonly path: string;
  readonly minor: number;
}

const found = await findInterpreters();
const environment = await findOrMakeEnvironment();

/**
 * The Python of a virtual environment with `test/requirements.txt`, made by the first import and kept under `.cache`.
 * Its tools are run as modules: `python -m ruff`, `python -m mypy`, `python -m uvicorn`.
 */
export function python(): string {
  return environment;
}

/** One Python of each version from 3.9 on that is on the PATH or in pyenv, the oldest first. */
export function interpreters(): readonly Interpreter[] {
  return found;
}

async function findOrMakeEnvironment(): Promise<string> {
  const base = await baseInterpreter();
  const key = createHash('sha256').update(readFileSync(requirements)).update(base.path).digest('hex').slice(0, 16);
  const folder = join(cache, key);
  if (!existsSync(folder)) await makeEnvironment(base, folder);
  return pythonIn(folder);
}

/** Whole or not at all: two test workers may do it at once, and the one that is ready first gives the folder its name. */
async function makeEnvironment(base: Interpreter, folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  try {
    await run(base.path, ['-m', 'venv', unfinished]).catch((error) => {
      throw new Error(`${base.path} cannot make a virtual environment; on Debian, install python3-venv.\n${error}`);
    });
    await run(pythonIn(unfinished), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 });
  }
}

function pythonIn(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** What a user means by `python3`, or else the newest that is new enough. */
async function baseInterpreter(): Promise<Interpreter> {
  const usual = await Promise.all(['python3', 'python'].map((command) => probe(command)));
  const known = [...usual, ...found.toReversed()];
  const base = known.find((interpreter) => interpreter !== undefined && interpreter.minor >= oldestForPackages);
  if (!base) throw new Error(`These tests need Python 3.${oldestForPackages} or newer as python3 on the PATH.`);
  return base;
}

async function findInterpreters(): Promise<readonly Interpreter[]> {
  const probed = await Promise.all([...minors.map(ofVersion), probe('python3'), probe('python')]);
  const supported = probed.filter((interpreter) => interpreter !== undefined).filter(({ minor }) => minor >= 9);
  const byMinor = new Map(supported.map((interpreter) => [interpreter.minor, interpreter] as const));
  return [...byMinor.values()].sort((a, b) => a.minor - b.minor);
}

async function ofVersion(minor: number): Promise<Interpreter | undefined> {
  const onPath = await (process.platform === 'win32' ? probe('py', `-3.${minor}`) : probe(`python3.${minor}`));
  if (onPath) return onPath;
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(versions) ? readdirSync(versions) : [];
  const version = installed.find((name) => name.startsWith(`3.${minor}.`));
  return version === undefined ? undefined : probe(join(versions, version, 'bin', 'python'));
}

/** A pyenv shim may stand on the PATH for a version that is switched off: only what runs counts. */
async function probe(command: string, ...options: readonly string[]): Promise<Interpreter | undefined> {
  const code = 'import sys; print(sys.version_info[0], sys.version_info[1], sys.executable)';
  try {
    const { stdout } = await run(command, [...options, '-c', code]);
    const [, major, minor, path] = /^(\d+) (\d+) (.+?)\s*$/.exec(stdout) ?? [];
    return path !== undefined && major === '3' ? { path, minor: Number(minor) } : undefined;
  } catch {
    return undefined;
  }
}
