import { writeFileSync } from 'node:fs';
import pc from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import {
  applyPlan,
  changesOf,
  dirtyFiles,
  type FileChange,
  planRewrites,
  type Report,
  recoverEarlierRun,
  reportOf,
  type Scan,
  scan,
  UserError,
  type VerifiedPlan,
} from '../../index.ts';
import type { Arguments } from '../args.ts';
import { printable } from '../printable.ts';
import { startProgress } from '../progress.ts';
import { colouredPatch } from '../reporters/diff.ts';
import { reporters } from '../reporters/index.ts';
import { summary } from '../reporters/summary.ts';
import { checkBaselineOptions, holdAgainst } from './accepted.ts';
import { closing } from './closing.ts';

/** `startup-codemod [paths]`: finds, decides, and prints or writes. Resolves to the exit status. */
export async function rewrite(args: Arguments): Promise<number> {
  checkBaselineOptions(args);
  const progress = startProgress(args.quiet);
  const recovered = args.mode === 'write' ? recoverEarlierRun(args.paths) : undefined;
  if (recovered !== undefined) process.stderr.write(`startup-codemod: ${printable(recovered)}\n`);
  progress.say('reading');
  const found = await scan({ ...args, ...(args.config === undefined ? {} : { configFile: args.config }) });
  progress.say('planning');
  const verified = await planRewrites(found, { unsafe: args.unsafe });
  progress.end();
  const changes = changesOf(verified.plan);
  const refused = args.mode === 'write' && changes.length > 0 ? refusal(args, found) : undefined;
  const failed = args.mode === 'write' && !refused ? applyPlan(found, verified.plan).failed : [];
  const report = reportOf(
    found.analysis,
    verified.plan,
    [...found.errors, ...verified.errors, ...failed],
    found.selected,
  );
  const verdicts = holdAgainst(args, found, verified, report);
  await print(args, found, report, verified, changes, verdicts.lines);
  if (refused) throw refused;
  if (report.errors.length > 0) return 3;
  return args.mode === 'check' && verdicts.fails ? 1 : 0;
}

/** A dirty work tree is refused after the plan was shown, so that the user knows what waits. */
function refusal(args: Arguments, found: Scan): UserError | undefined {
  if (args.allowDirty) return undefined;
  const dirty = dirtyFiles(found.project.root);
  if (!dirty || dirty.length === 0) return undefined;
  const shown = dirty.slice(0, 10).map((path) => `  ${path}`);
  if (dirty.length > shown.length) shown.push(`  … and ${dirty.length - shown.length} more`);
  return new UserError(
    `nothing was written: the git work tree has changes\n${shown.join('\n')}`,
    'Commit or stash them, so that the rewrite can be reviewed and taken back by itself, or pass --allow-dirty.',
  );
}

/** The report goes to stdout or the file; the summary to stderr, so that the diff can be piped into `git apply`. */
async function print(
  args: Arguments,
  found: Scan,
  report: Report,
  verified: VerifiedPlan,
  changes: readonly FileChange[],
  verdicts: readonly string[],
): Promise<void> {
  const { analysis, leftAlone, project } = found;
  const { plan } = verified;
  const { root, files } = project;
  const source = { report, changes, mode: args.mode, analysis, plan, leftAlone, root, read: files.read };
  const body = await reporters[args.format](source);
  if (args.output !== undefined) save(args.output, body);
  else if (args.format === 'text' && process.stdout.isTTY)
    process.stdout.write(colouredPatch(args.mode === 'dry-run' ? changes : [], colorsFor(process.stdout, args)));
  else process.stdout.write(body);
  if (args.quiet) return;
  const colors = colorsFor(process.stderr, args);
  process.stderr.write(
    summary(report, {
      colors,
      verbose: args.verbose,
      closing: [...closing(args, found, verified, changes, report), ...verdicts],
    }),
  );
}

function save(path: string, body: string): void {
  try {
    writeFileSync(path, body);
  } catch (error) {
    throw new UserError(
      `${path}: the report could not be written (${(error as NodeJS.ErrnoException).code})`,
      'Name a file in a folder that exists and can be written.',
    );
  }
}

/** Colours only on a terminal, and not where NO_COLOR or `--no-color` says so (https://no-color.org). */
function colorsFor(stream: NodeJS.WriteStream, args: Arguments): Colors {
  return pc.createColors(Boolean(stream.isTTY) && args.color !== false && !process.env.NO_COLOR);
}
