import type {
  FileError,
  FileFacts,
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
import { helperPlacements } from './helper-placement.ts';
import { definitionKey, findHooks } from './hooks.ts';
import { importSite } from './imports.ts';
import { loggerOf } from './logger.ts';
import { createModules } from './modules.ts';
import { findRemarks } from './remarks.ts';
import { isTestFile } from './test-files.ts';
import { textStyle } from './text-style.ts';
import { trioUse } from './trio.ts';
import { unreadable } from './unreadable.ts';

/** What one scan works on. */
interface Scan {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly project: ProjectFiles;
  readonly modules: Modules;
  readonly options: ScanOptions;
}

/** Hooks, steps, calls and remarks of the candidates, and of the files whose functions they register. */
export function scan(candidates: readonly SourceFile[], project: ProjectFiles, options: ScanOptions): LanguageFacts {
  const modules = createModules(project);
  try {
    const files = new Map(candidates.map((file) => [file.path, file]));
    return scanFiles({ files, project, modules, options });
  } finally {
    modules.dispose();
  }
}

function scanFiles(run: Scan): LanguageFacts {
  const errors: FileError[] = [];
  const modules = [...run.files.values()].flatMap((file) => readable(file, run, errors));
  const search = { modules: run.modules, containing: (word: string) => run.project.containing(word, '.py') };
  const found = findHooks(modules, search, run.options.frameworks);
  const trio = trioUse(run.project);
  const described = new Map<string, StartupHook>();
  for (const definition of found.definitions) {
    attempt(definition.module.path, errors, () => {
      described.set(definitionKey(definition), describeHook(withTrio(definition, trio), run.modules));
    });
  }
  const { apps, remarks } = orderHooks(found, (definition) => described.get(definitionKey(definition))?.id);
  for (const [key, { note, adviceOnly }] of remarks) {
    const hook = described.get(key);
    if (hook)
      described.set(key, { ...hook, notes: [...hook.notes, note], ...(adviceOnly ? { adviceOnly: note } : {}) });
  }
  const linked = apps.flatMap(({ startupOrder, shutdownOrder }) => {
    const ids = new Set([...startupOrder, ...shutdownOrder]);
    return linkCounterparts([...described.values()].filter(({ id }) => ids.has(id)));
  });
  const byId = new Map([...[...described.values()], ...linked].map((hook) => [hook.id, hook]));
  const definitions = found.definitions.filter((definition) => described.has(definitionKey(definition)));
  const hooksOf = (path: string) =>
    definitions
      .filter(({ module }) => module.path === path)
      .flatMap((definition) => byId.get(described.get(definitionKey(definition))?.id ?? '') ?? []);
  const all = [
    ...new Map(
      [...modules, ...definitions.map(({ module }) => module)].map((module) => [module.path, module]),
    ).values(),
  ];
  const placements = helperPlacements(
    all.filter(({ path }) => hooksOf(path).length > 0),
    run.modules,
    run.project,
    run.options,
  );
  const facts = all.flatMap((module): readonly FileFacts[] => {
    const hooks = hooksOf(module.path);
    const own = definitions.filter((definition) => definition.module.path === module.path);
    let result: FileFacts | undefined;
    attempt(module.path, errors, () => {
      const kind = fileKind(module, hooks.length > 0, run.modules);
      const helper = placements.get(module.path) ?? { path: '', importStatement: '', state: 'absent' };
      if (kind.kind === 'other') return;
      result = {
        file: run.files.get(module.path) ?? { path: module.path, text: module.text, bom: false, language: 'python' },
        ...kind,
        hooks,
        remarks: kind.kind === 'server' ? findRemarks(module, hooks) : [],
        style: textStyle(module, run.project),
        logger: loggerOf(module, own, search, run.project),
        helper,
        imports: importSite(module, helper.importStatement, run.modules, run.project),
      };
    });
    return result ? [result] : [];
  });
  return { files: facts, apps, errors };
}

function readable(file: SourceFile, run: Scan, errors: FileError[]): readonly PythonModule[] {
  let module: PythonModule | undefined;
  attempt(file.path, errors, () => {
    const message = unreadable(file.text);
    if (message === undefined) module = run.modules.at(file.path);
    else if (!isTestFile(file.path)) errors.push({ path: file.path, message });
  });
  return module ? [module] : [];
}

function withTrio(definition: HookDefinition, trio: string | undefined): HookDefinition {
  return trio === undefined || definition.adviceOnly !== undefined ? definition : { ...definition, adviceOnly: trio };
}

/** One file's trouble never stops the others. */
function attempt(path: string, errors: FileError[], work: () => void): void {
  try {
    work();
  } catch (error) {
    errors.push({ path, message: `could not be read: ${error instanceof Error ? error.message : String(error)}` });
  }
}
