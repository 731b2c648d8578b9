export { loadConfig } from './config.ts';
export { configWithRules } from './config-rules.ts';
export { dirtyFiles } from './git.ts';
export { openProject, type Project, type Searched, type Selection } from './project.ts';
export { hashAt, hashOf, type LeftAlone } from './read.ts';
export { endSession, type ReviewSession, type SavedTurn, savedTurns, startSession } from './review-session.ts';
export { findRoots } from './root.ts';
export { type FileToWrite, recover, type WriteOutcome, writeFiles } from './write.ts';
