import type { CalleeBody, Cost } from './callee.ts';
import type { Place, TextRange } from './source-file.ts';
import type { TrapSighting } from './trap.ts';

/**
 * - `lifespan`: a context manager around the time in which the app serves; what stands before its `yield` is startup.
 * - `startup-event`, `shutdown-event`: a function that the framework calls once.
 * - `before-listen`: the statements of a function, method or module that stand before the one in which the server begins to listen.
 */
export type HookForm = 'lifespan' | 'startup-event' | 'before-listen' | 'shutdown-event';

/** Code that a framework runs before it listens, with its shutdown part. */
export interface StartupHook {
  /** Unique in a run: `src/api/main.py:318:lifespan`. */
  readonly id: string;
  /** The file that it stands in. */
  readonly path: string;
  readonly name: string;
  /** Identifier of a framework, for example `fastapi`. */
  readonly framework: string;
  readonly form: HookForm;
  readonly line: number;
  /** The whole definition, decorators included. */
  readonly range: TextRange;
  /** Every startup statement in source order, those without an awaited call too: they matter for order. */
  readonly steps: readonly StartupStep[];
  readonly shutdown: readonly ShutdownStep[];
  readonly body: HookBody;
  /** The hook cannot be rewritten (trio, a template, no plain function body): the reason, as a sentence. */
  readonly adviceOnly?: string;
  /** Ids of the steps of other hooks that wait for this one, a part of them: where one of them moves, the steps here move with it. */
  readonly awaitedBy?: readonly string[];
  /** Things to tell the user: `events are never called because the app has a lifespan`. */
  readonly notes: readonly string[];
  /** Known ways to go wrong that the front end has recognised in it, or in the code that makes its app. */
  readonly traps?: readonly TrapSighting[];
}

/** Where a front end writes into a hook. */
export interface HookBody {
  /** Offset of the first statement after the docstring, and the indentation of the body. */
  readonly start: number;
  readonly indent: string;
  /** Offset after the last statement of the body. */
  readonly end: number;
  /** `context-manager` (decorated), `generator` (undecorated lifespan), `function` (an event handler) or `module` (its top level). */
  readonly kind: 'context-manager' | 'generator' | 'function' | 'module';
  readonly isAsync: boolean;
  /** The `yield` statements, in source order; of a program, the statements in which it stays while its server serves. */
  readonly yields: readonly YieldStatement[];
  /** What says that the server of a program listens, as an expression there: `server.started`. Missing: it does at its `yields`. */
  readonly releasedWhen?: string;
  /** `return` statements of the hook itself. */
  readonly returns: readonly TextRange[];
  /** Where on its app the startup tasks are kept, as the hook reaches it: `app.state.startup_tasks`. Missing: it cannot. */
  readonly keptAt?: string;
  /** Names bound in the hook or visible in its module: not to be shadowed. */
  readonly takenNames: readonly string[];
  /** Where the startup tasks live, in a language whose hooks do not enclose the time in which the app serves. */
  readonly tasks?: TasksPlace;
}

/** Where the startup tasks of a hook are made, and where they are told which server they wait for. */
export interface TasksPlace {
  /** How the hook, and its shutdown, reach them: `startupTasks`, `this.startupTasks`. */
  readonly expression: string;
  /** `local` and `module`: a `const` of the hook or of its file; `field`: of the class whose method the hook is. */
  readonly kind: 'local' | 'module' | 'field';
  /** Start of the line above which they are made, and its indentation. */
  readonly madeAt: number;
  readonly madeIndent: string;
  /** Start of the line above which the field is declared, and its indentation; for `field`. */
  readonly declaredAt?: number;
  readonly declaredIndent?: string;
  /** Start of the line above which they are told what to wait for: the statement that listens, or the end of the hook. */
  readonly heldAt: number;
  readonly heldIndent: string;
  /** What is going to listen, as an expression at that line: `app`, `server`, `this.server`. Missing: the next server. */
  readonly server?: string;
  /** They are released at that line instead: what listens is up already (Next.js), or is no server of Node (Bun, Deno). */
  readonly release?: boolean;
  /** Start of the line above which a framework's own shutdown hook is registered, and that hook's head: `app.addHook('onClose', async () => {`. */
  readonly shutdownHook?: AddedShutdownHook;
}

