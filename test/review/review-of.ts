import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { analyse } from '../../src/analyse.ts';
import { chosenTransforms } from '../../src/apply.ts';
import type { Config, SourceFile } from '../../src/core/index.ts';
import { plan } from '../../src/plan.ts';
import { openReview, type Review } from '../../src/review/open-review.ts';
import { transforms } from '../../transforms/index.ts';
import { defaultConfig } from '../default-config.ts';
import { memoryProject } from '../memory-project.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/transforms');

/** Every fixture of the transforms, those that must not change too. */
export const fixtures: readonly string[] = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.before\.\w+$/.test(path))
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

/** A fixture of a transform that waits to be named is reviewed in a run that names it. */
export function configOf(name: string): Partial<Config> {
  const asked = transforms.find(({ id, onRequest }) => onRequest && name.startsWith(`${id}/`));
  return asked ? { transforms: [asked.id] } : {};
}

export function fixtureText(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8');
}

/** The review of a project that is held in memory. */
export async function reviewOf(texts: Readonly<Record<string, string>>, config: Partial<Config> = {}): Promise<Review> {
  const project = memoryProject(texts);
  const files = Object.entries(texts).map(([path, text]) => sourceFile(path, text));
  const analysis = await analyse(files, project, { ...defaultConfig, ...config });
  return openReview(analysis, project, chosenTransforms({ analysis }));
}

/** What is written with `--unsafe`, by path. */
export function unsafeTexts({ analysis }: Review): Readonly<Record<string, string>> {
  const { files } = plan(analysis, chosenTransforms({ analysis }), { unsafe: true });
  return Object.fromEntries(files.map(({ file, after }) => [file.path, after]));
}

function sourceFile(path: string, text: string): SourceFile {
  return { path, text, bom: false, language: extname(path) === '.py' ? 'python' : 'typescript' };
}
