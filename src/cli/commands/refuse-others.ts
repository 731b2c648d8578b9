import type { Command } from 'commander';
import { UserError } from '../../index.ts';

/** `--write pr`, `--write verify` would look as if it were done: options of the main command that the subcommand has not. */
export function refuseOthers(program: Command, command: Command): void {
  const own = new Set([...command.options.map((option) => option.attributeName()), 'color']);
  const other = program.options.find((option) => {
    const name = option.attributeName();
    return program.getOptionValueSource(name) === 'cli' && !own.has(name);
  });
  const name = command.name();
  if (other)
    throw new UserError(`${other.long} does not go with ${name}`, `startup-codemod ${name} --help shows what does.`);
}
