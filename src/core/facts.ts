import type { AppEvents } from './app-events.ts';
import type { DanglingTask } from './dangling-task.ts';
import type { EndpointSite } from './endpoint-site.ts';
import type { SourceFile, TextRange } from './source-file.ts';
import type { Remark, StartupHook } from './startup.ts';
import type { TextStyle } from './text-style.ts';
import type { ThresholdAssignment } from './threshold.ts';

/** `server`: has hooks. `standalone`: a program without a listen in this process. `other`: neither. */
export type FileKind = 'server' | 'standalone' | 'other';

/** What a front end found in one file. */
export interface FileFacts {
  readonly file: SourceFile;
  readonly kind: FileKind;
  /** Why it is `standalone` or `other`: `runs no server: asyncio.run(main()) at line 97`. */
  readonly why?: string;
  readonly hooks: readonly StartupHook[];
  readonly remarks: readonly Remark[];
  /** Where the thresholds of the configuration are assigned; a file may have nothing else to show. */
  readonly thresholds: readonly ThresholdAssignment[];
  /** Tasks that handlers and services leave behind; where they were asked for. */
  readonly danglingTasks: readonly DanglingTask[];
  readonly style: TextStyle;
  readonly logger: Logger;
  readonly helper: HelperPlacement;
  readonly imports: ImportSite;
}

/** The logger that the file has, or how to make the standard one. */
export interface Logger {
  /** `logger`, `self.logger`, `structlog.get_logger()`: an expression valid in the hook. */
  readonly expression: string;
  readonly library: 'logging' | 'structlog' | 'loguru' | 'console' | 'pino' | 'winston' | 'nest' | 'other';
  /** Statement and import to add where the file has none: `logger = logging.getLogger(__name__)`. */
  readonly setUp?: string;
  /** Offset of a line start at which `setUp` goes (after the imports). */
  readonly setUpAt: number;
  /** `import logging` must be added as well. */
  readonly setUpImport?: string;
}

/** Where the runtime helper is, or goes, for the hooks of a file. */
export interface HelperPlacement {
  /** Path of the helper file, relative to the root. */
  readonly path: string;
  /** The import line, as the project imports its own modules: `from src.api.startup_tasks import StartupTasks`. */
  readonly importStatement: string;
  /** `absent`, `current`, `older`, or `edited` by the user. */
  readonly state: 'absent' | 'current' | 'older' | 'edited';
}

/** Where import lines go, and what is imported already. */
export interface ImportSite {
  /** Offset of a line start: after docstring, `__future__` and the file's own imports of the same group. */
  readonly firstParty: number;
  readonly standard: number;
  /** Names that are bound at module level by imports or definitions. */
  readonly names: readonly string[];
  /** Ranges of the import statements of the first-party group, for keeping their order. */
  readonly statements: readonly TextRange[];
}

/** The startup hooks of one app in the order in which they run, across files. */
export interface AppStartup {
  /** `src/api/main.py:app`. */
  readonly id: string;
  /** Ids of the hooks with a startup part, in the order in which those parts run. */
  readonly startupOrder: readonly string[];
  /** Ids of the hooks with a shutdown part (lifespans, shutdown events), in the order in which those parts run. */
  readonly shutdownOrder: readonly string[];
  readonly orderKnown: boolean;
  /** Why not, as a sentence. */
  readonly why?: string;
  /** Its event handlers, for a framework whose apps take a lifespan instead. */
  readonly events?: AppEvents;
  /** Missing: the place that makes it was not found, or is of a framework whose endpoints are not written. */
  readonly endpoints?: EndpointSite;
}

/** What a scan of one language found. */
export interface LanguageFacts {
  readonly files: readonly FileFacts[];
  readonly apps: readonly AppStartup[];
  readonly errors: readonly FileError[];
}

/** A file that could not be handled; the others were. */
export interface FileError {
  readonly path: string;
  readonly message: string;
}
