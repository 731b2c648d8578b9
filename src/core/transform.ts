import type { Config } from './config.ts';
import type { Decision } from './decision.ts';
import type { AppStartup, FileFacts } from './facts.ts';
import type { Sought, Syntax } from './language.ts';
import type { Rewrite } from './rewrite.ts';
import type { StartupHook, StartupStep } from './startup.ts';

/** One kind of rewrite, free of any language's syntax. */
export interface Transform {
  /** Kebab-case, equal to its file's name. */
  readonly id: string;
  readonly description: string;
  /** What a commit of its rewrites alone does, as its subject: at most 50 characters, imperative. */
  readonly subject: string;
  /** It runs only where it is named, by `--transform` or in the configuration. */
  readonly onRequest?: true;
  /** What it needs beside hooks. */
  readonly seeks?: Sought;
  /** Words of files that it needs, and that hold no hook. */
  readonly anchors?: readonly string[];
  /** Without such a transform in a run nothing moves, and the others must not speak of moves. */
  readonly movesSteps?: true;
  /** Proposals for one hook. */
  rewrite?(context: HookContext): readonly Rewrite[];
  /** Proposals for a file outside of its hooks: remarks in server files, thresholds. */
  rewriteFile?(facts: FileFacts, syntax: Syntax, options: TransformOptions): readonly Rewrite[];
  /** Proposals for an app as a whole, whose hooks may stand in several files. */
  rewriteApp?(context: AppContext): readonly Rewrite[];
}

/** Everything that a transform may look at, for one app. */
export interface AppContext {
  readonly app: AppStartup;
  /** Its hooks with a startup part in the order in which they run, then those that only shut down, each with its file. */
  readonly hooks: readonly { readonly hook: StartupHook; readonly facts: FileFacts }[];
  readonly syntax: Syntax;
  /** Facts of a file of the language; `undefined` where it has none. */
  factsOf(path: string): FileFacts | undefined;
  /** Steps of the hook move in this run. */
  movesIn(hook: StartupHook): boolean;
  readonly config: Config;
  /** Other transforms of the run rewrite hooks. */
  readonly rewritesHooks: boolean;
}

/** Everything that a transform may look at, for one hook. */
export interface HookContext {
  readonly facts: FileFacts;
  readonly hook: StartupHook;
  readonly app: AppStartup;
  readonly syntax: Syntax;
  /** The decision of every step that has a call. */
  decisionOf(step: StartupStep): Decision | undefined;
  /** The step moves: its verdict is background and its applicability is allowed in this run. */
  moves(step: StartupStep): boolean;
  /** A step of this hook moves, or config says `touch: all`. */
  readonly touched: boolean;
  /** Any hook of the app by id, with its file: the hook that releases may stand elsewhere. */
  hookOf(id: string): { readonly hook: StartupHook; readonly facts: FileFacts } | undefined;
  /** Steps of any hook of the app that move. */
  movesIn(hook: StartupHook): boolean;
  readonly options: TransformOptions;
}

export interface TransformOptions {
  readonly remarks: 'hooks' | 'server-files' | 'none';
  readonly touch: 'moved' | 'all';
  /** How many finite background steps of an app run at a time. */
  readonly concurrency: number;
}
