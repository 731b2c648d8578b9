import { type AppStartup, attempt, type StartupHook, type TrapSighting } from '../../../core/index.ts';
import type { HookDefinition } from '../modules/definition.ts';
import { linkCounterparts } from '../shutdown/counterparts.ts';
import { describeHook } from '../steps/describe-hook.ts';
import { type HookRemark, orderHooks } from './apps.ts';
import { definitionKey, type FoundHooks } from './hooks.ts';
import type { ScanRun } from './scan-run.ts';
import { trioUse } from './trio.ts';

/** A hook with the definition that it was read from. */
export interface DescribedHook {
  readonly definition: HookDefinition;
  readonly hook: StartupHook;
}

/** Hooks with their apps. */
export interface Described {
  readonly described: readonly DescribedHook[];
  readonly apps: readonly AppStartup[];
}

/** Describes the hooks, orders them for each app, and links what stops to what starts. */
export function describeAll(found: FoundHooks, run: ScanRun): Described {
  const all = found.definitions.flatMap((definition) =>
    attempt(definition.module.path, run, () => [{ definition, hook: describeHook(definition, run.modules) }]),
  );
  const ids = new Map(all.map(({ definition, hook }) => [definitionKey(definition), hook.id]));
  const { apps, remarks } = orderHooks(
    found,
    run.search,
    (definition) => ids.get(definitionKey(definition)),
    run.options.seeks.includes('apps'),
  );
  const remarked = all.map(({ definition, hook }): DescribedHook => {
    const remark = remarks.get(definitionKey(definition));
    const fixed = remark?.adviceOnly ? remark.note : trioUse(definition.module, run.project);
    const adviceOnly = hook.adviceOnly ?? fixed ?? unselected(hook, run);
    const notes = remark && !remark.trap ? [...hook.notes, remark.note] : hook.notes;
    const traps = [...(hook.traps ?? []), ...trapOf(hook, remark)];
    return { definition, hook: { ...hook, notes, traps, ...(adviceOnly === undefined ? {} : { adviceOnly }) } };
  });
  return { described: withCounterparts(withoutHelp(remarked, apps), apps), apps };
}

function trapOf({ path, line, name }: StartupHook, remark: HookRemark | undefined): readonly TrapSighting[] {
  return remark?.trap ? [{ code: remark.trap, path, line, what: `${name}: ${remark.note}` }] : [];
}

/** Tasks that one hook records, another one of the app starts and ends: where that one stays as it is, nothing can move. */
function withoutHelp(described: readonly DescribedHook[], apps: readonly AppStartup[]): readonly DescribedHook[] {
  const fixed = new Map(
    described.filter(({ hook }) => hook.adviceOnly !== undefined).map(({ hook }) => [hook.id, hook]),
  );
  const reasons = new Map<string, string>();
  for (const app of apps) {
    const blocking = fixed.get(app.startupOrder.at(-1) ?? '') ?? fixed.get(app.shutdownOrder[0] ?? '');
    for (const id of blocking ? hooksOf(app) : []) {
      reasons.set(id, `${blocking?.name}, which runs with it, cannot be rewritten: ${blocking?.adviceOnly}`);
    }
  }
  return described.map(({ definition, hook }) => {
    const adviceOnly = hook.adviceOnly ?? reasons.get(hook.id);
    return { definition, hook: adviceOnly === undefined ? hook : { ...hook, adviceOnly } };
  });
}

/** Nothing is written outside of the paths that were asked for. */
function unselected({ path }: StartupHook, { files }: ScanRun): string | undefined {
  return files.has(path) ? undefined : `${path} is not among the files to look at`;
}

/** The stop of what one hook starts may stand in another hook of the same app. */
function withCounterparts(described: readonly DescribedHook[], apps: readonly AppStartup[]): readonly DescribedHook[] {
  const linked = new Map<string, StartupHook>();
  for (const app of apps) {
    const ids = new Set(hooksOf(app));
    const hooks = described.flatMap(({ hook }) => (ids.has(hook.id) && !linked.has(hook.id) ? [hook] : []));
    for (const hook of linkCounterparts(hooks)) linked.set(hook.id, hook);
  }
  return described.map(({ definition, hook }) => ({ definition, hook: linked.get(hook.id) ?? hook }));
}

/** Hooks of the files that were asked for, and those that run with them. */
export function relevant({ described, apps }: Described, { files }: ScanRun): Described {
  const isAsked = ({ hook }: DescribedHook) => files.has(hook.path);
  const asked = new Set(described.filter(isAsked).map(({ hook }) => hook.id));
  const kept = apps.filter((app) => hooksOf(app).some((id) => asked.has(id)));
  const together = new Set(kept.flatMap(hooksOf));
  return { described: described.filter((one) => isAsked(one) || together.has(one.hook.id)), apps: kept };
}

/** Ids of the hooks of an app, each once. */
export function hooksOf({ startupOrder, shutdownOrder }: AppStartup): readonly string[] {
  return [...new Set([...startupOrder, ...shutdownOrder])];
}
