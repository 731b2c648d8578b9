import { type Command, Option } from 'commander';
import { type ChecklistPoint, checklistOf, choices, planRewrites, scan } from '../../index.ts';
import { type SelectionOptions, selectionFor, withSelection } from '../args.ts';
import { printable } from '../printable.ts';
import { notHandled } from './not-handled.ts';
import { refuseOthers } from './refuse-others.ts';

interface VerifyOptions extends SelectionOptions {
  readonly format: 'text' | 'json';
}

/** `startup-codemod verify [paths]`: the checklist, point by point; exit status 1 where one fails. */
export function verify(program: Command, done: (status: number) => void): void {
  const command = program
    .command('verify')
    .description('hold the checklist for servers that start fast against the project')
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(new Option('--format <format>', 'the report').choices(['text', 'json']).default('text'))
    .helpOption('--help', 'show this help');
  withSelection(command, choices).action(async (paths: readonly string[]) => {
    refuseOthers(program, command);
    const { format } = command.opts<VerifyOptions>();
    done(await run(paths, { ...command.optsWithGlobals<SelectionOptions>(), format }));
  });
}

async function run(paths: readonly string[], options: VerifyOptions): Promise<number> {
  const found = await scan({ paths, ...selectionFor(options) });
  const { plan, errors } = await planRewrites(found, { unsafe: false });
  const points = checklistOf(found.analysis, plan);
  const failures = [...found.errors, ...errors];
  process.stdout.write(
    options.format === 'json' ? `${JSON.stringify({ version: 1, points }, null, 2)}\n` : textOf(points),
  );
  process.stderr.write(notHandled(failures));
  if (points.some(({ state }) => state === 'failed')) return 1;
  return failures.length > 0 ? 3 : 0;
}

function textOf(points: readonly ChecklistPoint[]): string {
  const lines = points.flatMap(({ statement, state, places, why }) => [
    `${MARKS[state]}  ${statement}${why === undefined ? '' : `: ${why}`}`,
    ...places.map(({ path, line, what }) => `      ${path}:${line}  ${what}`),
  ]);
  return lines.map((line) => `${printable(line)}\n`).join('');
}

const MARKS = { passed: 'passed        ', failed: 'FAILED        ', 'not applicable': 'not applicable' } as const;
