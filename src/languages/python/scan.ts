import type {
  AppStartup,
  FileError,
  FileFacts,
  HelperPlacement,
  LanguageFacts,
  ProjectFiles,
  ScanOptions,
  SourceFile,
  StartupHook,
} from '../../core/index.ts';
import { orderHooks } from './apps.ts';
import { linkCounterparts } from './counterparts.ts';
import type { HookDefinition, Modules, PythonModule } from './definition.ts';
import { describeHook } from './describe-hook.ts';
import { fileKind } from './file-kind.ts';
import type { PythonProject } from './framework.ts';
import { helperPlacements } from './helper-placement.ts';
import { definitionKey, type FoundHooks, findHooks } from './hooks.ts';
import { importSite } from './imports.ts';
import { loggerOf } from './logger.ts';
import { createModules } from './modules.ts';
import { findRemarks } from './remarks.ts';
import { textStyle } from './text-style.ts';
import { trioUse } from './trio.ts';
import { python2Syntax, unreadable } from './unreadable.ts';

/** What one scan works on. */
interface Run {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly project: ProjectFiles;
  readonly modules: Modules;
  readonly search: PythonProject;
  readonly options: ScanOptions;
  readonly errors: FileError[];
}

/** A hook with the definition that it was read from. */
interface DescribedHook {
  readonly definition: HookDefinition;
  readonly hook: StartupHook;
}

/** Hooks, steps, calls and remarks of the candidates, and of the files whose functions they register. */
export function scan(candidates: readonly SourceFile[], project: ProjectFiles, options: ScanOptions): LanguageFacts {
  const modules = createModules(project);
  const search = { modules, containing: (word: string) => project.containing(word, '.py') };
  const files = new Map(candidates.map((file) => [file.path, file]));
  const run: Run = { files, project, modules, search, options, errors: [] };
  try {
    const readable = candidates.flatMap((file) => readModule(file, run));
    const found = findHooks(readable, search, options.frameworks);
    const { described, apps } = describeAll(found, run);
    return { files: factsOfFiles(readable, described, apps, run), apps, errors: run.errors };
  } finally {
    modules.dispose();
  }
}

function readModule(file: SourceFile, run: Run): readonly PythonModule[] {
  return attempt(file.path, run, () => {
    const module = run.modules.at(file.path);
    const message = module ? python2Syntax(module.root) : unreadable(file.text);
    if (message !== undefined) run.errors.push({ path: file.path, message });
    return module && message === undefined ? [module] : [];
  });
}

/** Describes the hooks, orders them for each app, and links what stops to what starts. */
function describeAll(
  found: FoundHooks,
  run: Run,
): { described: readonly DescribedHook[]; apps: readonly AppStartup[] } {
  const trio = found.definitions.length > 0 ? trioUse(run.project) : undefined;
  const all = found.definitions.flatMap((definition) =>
    attempt(definition.module.path, run, () => [{ definition, hook: describeHook(definition, run.modules) }]),
  );
  const ids = new Map(all.map(({ definition, hook }) => [definitionKey(definition), hook.id]));
  const { apps, remarks } = orderHooks(found, (definition) => ids.get(definitionKey(definition)));
  const remarked = all.map(({ definition, hook }): DescribedHook => {
    const remark = remarks.get(definitionKey(definition));
    const adviceOnly = hook.adviceOnly ?? (remark?.adviceOnly ? remark.note : trio);
    const notes = remark ? [...hook.notes, remark.note] : hook.notes;
    return { definition, hook: { ...hook, notes, ...(adviceOnly === undefined ? {} : { adviceOnly }) } };
  });
  return { described: withCounterparts(remarked, apps), apps };
}

/** The stop of what one hook starts may stand in another hook of the same app. */
function withCounterparts(described: readonly DescribedHook[], apps: readonly AppStartup[]): readonly DescribedHook[] {
  const linked = new Map<string, StartupHook>();
  for (const { startupOrder, shutdownOrder } of apps) {
    const ids = new Set([...startupOrder, ...shutdownOrder]);
    const hooks = described.flatMap(({ hook }) => (ids.has(hook.id) && !linked.has(hook.id) ? [hook] : []));
    for (const hook of linkCounterparts(hooks)) linked.set(hook.id, hook);
  }
  return described.map(({ definition, hook }) => ({ definition, hook: linked.get(hook.id) ?? hook }));
}

/** Facts of the files that hold a hook or are standalone scripts. */
function factsOfFiles(
  readable: readonly PythonModule[],
  described: readonly DescribedHook[],
  apps: readonly AppStartup[],
  run: Run,
): readonly FileFacts[] {
  const withHooks = described.map(({ definition }) => definition.module);
  const modules = [...new Map([...readable, ...withHooks].map((module) => [module.path, module])).values()];
  const rewritable = described
    .filter(({ hook }) => hook.adviceOnly === undefined)
    .map(({ definition }) => definition.module);
  const placements = helperPlacements(
    [...new Set(rewritable)],
    filesOfApps(apps, described),
    run.modules,
    run.project,
    run.options,
  );
  return modules
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((module) => {
      const own = described.filter(({ definition }) => definition.module.path === module.path);
      return attempt(module.path, run, () => factsOf(module, own, placements.get(module.path) ?? NOWHERE, run));
    });
}

function filesOfApps(apps: readonly AppStartup[], described: readonly DescribedHook[]): readonly ReadonlySet<string>[] {
  return apps.map(({ startupOrder, shutdownOrder }) => {
    const ids = new Set([...startupOrder, ...shutdownOrder]);
    return new Set(described.flatMap(({ hook }) => (ids.has(hook.id) ? [hook.path] : [])));
  });
}

function factsOf(
  module: PythonModule,
  own: readonly DescribedHook[],
  helper: HelperPlacement,
  run: Run,
): readonly FileFacts[] {
  const kind = fileKind(module, own.length > 0, run.modules);
  if (kind.kind === 'other') return [];
  const hooks = own.map(({ hook }) => hook);
  return [
    {
      file: run.files.get(module.path) ?? { path: module.path, text: module.text, bom: false, language: 'python' },
      ...kind,
      hooks,
      remarks: kind.kind === 'server' ? findRemarks(module, hooks) : [],
      style: textStyle(module, run.project),
      logger: loggerOf(
        module,
        own.map(({ definition }) => definition),
        run.search,
        run.project,
      ),
      helper,
      imports: importSite(module, helper, run.modules, run.project),
    },
  ];
}

/** One file's trouble never stops the others. */
function attempt<T>(path: string, { errors }: Run, work: () => readonly T[]): readonly T[] {
  try {
    return work();
  } catch (error) {
    errors.push({ path, message: `could not be read: ${error instanceof Error ? error.message : String(error)}` });
    return [];
  }
}

/** A file in which nothing is rewritten needs no helper. */
const NOWHERE: HelperPlacement = { path: '', importStatement: '', state: 'absent' };
