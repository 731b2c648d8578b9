import type { Remark, StartupHook } from '../../core/index.ts';
import type { PythonModule } from './definition.ts';

/** The "TODO / temporarily disabled" comments of a file. */
export function findRemarks(_module: PythonModule, _hooks: readonly StartupHook[]): Remark[] {
  return [];
}
