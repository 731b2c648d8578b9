import type { FileError, ProjectFiles, ScanOptions, SourceFile } from '../../../core/index.ts';
import type { NodeProject } from './framework.ts';

/** What one scan works on. */
export interface ScanRun extends NodeProject {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly project: ProjectFiles;
  readonly options: ScanOptions;
  readonly errors: FileError[];
}
