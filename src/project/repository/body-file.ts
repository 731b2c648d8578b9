import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../core/index.ts';
import type { Repository } from './open.ts';

/**
 * Where the body of a pull request goes, absolute: a file that was named and does not exist yet, or one inside git's own folder,
 * where it is no change of the work tree.
 */
export function bodyFileFor({ gitFolder }: Repository, named: string | undefined): string {
  if (named === undefined) return join(gitFolder, 'startup-codemod', 'pull-request.md');
  const file = resolve(named);
  if (!existsSync(file)) return file;
  throw new UserError(`--body ${named}: the file exists already`, 'Name a new one: the body is written into it.');
}

/** Writes the body. Returns what takes it back. */
export function writeBodyFile(file: string, body: string): () => void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
  } catch (error) {
    throw new UserError(
      `${file}: the body could not be written (${(error as NodeJS.ErrnoException).code})`,
      'Nothing was changed. Name a file in a folder that can be written with --body.',
    );
  }
  return () => rmSync(file, { force: true });
}
