import { scopeOf } from './bindings.ts';
import type { PythonModule } from './definition.ts';

/** The names that a module binds at its top level. */
export function moduleNames(module: PythonModule): readonly string[] {
  return [...scopeOf(module.root, module).names.keys()];
}
