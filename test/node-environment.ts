import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const manifests = ['package.json', 'package-lock.json'].map((name) => resolve('test/node-packages', name));
const cache = resolve('.cache/node');

const environment = await findOrMakeEnvironment();

/**
 * The folder with what `test/node-packages` names, made by the first import and kept under `.cache`.
 * Nothing in it was built or run at the installation: no package needs that.
 */
export function nodeModules(): string {
  return join(environment, 'node_modules');
}

/** A tool of a package: `program('typescript', 'bin/tsc')` is to be run by Node. */
export function program(packageName: string, path: string): string {
  return join(nodeModules(), packageName, path);
}

/** Lets the projects that stand in a folder find the packages, as those of a workspace find them above them. */
export function linkPackages(folder: string): void {
  symlinkSync(nodeModules(), join(folder, 'node_modules'), 'junction');
}

async function findOrMakeEnvironment(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const path of manifests) hash.update(readFileSync(path));
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  if (!existsSync(folder)) await makeEnvironment(folder);
  return folder;
}

/** Whole or not at all: two test workers may do it at once, and the one that is ready first gives the folder its name. */
async function makeEnvironment(folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  try {
    for (const path of manifests) copyFileSync(path, join(unfinished, basename(path)));
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: unfinished,
      shell: process.platform === 'win32',
    });
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 });
  }
}
