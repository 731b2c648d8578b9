import type { Analysis } from './analyse.ts';
import type {
  AppContext,
  Applicability,
  AppStartup,
  Decision,
  FileFacts,
  HookContext,
  NewFile,
  Rewrite,
  SourceFile,
  StartupHook,
  Syntax,
  Transform,
} from './core/index.ts';
import { applyRewrites } from './core/index.ts';

export interface PlanOptions {
  /** Include the rewrites that are `unsafe`. */
  readonly unsafe: boolean;
  /** What somebody has picked by hand; without it everything that `unsafe` allows. */
  readonly picks?: Picks;
  /** Paths whose files are left as they are: a rewrite that touches one of them is not made. */
  readonly except?: ReadonlySet<string>;
  /** The same choice for what is left to be done once the plan is written; without it nothing may be left. */
  readonly rest?: (again: Analysis, written: Plan) => { readonly analysis: Analysis; readonly picks: Picks };
}

/** A choice among decisions and rewrites, as a review or a split into commits makes it. */
export interface Picks {
  /** The background step may move, whatever its applicability is. */
  readonly moves: (decision: Decision) => boolean;
  /** The rewrite may be written. Asked for every rewrite that is no advice. */
  readonly writes: (rewrite: Rewrite) => boolean;
}

/** What would be written: a pure function of the analysis and the options. */
export interface Plan {
  readonly files: readonly PlannedFile[];
  readonly creates: readonly NewFile[];
  readonly rewrites: readonly Rewrite[];
  /** Advice of transforms that were asked for by name: what they do not rewrite, and why. */
  readonly declined: readonly Rewrite[];
  /** Rewrites left out because they overlap another one. */
  readonly setAside: readonly Rewrite[];
  /** Background steps that would move with `--unsafe`. */
  readonly pending: readonly Decision[];
  /** Ids of steps that should move and that no rewrite moves: they cannot be written as they stand. */
  readonly unwritten: ReadonlySet<string>;
}

export interface PlannedFile {
  readonly file: SourceFile;
  readonly after: string;
}

/** Decisions → rewrites → new texts. Reads nothing, writes nothing. */
export function plan(analysis: Analysis, transforms: readonly Transform[], options: PlanOptions): Plan {
  const canMove = transforms.some((transform) => transform.movesSteps);
  const moved = canMove ? movedSteps(analysis, options) : new Set<string>();
  const proposed = analysis.languages.flatMap(({ facts, language }) => [
    ...facts.files.flatMap((file) => rewritesOf(file, facts.apps, language.syntax, analysis, transforms, moved)),
    ...facts.apps.flatMap((app) => rewritesOfApp(app, facts.files, language.syntax, analysis, transforms, moved)),
  ]);
  const wanted = proposed.filter((rewrite) => isWanted(rewrite, options));
  const files = sourceFiles(analysis);
  const { texts, applied, setAside } = applyRewrites(files, wanted);
  return {
    files: [...texts].flatMap(([path, after]) => plannedFile(files.get(path), after)),
    creates: uniqueFiles(applied.flatMap((rewrite) => rewrite.creates)),
    rewrites: applied,
    declined: proposed.filter(({ applicability }) => applicability === 'display-only'),
    setAside,
    pending: pendingMoves(analysis, options),
    unwritten: without(
      moved,
      applied.flatMap((rewrite) => rewrite.moves ?? []),
    ),
  };
}

function rewritesOf(
  facts: FileFacts,
  apps: readonly AppStartup[],
  syntax: Syntax,
  analysis: Analysis,
  transforms: readonly Transform[],
  moved: ReadonlySet<string>,
): readonly Rewrite[] {
  const hooks = facts.hooks.map((hook) => contextOf(hook, facts, apps, syntax, analysis, moved));
  return transforms.flatMap((transform) => [
    ...hooks.flatMap((context) => transform.rewrite?.(context) ?? []),
    ...(transform.rewriteFile?.(facts, syntax, analysis.config.options) ?? []),
  ]);
}

