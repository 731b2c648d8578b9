import type { Command } from 'commander';
import { undoRun } from '../../index.ts';
import { printable } from '../printable.ts';

/** `startup-codemod undo [path]`: takes the last run that wrote back. */
export function undo(program: Command, done: (status: number) => void): void {
  program
    .command('undo')
    .description('take the last --write back, whole')
    .argument('[path]', 'the project, or a file or folder of it', '.')
    .helpOption('--help', 'show this help')
    .action((path: string) => done(takeBack(path)));
}

/** Status 3: a file could not be written, so nothing was taken back. */
function takeBack(path: string): number {
  const outcome = undoRun(path);
  if (outcome === undefined) return say(['Nothing to take back: no run is recorded here.'], 0);
  const { recovered, failed, written } = outcome;
  const before = recovered === undefined ? [] : [`startup-codemod: ${recovered}`];
  const failures = failed.map((error) => `not handled  ${error.path}: ${error.message}`);
  if (failed.length > 0) return say([...before, ...failures], 3);
  return say([...before, ...(written.length > 0 ? [`Taken back: ${written.join(', ')}`] : [])], 0);
}

function say(lines: readonly string[], status: number): number {
  process.stderr.write(lines.map((line) => `${printable(line)}\n`).join(''));
  return status;
}
