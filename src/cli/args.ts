import { Command, InvalidArgumentError, Option } from 'commander';
import type { GitSelection, ScanOptions } from '../index.ts';
import { type Format, formats } from './reporters/index.ts';

/** The command line, checked. */
export interface Arguments {
  readonly paths: readonly string[];
  readonly mode: 'dry-run' | 'write' | 'check';
  /** Given where a review was asked for. */
  readonly review?: true;
  /** Nothing was asked for but to look at the paths: on a terminal that is a review. */
  readonly isPlainRun: boolean;
  readonly unsafe: boolean;
  readonly allowDirty: boolean;
  readonly format: Format;
  readonly output?: string;
  readonly config?: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly languages: readonly string[];
  readonly frameworks: readonly string[];
  readonly transforms: readonly string[];
  readonly only?: GitSelection;
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly color?: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What can be named by `--language`, `--framework` and `--transform`: their ids, from the registries. */
export interface Choices {
  readonly languages: readonly string[];
  readonly frameworks: readonly string[];
  readonly transforms: readonly string[];
}

/** The program with its options; `run` is called with the checked arguments. */
export function createProgram(version: string, choices: Choices, run: (args: Arguments) => Promise<void>): Command {
  const program = new Command('startup-codemod')
    .description(
      'Finds what a server awaits before it listens, decides call by call whether startup must wait for it, and moves the rest into tracked background tasks.',
    )
    .argument('[paths...]', 'files and folders', ['.'])
    .addOption(
      new Option('--review', 'decide change by change (default on a terminal)').conflicts(['dryRun', 'write', 'check']),
    )
    .addOption(
      new Option('--dry-run', 'print the diff and write nothing (default elsewhere)').conflicts(['write', 'check']),
    )
    .addOption(new Option('--write', 'apply every safe rewrite').conflicts(['check']))
    .option('--check', 'exit with 1 where --write would change something')
    .option('--baseline <file>', 'with --check: fail only on findings that this file does not accept')
    .addOption(new Option('--update-baseline', 'accept every finding of today in that file').conflicts(['write']))
    .option('--unsafe', 'include the rewrites that are unsafe')
    .option('--allow-dirty', 'write although the git work tree has changes')
    .addOption(new Option('--format <format>', 'the report').choices(formats).default('text'))
    .option('--output <file>', 'write the report to a file');
  withSelection(program, choices)
    .addOption(new Option('--changed', 'only files that differ from HEAD, or are new').conflicts(['since', 'staged']))
    .addOption(new Option('--since <ref>', 'only files changed since the branch left it').conflicts(['staged']))
    .option('--staged', 'only files that are staged for the next commit')
    .option('--no-color', 'no colours (NO_COLOR works too)')
    .option('--quiet', 'no summary')
    .option('--verbose', 'the summary with every piece of evidence')
    .enablePositionalOptions()
    .version(version)
    .helpOption('--help', 'show this help')
    .exitOverride()
    .showHelpAfterError('(--help shows every option)');
  return program.action((paths: string[]) => run(argumentsOf(paths, program.opts())));
}

/** Adds the options that say what to look at and what to rewrite; they read as `SelectionOptions`. */
export function withSelection(command: Command, choices: Choices): Command {
  return command
    .option('--config <file>', 'configuration file')
    .option('--include <glob>', 'only files that match; repeatable', collect)
    .option('--exclude <glob>', 'no files that match; repeatable', collect)
    .option(
      '--language <id>',
      `only this language; repeatable: ${choices.languages.join(', ')}`,
      oneOf(choices.languages),
    )
    .option(
      '--framework <id>',
      `only this framework; repeatable: ${choices.frameworks.join(', ')}`,
      oneOf(choices.frameworks),
    )
    .option(
      '--transform <id>',
      `only this transform; repeatable: ${choices.transforms.join(', ')}`,
      oneOf(choices.transforms),
    );
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function oneOf(allowed: readonly string[]) {
  return (value: string, previous: readonly string[] = []): readonly string[] => {
    if (!allowed.includes(value)) throw new InvalidArgumentError(`It must be one of ${allowed.join(', ')}.`);
    return [...previous, value];
  };
}

/** What `withSelection` adds, as commander gives it. */
export interface SelectionOptions {
  readonly config?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly language?: readonly string[];
  readonly framework?: readonly string[];
  readonly transform?: readonly string[];
}

/** What these options select, as a scan takes it. */
export function selectionFor(options: SelectionOptions): Omit<ScanOptions, 'paths'> {
  return {
    ...(options.config === undefined ? {} : { configFile: options.config }),
    include: options.include ?? [],
    exclude: options.exclude ?? [],
    languages: options.language ?? [],
    frameworks: options.framework ?? [],
    transforms: options.transform ?? [],
  };
}

interface Options extends SelectionOptions {
  readonly review?: true;
  readonly dryRun?: boolean;
  readonly write?: boolean;
  readonly check?: boolean;
  readonly unsafe?: boolean;
  readonly allowDirty?: boolean;
  readonly format: Format;
  readonly output?: string;
  readonly changed?: boolean;
  readonly since?: string;
  readonly staged?: boolean;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

function argumentsOf(paths: readonly string[], options: Options): Arguments {
  return {
    paths,
    ...(options.review ? { review: true } : {}),
    isPlainRun: isPlainRun(options),
    mode: options.write ? 'write' : options.check || options.updateBaseline ? 'check' : 'dry-run',
    unsafe: options.unsafe ?? false,
    allowDirty: options.allowDirty ?? false,
    format: options.format,
    ...(options.output === undefined ? {} : { output: options.output }),
    ...(options.config === undefined ? {} : { config: options.config }),
    include: options.include ?? [],
    exclude: options.exclude ?? [],
    languages: options.language ?? [],
    frameworks: options.framework ?? [],
    transforms: options.transform ?? [],
    ...selectionOf(options),
    ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
    updateBaseline: options.updateBaseline ?? false,
    ...(options.color ? {} : { color: false }),
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
  };
}

function selectionOf({ changed, since, staged }: Options): { readonly only?: GitSelection } {
  if (changed) return { only: { kind: 'changed' } };
  if (staged) return { only: { kind: 'staged' } };
  return since === undefined ? {} : { only: { kind: 'since', reference: since } };
}

function isPlainRun({ dryRun, write, check, updateBaseline, format, output }: Options): boolean {
  return !dryRun && !write && !check && !updateBaseline && format === 'text' && output === undefined;
}
