import {
  type AppStartup,
  attempt,
  type DanglingTask,
  type FileFacts,
  type HelperPlacement,
  type LanguageFacts,
  type ProjectFiles,
  type ScanOptions,
  type SourceFile,
} from '../../core/index.ts';
import { hookAnchors, pythonAnchors } from './anchors.ts';
import { danglingTasksIn, TASK_MAKERS } from './dangling-tasks.ts';
import { type DescribedHook, describeAll, hooksOf, relevant } from './hooks/described-hooks.ts';
import { fileKind } from './hooks/file-kind.ts';
import { findHooks } from './hooks/hooks.ts';
import type { ScanRun } from './hooks/scan-run.ts';
import { python2Syntax, unreadable } from './hooks/unreadable.ts';
import type { PythonModule } from './modules/definition.ts';
import { createModules } from './modules/modules.ts';
import { helperPlacements } from './placing/helper-placement.ts';
import { importSite } from './placing/imports.ts';
import { loggerOf } from './placing/logger.ts';
import { textStyle } from './placing/text-style.ts';
import { findRemarks } from './remarks/remarks.ts';
import { thresholdsIn } from './thresholds.ts';

/** Hooks, steps, calls and remarks of the candidates, and of the files whose functions they register. */
export function scan(candidates: readonly SourceFile[], project: ProjectFiles, options: ScanOptions): LanguageFacts {
  const modules = createModules(project);
  const search = { modules, containing: (word: string) => project.containing(word, '.py') };
  const files = new Map(candidates.map((file) => [file.path, file]));
  const run: ScanRun = { files, project, modules, search, options, errors: [] };
  try {
    const words = [
      ...pythonAnchors,
      ...options.thresholds.map(({ name }) => name),
      ...(options.seeks.includes('dangling-tasks') ? TASK_MAKERS : []),
    ];
    const anchored = candidates.filter(({ text }) => words.some((word) => text.includes(word)));
    const readable = anchored.flatMap((file) => readModule(file, run));
    const found = findHooks([...readable, ...registeringModules(run)], search, options.frameworks);
    const { described, apps } = relevant(describeAll(found, run), run);
    return { files: factsOfFiles(readable, described, apps, run), apps, errors: run.errors };
  } finally {
    modules.dispose();
  }
}

function readModule(file: SourceFile, run: ScanRun): readonly PythonModule[] {
  return attempt(file.path, run, () => {
    const module = run.modules.at(file.path);
    const message = module ? python2Syntax(module.root) : unreadable(file.text);
    if (message !== undefined) run.errors.push({ path: file.path, message });
    return module && message === undefined ? [module] : [];
  });
}

/** The app that runs a hook may stand in a file that was not asked for. */
function registeringModules({ files, modules, search }: ScanRun): readonly PythonModule[] {
  const paths = new Set(hookAnchors.flatMap((word) => search.containing(word)));
  return [...paths].flatMap((path) => (files.has(path) ? [] : (modules.at(path) ?? [])));
}

/** Facts of the files that hold a hook or are standalone scripts. */
function factsOfFiles(
  readable: readonly PythonModule[],
  described: readonly DescribedHook[],
  apps: readonly AppStartup[],
  run: ScanRun,
): readonly FileFacts[] {
  const withHooks = described.map(({ definition }) => definition.module);
  const makers = new Set(
    run.options.seeks.includes('apps') ? apps.flatMap(placesOf).filter((path) => run.files.has(path)) : [],
  );
  const making = [...makers].flatMap((path) => run.modules.at(path) ?? []);
  const modules = [...new Map([...readable, ...withHooks, ...making].map((module) => [module.path, module])).values()];
  const hooks = byFile(described);
  const ownHooks = ({ path }: PythonModule) => hooks.get(path) ?? [];
  const left = new Map(modules.map((module) => [module.path, leftBehind(module, ownHooks(module), run)] as const));
  const rewritable = [
    ...described.filter(({ hook }) => hook.adviceOnly === undefined).map(({ definition }) => definition.module),
    ...modules.filter(({ path }) => left.get(path)?.length || makers.has(path)),
  ];
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
      const outside = { makesApp: makers.has(module.path), danglingTasks: left.get(module.path) ?? [] };
      const placement = placements.get(module.path) ?? NOWHERE;
      return attempt(module.path, run, () => factsOf(module, ownHooks(module), outside, placement, run));
    });
}

function byFile(described: readonly DescribedHook[]): ReadonlyMap<string, readonly DescribedHook[]> {
  const files = new Map<string, DescribedHook[]>();
  for (const one of described) {
    const { path } = one.definition.module;
    files.set(path, [...(files.get(path) ?? []), one]);
  }
  return files;
}

/** What is wanted of a file beside its hooks. */
interface Outside {
  readonly makesApp: boolean;
  readonly danglingTasks: readonly DanglingTask[];
}

/** Tasks that the functions of a module leave behind; those of a standalone script are its own matter. */
function leftBehind(module: PythonModule, own: readonly DescribedHook[], run: ScanRun): readonly DanglingTask[] {
  if (!run.options.seeks.includes('dangling-tasks') || !run.files.has(module.path)) return [];
  if (fileKind(module, own.length > 0, run.modules).kind === 'standalone') return [];
  const hooks = own.map(({ definition }) => definition.outer);
  return danglingTasksIn(module, hooks, run.modules);
}

/** The file that makes an app, where something can be written there. */
function placesOf({ events, endpoints }: AppStartup): readonly string[] {
  return [events?.site && events.path, endpoints?.path].filter((path) => path !== undefined);
}

function filesOfApps(apps: readonly AppStartup[], described: readonly DescribedHook[]): readonly ReadonlySet<string>[] {
  return apps.map((app) => {
    const ids = new Set(hooksOf(app));
    return new Set([...described.flatMap(({ hook }) => (ids.has(hook.id) ? [hook.path] : [])), ...placesOf(app)]);
  });
}

function factsOf(
  module: PythonModule,
  own: readonly DescribedHook[],
  { makesApp, danglingTasks }: Outside,
  helper: HelperPlacement,
  run: ScanRun,
): readonly FileFacts[] {
  const kind = fileKind(module, own.length > 0, run.modules);
  const thresholds = kind.kind === 'standalone' ? [] : thresholdsIn(module, run.options.thresholds);
  const isEmpty = thresholds.length + danglingTasks.length === 0 && !makesApp;
  if (kind.kind === 'other' && isEmpty) return [];
  const hooks = own.map(({ hook }) => hook);
  return [
    {
      file: run.files.get(module.path) ?? { path: module.path, text: module.text, bom: false, language: 'python' },
      ...kind,
      hooks,
      remarks: kind.kind === 'server' ? findRemarks(module, hooks) : [],
      thresholds,
      danglingTasks,
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

/** A file in which nothing is rewritten needs no helper. */
const NOWHERE: HelperPlacement = { path: '', importStatement: '', state: 'absent' };
