import { transforms } from '../transforms/index.ts';
import { classifyHook } from './classify/index.ts';
import type {
  Config,
  Decision,
  FileError,
  FileFacts,
  Language,
  LanguageFacts,
  ProjectFiles,
  ScanOptions,
  SourceFile,
  StartupHook,
} from './core/index.ts';
import { languages } from './languages/index.ts';

/** Facts and decisions of a set of files. */
export interface Analysis {
  readonly config: Config;
  readonly languages: readonly { readonly language: Language; readonly facts: LanguageFacts }[];
  /** Every hook by id, with the facts of its file. */
  readonly hooks: ReadonlyMap<string, { readonly hook: StartupHook; readonly facts: FileFacts }>;
  /** The decision of every step that has a call, by step id. */
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly errors: readonly FileError[];
}

/** Candidates → facts → decisions. A front end is loaded only when one of its files is there. */
export async function analyse(
  candidates: readonly SourceFile[],
  project: ProjectFiles,
  config: Config,
): Promise<Analysis> {
  const scanned = [];
  for (const entry of languages) {
    const files = candidates.filter((file) => file.language === entry.id);
    if (files.length === 0) continue;
    const language = await entry.load();
    scanned.push({ language, facts: language.scan(files, project, scanOptions(config)) });
  }
  const hooks = new Map(
    scanned.flatMap(({ facts }) =>
      facts.files.flatMap((file) => file.hooks.map((hook) => [hook.id, { hook, facts: file }] as const)),
    ),
  );
  const decisions = scanned.flatMap(({ language, facts }) => decide(language, facts, config, hooks));
  return {
    config,
    languages: scanned,
    hooks,
    decisions: new Map(decisions.map((decision) => [decision.stepId, decision])),
    errors: scanned.flatMap(({ facts }) => facts.errors),
  };
}

function decide(
  language: Language,
  facts: LanguageFacts,
  config: Config,
  hooks: Analysis['hooks'],
): readonly Decision[] {
  return facts.files.flatMap((file) =>
    file.hooks.flatMap((hook) =>
      classifyHook(hook, {
        config,
        knownCalls: language.knownCalls,
        app: facts.apps.find((app) => [...app.startupOrder, ...app.shutdownOrder].includes(hook.id)),
        hookOf: (id) => hooks.get(id)?.hook,
      }),
    ),
  );
}

function scanOptions(config: Config): ScanOptions {
  return {
    frameworks: config.frameworks,
    thresholds: config.thresholds,
    seeks: transforms.flatMap(({ id, seeks }) => (seeks && config.transforms.includes(id) ? [seeks] : [])),
    ...(config.helper.path === undefined ? {} : { helperPath: config.helper.path }),
    ...(config.helper.import === undefined ? {} : { helperImport: config.helper.import }),
  };
}
