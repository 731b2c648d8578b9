import { choices, UserError } from '../index.ts';

/** Options as jscodeshift's runner reads them from its command line: `--unsafe=true`, `--transforms=a,b`. */
export interface RunnerOptions {
  readonly unsafe?: unknown;
  readonly transforms?: unknown;
  readonly frameworks?: unknown;
  readonly config?: unknown;
  readonly dry?: boolean;
}

/** The options of the command. `--transform` is the runner's own, so lists have names in the plural. */
export function readOptions({ unsafe, transforms, frameworks, config }: RunnerOptions) {
  return {
    unsafe: unsafe === true || unsafe === 1 || unsafe === 'true',
    transforms: known(listOf(transforms), choices.transforms, 'transforms'),
    frameworks: known(listOf(frameworks), choices.frameworks, 'frameworks'),
    ...(typeof config === 'string' ? { configFile: config } : {}),
  };
}

/** `a,b`, or what was given several times. */
function listOf(value: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.flatMap((text) => (typeof text === 'string' ? text.split(',').filter(Boolean) : []));
}

function known(ids: readonly string[], all: readonly string[], option: string): readonly string[] {
  const unknown = ids.filter((id) => !all.includes(id));
  if (unknown.length === 0) return ids;
  throw new UserError(`--${option} has ${unknown.join(', ')}, which is none`, `There are: ${all.join(', ')}.`);
}
