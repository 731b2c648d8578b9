import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = resolve('.cache/node');

/**
 * The `node_modules` with what the manifest in a folder of `test` names, made the first time and kept under `.cache`.
 * Nothing in it was built or run at the installation: no package needs that.
 */
export async function installed(packages: 'node-packages' | 'report-packages'): Promise<string> {
  const manifests = ['package.json', 'package-lock.json'].map((name) => resolve('test', packages, name));
  const hash = createHash('sha256').update(process.version);
  for (const path of manifests) hash.update(readFileSync(path));
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  if (!existsSync(folder)) await install(manifests, folder);
  return join(folder, 'node_modules');
}

/** Whole or not at all: two test workers may do it at once, and the one that is ready first gives the folder its name. */
async function install(manifests: readonly string[], folder: string): Promise<void> {
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
