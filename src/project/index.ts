export { hasBaseline, readBaseline, writeBaseline } from './baseline.ts';
export { loadConfig } from './config.ts';
export { dirtyFiles } from './git.ts';
export { type GitSelection, gitSelected } from './git-selection.ts';
export { openProject, type Project, type Searched, type Selection } from './project.ts';
export type { LeftAlone } from './read.ts';
export { findRoots, pathIn, projectOf } from './root.ts';
export { undoLastRun } from './undo.ts';
export { type FileToWrite, recover, type WriteOutcome, writeFiles } from './write.ts';
