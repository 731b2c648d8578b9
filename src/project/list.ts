import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type IgnoreRules, isIgnored, isSkipped, NO_RULES, withRulesOf } from './ignored.ts';

/**
 * Every file below a folder of the root that is not ignored, sorted; paths are relative to the root. Links are passed over:
 * what a link inside the root leads to is listed under its own name, and what lies outside is none of ours.
 */
export function listFiles(root: string, folder: string): readonly string[] {
  const files: string[] = [];
  walk(root, folder, rulesAbove(root, folder), files);
  return files.sort();
}

/** The rules of every folder from the root to the one above `folder`. */
function rulesAbove(root: string, folder: string): IgnoreRules {
  const above = folder === '' ? [] : folder.split('/').map((_, at, all) => all.slice(0, at).join('/'));
  return above.reduce((rules, base) => withRulesOf(rules, base, root), NO_RULES);
}

function walk(root: string, folder: string, above: IgnoreRules, files: string[]): void {
  const rules = withRulesOf(above, folder, root);
  for (const entry of entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name, join(root, path)) && !isIgnored(rules, `${path}/`)) walk(root, path, rules, files);
    } else if (entry.isFile() && !isIgnored(rules, path)) {
      files.push(path);
    }
  }
}

/** A folder that may not be read, or has just gone, has no entries. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
