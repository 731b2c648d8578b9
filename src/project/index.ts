export { loadConfig } from './config.ts';
export { dirtyFiles, untrackedFiles } from './git.ts';
export { openProject, type Project, type Searched, type Selection } from './project.ts';
export type { LeftAlone } from './read.ts';
export { leaveUndoPatch } from './undo-patch.ts';
export { type FileToWrite, type WriteOutcome, writeFiles } from './write.ts';