function rewritesOfApp(
  app: AppStartup,
  files: readonly FileFacts[],
  syntax: Syntax,
  analysis: Analysis,
  transforms: readonly Transform[],
  moved: ReadonlySet<string>,
): readonly Rewrite[] {
  const ids = new Set([...app.startupOrder, ...app.shutdownOrder]);
  const context: AppContext = {
    app,
    hooks: [...ids].flatMap((id) => analysis.hooks.get(id) ?? []),
    syntax,
    factsOf: (path) => files.find(({ file }) => file.path === path),
    movesIn: (hook) => hook.steps.some((step) => moved.has(step.id)),
    config: analysis.config,
    rewritesHooks: transforms.some(({ rewrite }) => rewrite !== undefined),
  };
  return transforms.flatMap((transform) => transform.rewriteApp?.(context) ?? []);
}

function contextOf(
  hook: StartupHook,
  facts: FileFacts,
  apps: readonly AppStartup[],
  syntax: Syntax,
  analysis: Analysis,
  moved: ReadonlySet<string>,
): HookContext {
  const movesIn = (other: StartupHook) => other.steps.some((step) => moved.has(step.id));
  return {
    facts,
    hook,
    app: apps.find((app) => [...app.startupOrder, ...app.shutdownOrder].includes(hook.id)) ?? loneApp(hook),
    syntax,
    decisionOf: (step) => analysis.decisions.get(step.id),
    moves: (step) => moved.has(step.id),
    touched: movesIn(hook) || analysis.config.options.touch === 'all',
    hookOf: (id) => analysis.hooks.get(id),
    movesIn,
    options: analysis.config.options,
  };
}

/** Ids of the steps that move: background, and as safe as this run asks for. */
export function movedSteps(analysis: Analysis, options: PlanOptions): ReadonlySet<string> {
  const isAllowed = (decision: Decision) =>
    options.picks ? options.picks.moves(decision) : isTrusted(decision.applicability, options);
  const moved = [...analysis.decisions.values()].filter(
    (decision) =>
      decision.verdict === 'background' &&
      isAllowed(decision) &&
      analysis.hooks.get(decision.hookId)?.hook.adviceOnly === undefined,
  );
  const ids = new Set(moved.map((decision) => decision.stepId));
  return new Set(moved.filter((decision) => !movesWithin(decision, ids, analysis)).map((decision) => decision.stepId));
}

/** A step that waits for the whole hook moves: what it awaits is in the background then, and stays as it is. */
function movesWithin({ hookId }: Decision, moved: ReadonlySet<string>, analysis: Analysis): boolean {
  const { awaitedBy = [] } = analysis.hooks.get(hookId)?.hook ?? {};
  return awaitedBy.some((id) => {
    const outer = analysis.decisions.get(id);
    return moved.has(id) || (outer !== undefined && movesWithin(outer, moved, analysis));
  });
}

/** A hook that no app is known for is treated as the only one of its app. */
function loneApp(hook: StartupHook): AppStartup {
  const hasShutdown = hook.form === 'lifespan' || hook.form === 'shutdown-event';
  return {
    id: hook.id,
    startupOrder: hook.form === 'shutdown-event' ? [] : [hook.id],
    shutdownOrder: hasShutdown ? [hook.id] : [],
    orderKnown: true,
  };
}

function isWanted(rewrite: Rewrite, options: PlanOptions): boolean {
  if (rewrite.applicability === 'display-only') return false;
  const isPicked = options.picks ? options.picks.writes(rewrite) : isTrusted(rewrite.applicability, options);
  return isPicked && !rewrite.edits.some((edit) => options.except?.has(edit.path));
}

function isTrusted(applicability: Applicability, { unsafe }: PlanOptions): boolean {
  return applicability === 'safe' || (applicability === 'unsafe' && unsafe);
}

function pendingMoves(analysis: Analysis, options: PlanOptions): readonly Decision[] {
  if (options.unsafe) return [];
  return [...analysis.decisions.values()].filter(
    (decision) =>
      decision.verdict === 'background' &&
      decision.applicability === 'unsafe' &&
      analysis.hooks.get(decision.hookId)?.hook.adviceOnly === undefined,
  );
}

function sourceFiles(analysis: Analysis): ReadonlyMap<string, SourceFile> {
  return new Map(analysis.languages.flatMap(({ facts }) => facts.files.map(({ file }) => [file.path, file] as const)));
}

function plannedFile(file: SourceFile | undefined, after: string): readonly PlannedFile[] {
  return file ? [{ file, after }] : [];
}

function uniqueFiles(files: readonly NewFile[]): readonly NewFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function without(ids: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> {
  const removed = new Set(gone);
  return new Set([...ids].filter((id) => !removed.has(id)));
}
