import type { FileError, ProjectFiles, ScanOptions, SourceFile } from '../../../core/index.ts';
import type { Modules } from '../modules/definition.ts';
import type { PythonProject } from './framework.ts';

/** What one scan works on. */
export interface ScanRun {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly project: ProjectFiles;
  readonly modules: Modules;
  readonly search: PythonProject;
  readonly options: ScanOptions;
  readonly errors: FileError[];
}

/** One file's trouble never stops the others. */
export function attempt<T>(path: string, { errors }: ScanRun, work: () => readonly T[]): readonly T[] {
  try {
    return work();
  } catch (error) {
    errors.push({ path, message: `could not be read: ${error instanceof Error ? error.message : String(error)}` });
    return [];
  }
}
