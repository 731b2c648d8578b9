import type { HookContext, NewFile } from '../../src/core/index.ts';
import { hooksOf } from './stops.ts';

/** The runtime helpers that the hooks of the app import and that do not exist yet. */
export function helperFiles(context: HookContext): readonly NewFile[] {
  const files = hooksOf(context).flatMap(({ facts }) => context.syntax.helper(facts) ?? []);
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
