export { type Base, baseOf, checkBranchName } from './base.ts';
export { bodyFileFor, writeBodyFile } from './body-file.ts';
export { CODE_OWNERS_FILES, codeOwners } from './code-owners.ts';
export { type CommitToMake, makeBranch, makeCommits } from './commits.ts';
export {
  type ForgeProgram,
  openingArguments,
  openPullRequest,
  type PullRequest,
  pageFor,
  programsFor,
  stateOf,
} from './forge.ts';
export { cleanRepository, type Repository } from './open.ts';
export { checkRemote, push, type Remote, type RemoteAddress, remoteOf, unpushed } from './remote.ts';
