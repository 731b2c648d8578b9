import type { ProjectFiles } from '../src/core/index.ts';

/** A project whose files are the entries of an object: `{ 'app/main.py': 'import asyncio\n' }`. */
export function memoryProject(files: Readonly<Record<string, string>>): ProjectFiles {
  const all = Object.keys(files).sort();
  const paths = (extension: string) => all.filter((path) => path.endsWith(extension));
  return {
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    has: (path) => Object.hasOwn(files, path),
    paths,
    containing: (word, extension) => paths(extension).filter((path) => files[path]?.includes(word)),
  };
}
