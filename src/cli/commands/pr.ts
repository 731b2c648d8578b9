import { type Command, Option } from 'commander';
import {
  changesOf,
  checklistOf,
  choices,
  planRewrites,
  type Report,
  reportOf,
  type Scan,
  scan,
  splitPlan,
  type VerifiedPlan,
} from '../../index.ts';
import { selectionFor, withSelection } from '../args.ts';
import { printable } from '../printable.ts';
import { startProgress } from '../progress.ts';
import { bodyOf } from '../pull-request/body.ts';
import { type MadeCommit, make, subjectIn } from '../pull-request/make.ts';
import { messageOf, purposeOf } from '../pull-request/message.ts';
import { leaveOpen, open } from '../pull-request/open.ts';
import { type PullRequestOptions, SPLITS } from '../pull-request/options.ts';
import { type Place, prepare } from '../pull-request/prepare.ts';
import { count } from '../reporters/count.ts';
import { notHandled } from './not-handled.ts';
import { refuseOthers } from './refuse-others.ts';

/** `startup-codemod pr [paths]`: a branch with what `--write` writes, commit by commit, and the body of its pull request. */
export function pullRequest(program: Command, done: (status: number) => void): void {
  const command = program
    .command('pr')
    .description('make a branch of what --write writes, and the body of its pull request')
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(new Option('--split-by <what>', 'a commit for each').choices(SPLITS).default('transform'))
    .option('--branch <name>', 'the branch to make', 'startup-codemod/background-startup')
    .option('--base <branch>', 'where it starts, and what the pull request goes into (default: what is checked out)')
    .option('--title <text>', 'of the pull request')
    .option('--body <file>', "write the body to this file (default: one in git's own folder)")
    .option('--push', 'push the branch and open the pull request with gh or glab')
    .option('--draft', 'open it as a draft')
    .option('--unsafe', 'include the rewrites that are unsafe')
    .option('--no-verify', 'leave out the commit-msg hook')
    .option('--quiet', 'print nothing but errors')
    .helpOption('--help', 'show this help');
  withSelection(command, choices).action(async (paths: readonly string[]) => {
    refuseOthers(program, command);
    done(await run(paths, command.optsWithGlobals<PullRequestOptions>()));
  });
}

/** Resolves to the exit status: 0 done or nothing to do, 3 some file, or the opening, could not be handled. */
async function run(paths: readonly string[], options: PullRequestOptions): Promise<number> {
  const place = prepare(paths, options);
  const progress = startProgress(options.quiet ?? false);
  progress.say('reading');
  const found = await scan({ paths, ...selectionFor(options) });
  progress.say('planning');
  const verified = await planRewrites(found, { unsafe: options.unsafe ?? false });
  progress.end();
  const report = reportOf(found.analysis, verified.plan, [...found.errors, ...verified.errors]);
  process.stderr.write(notHandled(report.errors));
  const failed = changesOf(verified.plan).length > 0 && branchOff(place, found, verified, report, options);
  if (changesOf(verified.plan).length === 0) say(['Nothing to change: no branch was made.'], options);
  return failed || report.errors.length > 0 ? 3 : 0;
}

/** Makes the branch and says so; whether what was asked for could not be done. */
function branchOff(
  place: Place,
  found: Scan,
  verified: VerifiedPlan,
  report: Report,
  options: PullRequestOptions,
): boolean {
  const { splitBy, branch, unsafe = false } = options;
  const commits = splitPlan(found, verified, { splitBy, unsafe, ownersOf: place.ownersOf }).map((commit) => ({
    changes: commit.changes,
    message: messageOf(commit, splitBy, found.analysis),
  }));
  const findings = {
    report,
    changes: changesOf(verified.plan),
    mode: 'write',
    checklist: checklistOf(found.analysis, verified.plan),
    leftAlone: found.leftAlone,
  } as const;
  const body = bodyOf(
    findings,
    commits.map(({ message }) => subjectIn(message)),
  );
  const made = make(place, commits, body, options);
  say(branchLines(place, made, branch), options);
  const request = {
    title: options.title ?? purposeOf(verified.plan.rewrites),
    branch,
    ...(place.base.branch === undefined ? {} : { target: place.base.branch }),
    body,
    bodyFile: place.bodyFile,
    draft: options.draft ?? false,
  };
  const opening = options.push && place.remote ? open(place, request, place.remote) : leaveOpen(place, request);
  say(opening.lines, options);
  return opening.failed;
}

function branchLines({ base, bodyFile }: Place, made: readonly MadeCommit[], branch: string): readonly string[] {
  return [
    `Branch ${branch}, ${count(made.length, 'commit')} on ${base.branch ?? base.commit.slice(0, 10)}:`,
    ...made.map(({ id, subject }) => `  ${id.slice(0, 10)} ${subject}`),
    `Body: ${bodyFile}`,
    'Your own branch and your files are as they were.',
  ];
}

function say(lines: readonly string[], { quiet }: PullRequestOptions): void {
  if (!quiet) process.stdout.write(lines.map((line) => `${printable(line)}\n`).join(''));
}