/** A shutdown hook that the framework offers, for a startup hook that has none. */
export interface AddedShutdownHook {
  readonly at: number;
  readonly indent: string;
  /** The lines around the statement that stops the tasks; the statement stands one level deeper. */
  readonly before: string;
  readonly after: string;
}

export interface YieldStatement {
  /** The whole statement, without indentation and line end. */
  readonly range: TextRange;
  readonly indent: string;
  readonly line: number;
}

/** What a step looks like: it decides how it is written as a background task. */
export type StepShape =
  /** `await f(x, y=1)` alone: callee and arguments are names, constants or attribute reads. */
  | 'plain-call'
  /** `asyncio.create_task(f(x))`, its value not kept, or kept in a name that nothing reads. */
  | 'detached'
  /** One or more whole statements that move as they are, into a local async function. */
  | 'statements'
  /** One member of a `gather` whose results nobody reads: `gather` says which. */
  | 'gather-member'
  /** It has no startup call: it stays where it is and counts for order only. */
  | 'inert';

/** One statement of a hook with what belongs to it: the unit that is decided and moved. */
export interface StartupStep {
  /** Unique in a run: path and offset. */
  readonly id: string;
  readonly line: number;
  /** From the first character of its first statement to the end of its last one (attached statements included). */
  readonly range: TextRange;
  readonly indent: string;
  readonly shape: StepShape;
  /** Awaited and detached calls in source order; the first one names the step. Empty for `inert`. */
  readonly calls: readonly StartupCall[];
  /** Statements after the call that belong to the step. */
  readonly attached: readonly AttachedStatement[];
  /** The members of a gather: same statement, same `group`. */
  readonly gather?: GatherMember;
  /** Insides of multi-line strings: never re-indented. */
  readonly verbatim: readonly TextRange[];
  /** Dotted paths that it assigns (`app.state.pool`, `model`) and reads (`settings.region`, `worker_manager`). */
  readonly binds: readonly string[];
  readonly reads: readonly string[];
  /** Names that the hook declares `global` or `nonlocal` and that the step assigns: `global cache`. */
  readonly declarations: readonly string[];
  /** It stands under an `if` (not a try, not a loop: those are part of the step). */
  readonly conditional: boolean;
  /** How a failure of it is handled where it stands. */
  readonly failure: FailureHandling;
  /** It is the directive's target. */
  readonly directive?: Directive;
  /** The comment block right above it (or trailing), without comment marks, remarks left out. */
  readonly comment?: string;
  /** Messages of the log calls in the step and right before it. */
  readonly logs: readonly string[];
  /** What the front end saw that stands against a move. Order against other steps is not among them. */
  readonly hazards: readonly Hazard[];
}

/**
 * - `propagates`: the failure stops startup.
 * - `survives`: it is caught, at most logged, and startup goes on.
 * - `changes-state`: the handler does something (fallback, retry, degraded mode).
 * - `exits`: the handler re-raises or ends the process.
 */
export type FailureHandling = 'propagates' | 'survives' | 'changes-state' | 'exits';

export interface AttachedStatement {
  readonly range: TextRange;
  /** `log-line` announces the outcome; `flag` says that it is ready; `uses-result` only uses what the call returned. */
  readonly why: 'log-line' | 'flag' | 'uses-result' | 'local-import';
}

export interface GatherMember {
  /** Id shared by the members of one gather. */
  readonly group: string;
  /** The whole gather statement, and the member's own argument in it. */
  readonly statement: TextRange;
  readonly argument: TextRange;
  /** The gather itself can be taken apart: plain arguments, no starred list, results not read. */
  readonly splittable: boolean;
}

