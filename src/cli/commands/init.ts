import { type Command, Option } from 'commander';
import { type ConfigFormat, init } from '../../index.ts';
import { printable } from '../printable.ts';
import { count } from '../reporters/count.ts';

const CONFIG_FORMATS: readonly ConfigFormat[] = ['yaml', 'json', 'toml'];

/** `startup-codemod init [path]`: a commented configuration from what was found in the project. */
export function initialise(program: Command, done: (status: number) => void): void {
  program
    .command('init')
    .description('write a commented configuration from what was found in this project')
    .argument('[path]', "the project's folder", '.')
    .addOption(new Option('--format <format>', 'of the configuration').choices(CONFIG_FORMATS).default('yaml'))
    .helpOption('--help', 'show this help')
    .action(async (path: string, { format }: { readonly format: ConfigFormat }) => {
      const { file, questions, frameworks } = await init(path, format, program.version() ?? '');
      const lines = [
        ...questions.map(({ place, callee, reason }) => `undecided  ${callee} (${place}): ${reason}`),
        `Written: ${file} (${[...frameworks.keys()].join(', ') || 'no startup hook found'}; ${count(questions.length, 'undecided call')})`,
      ];
      process.stderr.write(lines.map((line) => `${printable(line)}\n`).join(''));
      done(0);
    });
}
