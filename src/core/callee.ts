import type { Place } from './source-file.ts';

/** What waiting for a call costs, as read from its body. `unknown`: the body was not found. */
export type Cost = 'never-returns' | 'returns-at-once' | 'blocks-loop' | 'finite' | 'unknown';

/** The body behind a callee, followed through the project's imports, two levels deep. */
export interface CalleeBody {
  readonly at: Place;
  /** `VectorStore.load` or `init_db`. */
  readonly name: string;
  /** First paragraph of its docstring, or of its class's. */
  readonly docstring?: string;
  readonly isAsync: boolean;
  /** Where the body shows its cost: the loop, the blocking call, the task that it starts. */
  readonly costAt?: Place;
  /** What was seen there, as a phrase: `loops for ever`, `calls time.sleep`, `starts a task of its own and returns`. */
  readonly costReason?: string;
  /** Dotted names of the calls that it makes, imports resolved (`sqlalchemy.create_engine`), its project callees' calls included. */
  readonly calls: readonly string[];
  /** Texts of its log messages and comments, outermost body only. */
  readonly remarks: readonly string[];
  /** String literals that it passes to databases: `DELETE FROM jobs WHERE created < …`. */
  readonly queries: readonly string[];
  /** It only logs, assigns or does nothing: there is no work in it. */
  readonly isTrivial: boolean;
  /** It asks for something and logs the answer, and that is all. Missing: not looked for. */
  readonly onlyLogs?: boolean;
  /** Every failure of its work is caught inside it, logged and survived. */
  readonly survivesFailure: boolean;
  /** It can end the process or raise on purpose: `sys.exit`, `raise RuntimeError("…")`. */
  readonly exitsOnFailure: boolean;
  /** State outside it that it fills. */
  readonly effects: readonly StateEffect[];
  /** State outside it that it reads, named like the targets of effects. Missing: not looked for. */
  readonly reads?: readonly string[];
  /** It ends with a flag or value that announces that it is ready, or resets, wipes or marks shared state. */
  readonly resetsSharedState: boolean;
  /** Where a timer or a schedule calls it again. Missing: nowhere, or not looked for. */
  readonly repeatedAt?: Place;
  /** What it deletes it selects by age, or in a loop with a pause. */
  readonly deletesByAge: boolean;
}

/** State that a callee fills and that outlives it: a module global, an attribute of a shared object, `app.state.x`. */
export interface StateEffect {
  /** `src.core.store._index`, `VectorStore.index`, `app.state.pool`. */
  readonly target: string;
  readonly at: Place;
  readonly readers: readonly StateReader[];
}

/** Code outside the startup path that reads such state. */
export interface StateReader {
  readonly at: Place;
  /** It copes with the absence of the state: a lazy getter, a None or `is_initialized` check, a lock. */
  readonly copes: boolean;
  /** How, as a phrase: `a lazy getter`, `checked with is_initialized`. */
  readonly how?: string;
}