/** `await` includes for-await and what stands in wait_for, shield, timeout; `detached` is create_task and its kin. */
export type CallForm = 'await' | 'detached' | 'gather-member' | 'sync';

export interface StartupCall {
  /** Line of the call itself. */
  readonly line: number;
  /** The whole await or detaching expression. */
  readonly range: TextRange;
  /** Dotted name as written, without arguments: `enhanced_worker_manager.start`. */
  readonly callee: string;
  /** The callee expression, and what stands between its parentheses. */
  readonly calleeRange: TextRange;
  readonly argumentsRange: TextRange;
  readonly form: CallForm;
  /** The wrappers that were looked through to get to it, outermost first: `asyncio.wait_for` of `await asyncio.wait_for(warm(), 5)`. */
  readonly through?: readonly { readonly callee: string; readonly line: number }[];
  /** The callee with its imports resolved: `alembic.command.upgrade`, `src.core.db.init_db`. */
  readonly qualifiedName?: string;
  /** Class of the receiver, and module that defines it, where they are known. */
  readonly receiverClass?: string;
  readonly module?: string;
  readonly cost: Cost;
  readonly body?: CalleeBody;
}

/** Why moving a step could change what the program does. */
export interface Hazard {
  readonly kind: HazardKind;
  /** A sentence part that names the thing: `app.state.pool is read in src/api/routes.py:41`. */
  readonly what: string;
  readonly at?: Place;
  /** `unsafe`: a person may move it all the same. `never`: a move cannot be right (a gate, the hook's own scope). */
  readonly severity: 'unsafe' | 'never';
}

export type HazardKind =
  | 'result-is-used'
  | 'publishes-state'
  | 'state-is-read'
  | 'order'
  | 'control-flow'
  | 'async-with'
  | 'encloses-yield'
  | 'handler-changes-state'
  | 'resets-shared-state'
  | 'readiness-flag'
  | 'captured-variable'
  | 'blocks-loop'
  | 'stop-needs-start'
  | 'hook-order-unknown'
  | 'never-ran-before'
  | 'task-affinity'
  /** A task that is held, cancelled or handed on: it is in the background, and stays as it is. */
  | 'already-tracked'
  | 'not-in-hook'
  | 'registers-routes'
  | 'must-be-first'
  | 'body-not-found'
  | 'unsupported-syntax';

export interface Directive {
  readonly verdict: 'critical' | 'background';
  readonly reason?: string;
  readonly line: number;
}

/** One statement of a shutdown hook, with its log lines. */
export interface ShutdownStep {
  readonly id: string;
  readonly line: number;
  readonly range: TextRange;
  readonly indent: string;
  /** Dotted name of the call that releases something; the statement's first call otherwise. Missing: it calls nothing. */
  readonly callee?: string;
  /** It stands in a try that lets the following steps run, or in a suppress. */
  readonly guarded: boolean;
  /** It releases a resource: close, stop, disconnect, shutdown … */
  readonly releases: boolean;
  /** flush, save, drain, commit: the step after it must not run when it failed. */
  readonly flushes: boolean;
  /** It can return, raise or exit: it stays as it is. */
  readonly leaves: boolean;
  readonly binds: readonly string[];
  readonly reads: readonly string[];
  readonly verbatim: readonly TextRange[];
  /** Id of the startup step that it undoes. */
  readonly counterpartOf?: string;
  /** Whether it can run after a start that failed or never ran; `unknown` where its body was not found. */
  readonly copesWithoutStart: 'yes' | 'no' | 'unknown';
}

/** A "TODO / temporarily disabled" comment. */
export interface Remark {
  readonly line: number;
  /** What is removed: whole lines with their line end, or a trailing comment with the blanks before it. */
  readonly range: TextRange;
  /** The removed comment as the user reads it, one line a comment line. */
  readonly text: string;
  /** Inside a startup or shutdown hook (else elsewhere in a server file). */
  readonly inHook: boolean;
  /** The commented-out call that it disables. */
  readonly disabledCall?: string;
}
