import { join } from 'node:path';
import type { FileError, ProjectFiles, SourceFile } from '../core/index.ts';
import { listFiles } from './list.ts';
import { compilePathGlob } from './path-glob.ts';
import { projectFiles } from './project-files.ts';
import { type LeftAlone, type ReadFile, readCandidate } from './read.ts';
import { findRoots, isInside, type Target } from './root.ts';

export interface Selection {
  /** Globs over paths relative to the root; empty for all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** A language as far as finding its files goes. */
export interface Searched {
  readonly id: string;
  readonly extensions: readonly string[];
  /** A file without any of these words has nothing to find. */
  readonly anchors: readonly string[];
}

export interface Candidates {
  readonly files: readonly SourceFile[];
  readonly leftAlone: readonly LeftAlone[];
  /** Files that the user named and that cannot be looked at. */
  readonly errors: readonly FileError[];
  /** SHA-256 of every candidate as it was read, by path. */
  readonly hashes: ReadonlyMap<string, string>;
}

export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly files: ProjectFiles;
  /** Whether a path, there or not, is one of the paths or below it. */
  covers(path: string): boolean;
  /** Why a run over the whole project passes a file over, whatever stands in it; `undefined`: it does not. */
  passedOver(path: string): string | undefined;
  candidates(languages: readonly Searched[]): Candidates;
}

/** The files at or below the paths. Nothing is read before it is asked for. */
export function openProject(paths: readonly string[], selection: Selection): Project {
  const { root, targets } = findRoots(paths);
  return {
    root,
    files: projectFiles(root),
    covers: (path) => targets.some((target) => isInside(join(root, path), join(root, target.path))),
    passedOver: (path) => {
      if (!listFiles(root, '').includes(path)) return 'git ignores it, or it stands in a folder of other people’s code';
      return selector(selection)(path) ? undefined : '`include` and `exclude` leave it out';
    },
    candidates: (languages) => candidatesOf(root, targets, selection, languages),
  };
}

function candidatesOf(
  root: string,
  targets: readonly Target[],
  selection: Selection,
  languages: readonly Searched[],
): Candidates {
  const named = new Set(targets.filter((target) => target.isFile).map((target) => target.path));
  const isSelected = selector(selection);
  const paths = [
    ...new Set(targets.flatMap((target) => (target.isFile ? [target.path] : listFiles(root, target.path)))),
  ].sort();
  const read = paths
    .filter((path) => named.has(path) || isSelected(path))
    .flatMap((path) => {
      const language = languages.find(({ extensions }) => extensions.some((extension) => path.endsWith(extension)));
      const file = language && readCandidate(root, path, language.anchors);
      return language && file ? [{ language: language.id, file }] : [];
    });
  const left = read.flatMap(({ file }) => ('why' in file ? [file] : []));
  const sound = read.flatMap(({ file, language }) => ('why' in file ? [] : [sourceFile(file, language)]));
  return {
    files: sound.map(({ file }) => file),
    leftAlone: left.filter(({ path }) => !named.has(path)),
    errors: left.filter(({ path }) => named.has(path)).map(({ path, why }) => ({ path, message: why })),
    hashes: new Map(sound.map(({ file, hash }) => [file.path, hash])),
  };
}

function selector({ include, exclude }: Selection): (path: string) => boolean {
  const included = include.map(compilePathGlob);
  const excluded = exclude.map(compilePathGlob);
  return (path) =>
    (included.length === 0 || included.some((matches) => matches(path))) && !excluded.some((matches) => matches(path));
}

function sourceFile({ path, text, bom, hash }: ReadFile, language: string) {
  return { file: { path, text, bom, language } satisfies SourceFile, hash };
}
