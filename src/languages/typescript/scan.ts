import {
  attempt,
  type FileFacts,
  type HelperPlacement,
  type LanguageFacts,
  type ProjectFiles,
  type ScanOptions,
  type SourceFile,
} from '../../core/index.ts';
import { mayBeProgram, mayHoldHooks } from './anchors.ts';
import { findHooks } from './hooks/all-hooks.ts';
import type { DescribedHook } from './hooks/delegates.ts';
import { describeAll } from './hooks/described-hooks.ts';
import { fileKind } from './hooks/file-kind.ts';
import type { ScanRun } from './hooks/scan-run.ts';
import { isTestFile } from './hooks/test-files.ts';
import type { SourceModule } from './modules/definition.ts';
import { createModules } from './modules/modules.ts';
import { helperPlacements } from './placing/helper-placement.ts';
import { importSite } from './placing/imports.ts';
import { loggerOf } from './placing/logger.ts';
import { textStyle } from './placing/text-style.ts';
import { findRemarks } from './remarks/remarks.ts';
import { thresholdsIn } from './thresholds.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;

/** Hooks, steps, calls and remarks of the candidates, and of the startup functions that they call. */
export function scan(candidates: readonly SourceFile[], project: ProjectFiles, options: ScanOptions): LanguageFacts {
  const modules = createModules(project);
  const files = new Map(candidates.map((file) => [file.path, file]));
  const run: ScanRun = {
    files,
    project,
    options,
    modules,
    errors: [],
    containing: (word) => EXTENSIONS.flatMap((extension) => project.containing(word, extension)),
    read: (path) => project.read(path),
  };
  const anchored = candidates.filter((file) => mayHoldHooks(file) && !isTestFile(file.path));
  modules.load(anchored.map(({ path }) => path));
  const readable = anchored.flatMap((file) => readModule(file, run));
  const { described, apps } = describeAll(findHooks(readable, run), run);
  const asked = described.filter(({ hook }) => files.has(hook.path));
  return { files: factsOfFiles(candidates, asked, run), apps, errors: run.errors };
}

function readModule({ path }: SourceFile, run: ScanRun): readonly SourceModule[] {
  return attempt(path, run, () => {
    const message = run.modules.errorAt(path);
    if (message !== undefined) run.errors.push({ path, message });
    const module = run.modules.at(path);
    return module ? [module] : [];
  });
}

/** Facts of the files that hold a hook or are standalone programs. */
function factsOfFiles(
  candidates: readonly SourceFile[],
  described: readonly DescribedHook[],
  run: ScanRun,
): readonly FileFacts[] {
  const rewritable = described
    .filter(({ hook }) => hook.adviceOnly === undefined)
    .map(({ definition }) => definition.module);
  const hooked = new Set(described.map(({ hook }) => hook.path));
  const words = run.options.thresholds.map(({ name }) => name);
  const telling = candidates.filter(
    (file) => hooked.has(file.path) || ((mayBeProgram(file) || hasAny(file, words)) && !isTestFile(file.path)),
  );
  run.modules.load(telling.map(({ path }) => path));
  const placements = helperPlacements([...new Set(rewritable)], run.modules, run.project, run.options);
  return telling
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) => {
      const own = described.filter(({ hook }) => hook.path === file.path);
      return attempt(file.path, run, () => factsOf(file, own, placements.get(file.path) ?? NOWHERE, run));
    });
}

function factsOf(
  file: SourceFile,
  own: readonly DescribedHook[],
  helper: HelperPlacement,
  run: ScanRun,
): readonly FileFacts[] {
  const module = run.modules.at(file.path);
  if (!module) return [];
  const kind = fileKind(module, own.length > 0, run.modules);
  const thresholds = kind.kind === 'standalone' ? [] : thresholdsIn(module, run.options.thresholds);
  if (kind.kind === 'other' && thresholds.length === 0) return [];
  const hooks = own.map(({ hook }) => hook);
  const definitions = own.map(({ definition }) => definition);
  return [
    {
      file,
      ...kind,
      hooks,
      remarks: kind.kind === 'server' ? findRemarks(module, hooks) : [],
      thresholds,
      danglingTasks: [],
      style: textStyle(module, run.project),
      logger: loggerOf(
        module,
        definitions,
        run.modules,
        hooks.flatMap(({ body }) => body.tasks ?? []),
      ),
      helper,
      imports: importSite(module, helper, run.modules, run.project),
    },
  ];
}

function hasAny({ text }: SourceFile, words: readonly string[]): boolean {
  return words.some((word) => text.includes(word));
}

/** A file in which nothing is rewritten needs no helper. */
const NOWHERE: HelperPlacement = { path: '', importStatement: '', state: 'absent' };
