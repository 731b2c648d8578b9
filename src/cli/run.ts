import { CommanderError } from 'commander';
import { choices, UserError } from '../index.ts';
import { createProgram } from './args.ts';
import { subcommands } from './commands/index.ts';
import { opensReview, review } from './commands/review.ts';
import { rewrite } from './commands/rewrite.ts';
import { printable } from './printable.ts';
import { version } from './version.ts';

/** Runs the command line. Resolves to the exit status: 0 done, 1 `--check` found something, 2 wrong usage, 3 some file failed. */
export async function run(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', endQuietly);
  let status = 0;
  const program = createProgram(version(), choices, async (args) => {
    status = opensReview(args) ? await review(args) : await rewrite(args);
  });
  for (const add of subcommands) add(program, (result) => (status = result));
  try {
    await program.parseAsync([...argv]);
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UserError)) return bug(error);
    process.stderr.write(
      `startup-codemod: ${printable(error.message)}\n${error.help ? `${printable(error.help)}\n` : ''}`,
    );
    return 2;
  }
}

/** Anything that is no mistake of the user's is one of ours: the stack says where. */
function bug(error: unknown): number {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${printable(stack)}\nstartup-codemod: this is a bug in startup-codemod; nothing more was written. Please report it with the lines above.\n`,
  );
  return 3;
}

/** The reader of a pipe may leave early (`| head`): that is no failure. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
