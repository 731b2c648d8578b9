import type { HookDefinition, Modules, PythonModule } from '../modules/definition.ts';
import type { Node } from '../tree/parse.ts';

/** A recogniser: which code is a startup or shutdown hook of one framework. */
export interface Framework {
  /** Equal to its file's name. */
  readonly id: string;
  /** Words without which a file registers no hook. */
  readonly anchors: readonly string[];
  /** The hooks that a module hands to apps; they may stand in other modules. */
  findHooks(module: PythonModule, project: PythonProject): readonly Registration[];
  /** Calls of a module by which the program itself begins to listen; for frameworks without hooks, or beside them. */
  findListens?(module: PythonModule, project: PythonProject): readonly ListenPoint[];
  /** Where a module includes routers, or mounts apps, that own hooks (`owners`: ids of app objects). */
  findInclusions(module: PythonModule, project: PythonProject, owners: ReadonlySet<string>): readonly Inclusion[];
}

/** A call by which a program begins to listen. */
export interface ListenPoint {
  readonly framework: string;
  readonly call: Node;
  readonly module: PythonModule;
  /** It goes on until the server has ended; else it returns once the server listens. */
  readonly stays: boolean;
  /** What says that the server listens, where it runs more of the app before: `server.started`. */
  readonly condition?: string;
  /** What it may run before the server listens, where nothing says when that is over. */
  readonly delay?: string;
  /** What the call awaits before it listens: `init_app` of `web.run_app(init_app())`. */
  readonly awaits?: Node;
}

/** What a recogniser may look at beside the module. */
export interface PythonProject {
  readonly modules: Modules;
  /** Paths of the project's Python files that contain a word. */
  containing(word: string): readonly string[];
}

export interface FrameworkFindings {
  readonly registrations: readonly Registration[];
  readonly inclusions: readonly Inclusion[];
}

/** One place at which an app or a router is given a hook. */
export interface Registration {
  readonly definition: HookDefinition;
  readonly owner: AppObject;
  /** `event`s of an app do not run when it has a `lifespan`; in `phase`s all of them run, one phase after the other. */
  readonly via: 'lifespan' | 'event' | 'phase';
  /** For `phase`. */
  readonly phase?: Phase;
  readonly place: CodePlace;
  /** The place itself as a hook, where the body of the handler stands in another file: the server waits there. */
  readonly reference?: HookDefinition;
  /**
   * Lifespans that run inside this one because it enters them (`async with base(app): … yield`), in the order in which their
   * startup parts run; one that wraps others stands before and after them.
   */
  readonly wraps?: readonly HookDefinition[];
  /** It enters the lifespan that the app had before: `inner = app.router.lifespan_context`. */
  readonly wrapsPrevious?: boolean;
  /** What it enters is registered from elsewhere, in an order that imports decide. */
  readonly isUnordered?: boolean;
  /** Only one of several hooks is used: `lifespan=override or lifespan`. */
  readonly alternative?: boolean;
}

/** When a hook runs among those of its app that are handed over under other names: the lower number first. */
export interface Phase {
  readonly startup?: number;
  readonly shutdown?: number;
  /** Within a phase the hooks that were registered last shut down first. */
  readonly lastShutsDownFirst?: true;
}

/** An app or router, identified by the place that makes it. */
export interface AppObject {
  /** `src/api/main.py:app`; equal for equal objects. */
  readonly id: string;
  readonly isRouter: boolean;
  /** It could be traced to the place that makes it. */
  readonly isKnown: boolean;
}

/** `parent.include_router(child)` or `parent.mount(path, child)`. */
export interface Inclusion {
  readonly parent: AppObject;
  readonly child: AppObject;
  readonly kind: 'include' | 'mount';
  readonly place: CodePlace;
}

export interface CodePlace {
  readonly path: string;
  readonly offset: number;
}
