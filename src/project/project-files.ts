import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFiles } from '../core/index.ts';
import { hasSkippedFolder } from './ignored.ts';
import { listFiles } from './list.ts';
import { readText } from './read.ts';
import { isInside } from './root.ts';

/** Read-only access to the files below a root. Every file is read once; the listing is made when it is first asked for. */
export function projectFiles(root: string): ProjectFiles {
  const texts = new Map<string, string | undefined>();
  const found = new Map<string, readonly string[]>();
  let listing: readonly string[] | undefined;
  const read = (path: string) => {
    if (!texts.has(path)) texts.set(path, isOwn(root, path) ? readText(root, path) : undefined);
    return texts.get(path);
  };
  const paths = (extension: string) => {
    listing ??= listFiles(root, '');
    return listing.filter((path) => path.endsWith(extension));
  };
  return {
    read,
    has: (path) => (texts.has(path) ? texts.get(path) !== undefined : isOwn(root, path)),
    paths,
    containing: (word, extension) => {
      const key = `${extension}\n${word}`;
      const before = found.get(key);
      if (before) return before;
      const matches = paths(extension).filter((path) => read(path)?.includes(word));
      found.set(key, matches);
      return matches;
    },
  };
}

/** A file below the root, also once links are resolved, and in no folder of other people's code. */
function isOwn(root: string, path: string): boolean {
  const file = join(root, path);
  if (!isInside(file, root) || hasSkippedFolder(path) || !existsSync(file)) return false;
  try {
    return isInside(realpathSync(file), root);
  } catch {
    return false;
  }
}
