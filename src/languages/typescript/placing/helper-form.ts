import type { HelperPlacement, ProjectFiles } from '../../../core/index.ts';
import { type HelperForm, helperVersion } from '../../../runtime/typescript.ts';

/** The form that the helper's path and the import of it ask for. */
export function helperForm({ path, importStatement }: Pick<HelperPlacement, 'path' | 'importStatement'>): HelperForm {
  if (/\.[cm]?ts$/.test(path)) return 'typescript';
  if (path.endsWith('.cjs')) return 'commonjs';
  return path.endsWith('.mjs') || /^import\b/.test(importStatement) ? 'esm' : 'commonjs';
}

/** What stands at the helper's path already; a file that does not say that it is a copy counts as edited, and stays. */
export function helperState(path: string, project: ProjectFiles): HelperPlacement['state'] {
  const present = project.read(path);
  return present === undefined ? 'absent' : (helperVersion(present) ?? 'edited');
}
