import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { type Config, type StartupBudget, UserError } from '../core/index.ts';
import { configSchema } from './config-schema.ts';
import { workTreeAbove } from './git.ts';

const NAMES = ['json', 'yaml', 'yml', 'toml'].map((extension) => `startup-codemod.config.${extension}`);

/**
 * The configuration for the first of the paths: the file given, or the nearest one from that path upwards to the top of the
 * work tree. It is data and never executed. Anything wrong in it is a `UserError` that names the file and the key.
 */
export function loadConfig(paths: readonly string[], file?: string): Config {
  const found =
    file === undefined
      ? findConfig(resolve(paths[0] ?? '.'))
      : { file: resolve(file), data: readData(resolve(file), file) };
  return complete(checked(found?.data ?? {}, found ? relative(process.cwd(), found.file) || found.file : ''));
}

/** The name of a new configuration file in a folder; one that is there or above, and so would be shadowed, is a `UserError`. */
export function newConfigFile(folder: string, format: ConfigFormat): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UserError(`${folder}: no such folder`, "Name the project's folder.");
  const found = findConfig(resolve(folder));
  if (found === undefined) return join(resolve(folder), `startup-codemod.config.${format}`);
  const shown = relative(process.cwd(), found.file) || found.file;
  throw new UserError(`${shown}: there is a configuration already`, 'Edit it, or move it away first.');
}

export type ConfigFormat = 'json' | 'yaml' | 'toml';

export interface FoundConfig {
  readonly file: string;
  readonly data: unknown;
}

/** The nearest configuration from a folder upwards to the top of its work tree. */
export function findConfig(start: string): FoundConfig | undefined {
  const top = workTreeAbove(start);
  for (let folder = start; ; folder = dirname(folder)) {
    const found = configIn(folder);
    if (found) return found;
    if (folder === top || dirname(folder) === folder) return undefined;
  }
}

function configIn(folder: string): FoundConfig | undefined {
  for (const name of NAMES) {
    const file = join(folder, name);
    if (existsSync(file)) return { file, data: readData(file, file) };
  }
  const manifests = [
    { file: join(folder, 'package.json'), keys: ['startup-codemod'] },
    { file: join(folder, 'pyproject.toml'), keys: ['tool', 'startup-codemod'] },
  ];
  for (const { file, keys } of manifests) {
    if (!existsSync(file) || !readFileSync(file, 'utf8').includes('startup-codemod')) continue;
    const data = keys.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), readData(file, file));
    if (data !== undefined) return { file, data };
  }
  return undefined;
}

function readData(file: string, shown: string): unknown {
  if (!existsSync(file) || !statSync(file).isFile()) throw new UserError(`${shown}: no such configuration file`);
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  try {
    return parserFor(file, shown)(text);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${shown}: ${(error as Error).message.trim()}`,
      'The file cannot be read as what its name says it is.',
    );
  }
}

export function parserFor(file: string, shown: string): (text: string) => unknown {
  switch (extname(file)) {
    case '.json':
      return (text) => JSON.parse(text) as unknown;
    case '.yaml':
    case '.yml':
      // Few aliases are enough for any configuration; without a limit a small file could fill the memory.
      return (text) => (parseYaml(text, { maxAliasCount: 20 }) as unknown) ?? {};
    case '.toml':
      return parseToml;
    default:
      throw new UserError(`${shown}: not a kind of configuration file`, 'Use .json, .yaml, .yml or .toml.');
  }
}

function checked(data: unknown, file: string): z.output<typeof configSchema> {
  const result = configSchema.safeParse(data);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${file}: ${describe(issue)}`);
  throw new UserError(lines.join('\n'), `Known keys: ${Object.keys(configSchema.shape).join(', ')}.`);
}

/** `rules.0.decision: Invalid option: expected one of "critical"|"background"` */
function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `unknown key ${issue.keys.map((key) => `\`${[path, key].filter(Boolean).join('.')}\``).join(', ')}`;
  return `${path === '' ? 'the configuration' : `\`${path}\``}: ${issue.message}`;
}

function complete(data: z.output<typeof configSchema>): Config {
  const { remarks, touch, concurrency, helper, rules, maxBlockingCalls, thresholds, ...rest } = data;
  return {
    ...rest,
    rules: rules.map(withoutUndefined),
    helper: withoutUndefined(helper),
    maxBlockingCalls: budgetOf(maxBlockingCalls),
    thresholds: Object.entries(thresholds).map(([name, rule]) => withoutUndefined({ name, ...rule })),
    options: { remarks, touch, concurrency },
  };
}

/** A lone number is the whole run's. */
function budgetOf(data: z.output<typeof configSchema>['maxBlockingCalls']): StartupBudget {
  if (typeof data === 'number') return { total: data, hooks: [] };
  const { hooks = {}, ...rest } = data;
  return { ...withoutUndefined(rest), hooks: Object.entries(hooks).map(([matches, calls]) => ({ matches, calls })) };
}

/** The same object without keys whose value is `undefined`. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
