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
