import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Folders that never hold a project's own sources. */
const SKIPPED = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '__pycache__',
  'site-packages',
  '.venv',
  'venv',
  '.tox',
  '.nox',
  '.eggs',
  '.mypy_cache',
  '.ruff_cache',
  '.pytest_cache',
  '.cache',
  '.startup-codemod',
  'bower_components',
  'vendor',
  'vendored',
  'third_party',
  '_vendor',
]);

/** Whether a folder is passed over by its name, or because it is a virtual environment. */
export function isSkipped(name: string, folder: string): boolean {
  return SKIPPED.has(name) || existsSync(join(folder, 'pyvenv.cfg'));
}

export function hasSkippedFolder(path: string): boolean {
  return path.split('/').some((segment) => SKIPPED.has(segment));
}

/** The `.gitignore` files from the root down to a folder; paths are relative to the root. */
export interface IgnoreRules {
  readonly layers: readonly { readonly base: string; readonly rules: Ignore }[];
}

export const NO_RULES: IgnoreRules = { layers: [] };

/** The rules with those of one more folder (`base` relative to the root, `''` for the root itself). */
export function withRulesOf(rules: IgnoreRules, base: string, root: string): IgnoreRules {
  const file = join(root, base, '.gitignore');
  if (!existsSync(file)) return rules;
  try {
    const own = ignore({ allowRelativePaths: true }).add(readFileSync(file, 'utf8'));
    return { layers: [...rules.layers, { base, rules: own }] };
  } catch {
    return rules;
  }
}

/** The nearest file that has a say wins, as in git. Folders end with `/`. */
export function isIgnored(rules: IgnoreRules, path: string): boolean {
  for (const { base, rules: own } of rules.layers.toReversed()) {
    const below = base === '' ? path : path.slice(base.length + 1);
    const { ignored, unignored } = own.test(below);
    if (ignored || unignored) return ignored;
  }
  return false;
}
