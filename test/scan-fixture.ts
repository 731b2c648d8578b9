import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect } from 'vitest';
import { analyse } from '../src/analyse.ts';
import { languages } from '../src/languages/index.ts';
import { defaultConfig } from './default-config.ts';
import { memoryProject } from './memory-project.ts';

/** A file of a fixture, under the path that it has in its project. */
export interface FixtureFile {
  readonly path: string;
  readonly text: string;
}

/** Facts and decisions of a fixture as a project of its own. */
export async function scanned(files: readonly FixtureFile[]) {
  const project = memoryProject(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const anchors = languages.flatMap((language) => language.anchors);
  const candidates = files
    .filter(({ text }) => anchors.some((word) => text.includes(word)))
    .map((file) => ({ ...file, bom: false, language: languageOf(file.path) }));
  const analysis = await analyse(candidates, project, defaultConfig);
  const all = analysis.languages.map(({ facts }) => facts);
  expect(analysis.errors).toEqual([]);
  return { analysis, facts: all.flatMap((one) => one.files), apps: all.flatMap((one) => one.apps) };
}

/** The files of a fixture: a folder, or one file that stands for `main`. */
export function filesOf(path: string): readonly FixtureFile[] {
  if (statSync(path).isFile()) return [{ path: `main${extname(path)}`, text: readFileSync(path, 'utf8') }];
  // The name of the case is part of the path where it matters, as in `tests/`.
  const prefix = path.endsWith('tests') ? 'tests/' : '';
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/.test(name))
    .map((name) => name.replaceAll('\\', '/'))
    .map((name) => ({ path: `${prefix}${name}`, text: readFileSync(join(path, name), 'utf8') }));
}

function languageOf(path: string): string {
  return languages.find(({ extensions }) => extensions.includes(extname(path)))?.id ?? 'none';
}
