import type { AppEvents } from './app-events.ts';
import type { DanglingTask } from './dangling-task.ts';
import type { Edit, FileEdit } from './edit.ts';
import type { EndpointSite } from './endpoint-site.ts';
import type { FileFacts, LanguageFacts } from './facts.ts';
import type { KnownCall } from './known-call.ts';
import type { ProjectFiles } from './project-files.ts';
import type { NewFile } from './rewrite.ts';
import type { SourceFile, TextRange } from './source-file.ts';
import type { GatherMember, Remark, ShutdownStep, StartupHook, StartupStep } from './startup.ts';
import type { ThresholdRule } from './threshold.ts';

/** A language front end. Its syntax tree stays inside it: everything else sees ranges of text. */
export interface Language {
  /** `python` */
  readonly id: string;
  /** Finds hooks, steps, calls and remarks in the candidates; other files of the project are read as imports are followed. */
  scan(candidates: readonly SourceFile[], project: ProjectFiles, options: ScanOptions): LanguageFacts;
  readonly syntax: Syntax;
  /** What calls of this language's libraries are for. */
  readonly knownCalls: readonly KnownCall[];
  /** Why the new text must not be written: a syntax error, a token outside the edits that is gone. Empty: it may. */
  verify(before: SourceFile, after: string, edited: readonly TextRange[]): readonly string[];
}

export interface ScanOptions {
  /** Only hooks of these frameworks; empty for all. */
  readonly frameworks: readonly string[];
  /** Folder for the runtime helper and the import line's module, from the config. */
  readonly helperPath?: string;
  readonly helperImport?: string;
  readonly thresholds: readonly ThresholdRule[];
  /** What the transforms of the run need beside hooks. */
  readonly seeks: readonly Sought[];
}

/**
 * What costs looking further than hooks.
 *
 * - `apps`: where apps are made, what they run at their events, which of their routes are free.
 * - `dangling-tasks`: tasks that handlers and services leave behind.
 */
export type Sought = 'apps' | 'dangling-tasks';

/** The paths to add; a missing one is not. `required` are names of steps. */
export interface ReadinessRoutes {
  readonly ready?: string;
  readonly startup?: string;
  readonly required: readonly string[];
}

/** What a hook does with the startup tasks of its app. */
export interface TaskRole {
  /** It makes the instance at its top, or takes the one that an earlier hook of the app has made. */
  readonly instance: 'create' | 'take' | 'none';
  /** The last startup hook of the app: its tasks start when it is left. */
  readonly releases: boolean;
  /** The first shutdown part of the app: it ends the tasks. */
  readonly stops: boolean;
  /** No shutdown part exists: one is added. */
  readonly addsShutdown: boolean;
  /** How many finite steps the instance runs at a time; 1 is the helper's own default. */
  readonly concurrency: number;
}

/** A startup step that moved, with its hook: the stop that needs it may stand in another one. */
export interface StartedStep {
  readonly step: StartupStep;
  readonly hook: StartupHook;
}

/** How a language spells what the transforms ask for. Pure functions of the facts; offsets are those of the original text. */
export interface Syntax {
  /** Records the step with the startup tasks instead of awaiting it. `undefined`: it cannot be written as it stands. */
  runInBackground(step: StartupStep, hook: StartupHook, facts: FileFacts): readonly Edit[] | undefined;
  /** Takes members out of a gather; the members that stay are awaited as before. The taken ones run as one concurrent step. */
  splitGather(
    moved: readonly StartupStep[],
    kept: readonly StartupStep[],
    gather: GatherMember,
    hook: StartupHook,
    facts: FileFacts,
  ): readonly Edit[] | undefined;
  /** Instance, release, stop and imports for a hook; `after`: offset of the first recorded step (yields before it stay bare). `undefined`: the hook has no place for them. */
  trackTasks(hook: StartupHook, facts: FileFacts, role: TaskRole, after: number): readonly Edit[] | undefined;
  /** An earlier run has made or taken the startup tasks in this hook. */
  tracksTasks(hook: StartupHook, facts: FileFacts): boolean;
  /** Removes imports and local names that nothing uses any more once the edits are made. */
  dropUnused(edits: readonly Edit[], facts: FileFacts): readonly Edit[];
  /** The runtime helper as a file, where it is absent. */
  helper(facts: FileFacts): NewFile | undefined;
  /** Guards shutdown steps that belong together; under `finished` only when that start has finished. `undefined`: it cannot be written. */
  guardShutdown(
    group: readonly ShutdownStep[],
    hook: StartupHook,
    facts: FileFacts,
    finished: StartedStep | undefined,
  ): readonly Edit[] | undefined;
  /**
   * A comment above the step: `lead` is `Blocks startup` or `Background`; `below` for members that are taken out of a gather, whose
   * new line stands below it. No edits where the step is explained already.
   */
  explain(step: StartupStep, lead: string, reason: string, facts: FileFacts, place: 'above' | 'below'): readonly Edit[];
  /** A lifespan in the place of the event handlers of an app, whose file's facts are given; in a language that has both. */
  mergeEvents?(events: AppEvents, facts: FileFacts): readonly FileEdit[];
  /** Endpoints that say whether the startup tasks are ready, and what each of them does. `undefined` for a path that is not wanted. */
  addReadiness?(site: EndpointSite, routes: ReadinessRoutes, facts: FileFacts): readonly Edit[];
  /** Holds the task, and logs its failure; in a language that can. */
  keepTask?(task: DanglingTask, facts: FileFacts): readonly Edit[];
  removeRemark(remark: Remark, facts: FileFacts): readonly Edit[];
  /** A comment above the line of an offset, at its indentation. */
  commentAbove(offset: number, sentence: string, facts: FileFacts): Edit;
}
