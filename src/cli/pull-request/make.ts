import { makeBranch, makeCommits, type PlannedCommit, writeBodyFile } from '../../index.ts';
import type { PullRequestOptions } from './options.ts';
import type { Place } from './prepare.ts';

/** A commit with its message. */
export interface WordedCommit {
  readonly changes: PlannedCommit['changes'];
  readonly message: string;
}

export interface MadeCommit {
  readonly id: string;
  readonly subject: string;
}

/** Makes commits, body and branch, in this order; where one fails, nothing of the others is left. */
export function make(
  { repository, base, bodyFile }: Place,
  commits: readonly WordedCommit[],
  body: string,
  { branch, verify }: PullRequestOptions,
): readonly MadeCommit[] {
  const ids = makeCommits(repository, base.commit, commits, { verify });
  const takeBack = writeBodyFile(bodyFile, body);
  try {
    makeBranch(repository, branch, ids.at(-1) ?? base.commit);
  } catch (error) {
    takeBack();
    throw error;
  }
  return commits.map(({ message }, index) => ({ id: ids[index] ?? '', subject: subjectIn(message) }));
}

export function subjectIn(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}
