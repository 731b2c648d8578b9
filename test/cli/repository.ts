import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyOfProject, temporaryFolder } from '../end-to-end/tool.ts';

/** Runs git with settings of its own, and returns what it prints. */
export function git(cwd: string, ...args: readonly string[]): string {
  const own = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'core.autocrlf=false'];
  return execFileSync('git', [...own, ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A copy of a project from `fixtures/projects` in a repository with one commit on `main`. */
export function repositoryOf(project: string): string {
  return committed(copyOfProject(project));
}

/** A repository with these files in one commit on `main`. */
export function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  put(folder, files);
  return committed(folder);
}

/** Writes files of a folder. */
export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function committed(folder: string): string {
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'Open the shop');
  return folder;
}
