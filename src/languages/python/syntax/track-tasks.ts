import { type Edit, type FileFacts, insert, type StartupHook, type TaskRole } from '../../../core/index.ts';
import { addedShutdown } from './added-shutdown.ts';
import { topOfBody } from './body.ts';
import { bindsLogger, existingInstance, makesInstance, tasksName } from './names.ts';
import { INSTANCE } from './ranks.ts';
import { releaseEdits } from './release.ts';
import { helperImport, loggerSetUp } from './set-up.ts';
import { stopInHandler } from './stop.ts';
import { fits, nextLine } from './text.ts';

/** Instance, release, stop and imports for one hook. What an earlier run has written is not written again. */
export function trackTasks(
  hook: StartupHook,
  facts: FileFacts,
  role: TaskRole,
  after: number,
): readonly Edit[] | undefined {
  const parts = [
    instanceEdits(hook, facts, role, after),
    role.releases ? releaseEdits(hook, facts, after) : [],
    role.stops && hook.form === 'shutdown-event' ? stopInHandler(hook, facts) : [],
    role.addsShutdown ? addedShutdown(hook, facts) : [],
  ];
  const edits: Edit[] = [];
  for (const part of parts) {
    if (!part) return undefined;
    edits.push(...part);
  }
  return edits;
}

function instanceEdits(
  hook: StartupHook,
  facts: FileFacts,
  role: TaskRole,
  after: number,
): readonly Edit[] | undefined {
  if (role.instance !== 'create' && makesInstance(hook, facts)) return undefined;
  if (role.instance === 'none' || existingInstance(hook, facts)) return [];
  const logger = bindsLogger(hook, facts) ? [] : loggerSetUp(facts);
  const setUp = role.instance === 'create' ? [...helperImport(facts), ...logger] : [];
  if (hook.body.keptAt === undefined && hook.form === 'startup-event') return moduleInstance(hook, facts, role);
  const value = instanceValue(hook, facts, role);
  const at = instanceOffset(hook, facts, role, after);
  if (at === undefined || value === undefined) return undefined;
  return [...setUp, { ...insert(at, value), rank: INSTANCE }];
}

/** Where no app can be reached, the handlers of a file share an instance at its module level, below the logger. */
function moduleInstance(hook: StartupHook, facts: FileFacts, role: TaskRole): readonly Edit[] | undefined {
  const { expression, setUp } = facts.logger;
  const root = expression.split(/[.(]/)[0] ?? '';
  if (root === 'self') return undefined;
  const instance = `${tasksName(hook, facts)} = ${constructed(facts, role)}`;
  const maker = new RegExp(`^${root}\\b[^\\n=]*=.*$`, 'm').exec(facts.file.text);
  if (setUp !== undefined || !maker) return [...helperImport(facts), ...loggerSetUp(facts, instance)];
  if (!isWhole(maker[0])) return undefined;
  const at = nextLine(facts.file.text, maker.index);
  return [...helperImport(facts), { ...insert(at, `${instance}\n`), rank: INSTANCE }];
}

function constructed(facts: FileFacts, { concurrency }: TaskRole): string {
  const more = concurrency === 1 ? '' : `, concurrency=${concurrency}`;
  return `StartupTasks(${facts.logger.expression}${more})`;
}

/** The statement ends on its line. */
function isWhole(line: string): boolean {
  const count = (pattern: RegExp) => [...line.matchAll(pattern)].length;
  return count(/[([{]/g) === count(/[)\]}]/g) && !line.trimEnd().endsWith('\\') && !/"""|'''/.test(line);
}

function instanceValue(hook: StartupHook, facts: FileFacts, role: TaskRole): string | undefined {
  const name = tasksName(hook, facts);
  const { indent, keptAt } = hook.body;
  if (role.instance === 'take') return keptAt && `${indent}${name} = ${keptAt}\n`;
  const made = constructed(facts, role);
  if (keptAt === undefined) return `${indent}${name} = ${made}\n`;
  const line = `${indent}${name} = ${keptAt} = ${made}`;
  return fits(line, facts) ? `${line}\n` : `${indent}${name} = ${made}\n${indent}${keptAt} = ${name}\n`;
}

/** The top of the body, or, for a logger that the hook makes itself, the line after that. */
function instanceOffset(hook: StartupHook, facts: FileFacts, role: TaskRole, after: number): number | undefined {
  const maker = role.instance === 'create' ? bindsLogger(hook, facts) : undefined;
  if (!maker) return topOfBody(hook, facts);
  return maker.range.end <= after && !maker.conditional ? nextLine(facts.file.text, maker.range.end) : undefined;
}
