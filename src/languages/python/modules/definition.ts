import type { CalleeBody, Cost, HookForm } from '../../../core/index.ts';
import type { Node } from '../tree/parse.ts';

/** A parsed file of the project. */
export interface PythonModule {
  /** Relative to the root, `/` separators. */
  readonly path: string;
  /** The dotted name under which the project imports it: `src.api.main`. */
  readonly name: string;
  readonly text: string;
  readonly root: Node;
}

/** What a name or an attribute means. */
export type Definition =
  | { readonly kind: 'function'; readonly module: PythonModule; readonly node: Node; readonly owner?: ClassDefinition }
  | ClassDefinition
  /** An object made from a class of the project, at module level or in a constructor: `manager = WorkerManager()`. */
  | { readonly kind: 'instance'; readonly of: ClassDefinition; readonly module: PythonModule; readonly node: Node }
  | { readonly kind: 'module'; readonly module: PythonModule }
  /** Imported from outside the project, dotted: `redis.asyncio.Redis.ping`. */
  | { readonly kind: 'external'; readonly qualifiedName: string }
  /** Any other value, with the expression that is assigned. */
  | { readonly kind: 'value'; readonly module: PythonModule; readonly node: Node };

export interface ClassDefinition {
  readonly kind: 'class';
  readonly module: PythonModule;
  readonly node: Node;
}

/** The project's modules, parsed on demand and remembered. */
export interface Modules {
  /** `undefined` for a file that does not exist or does not parse. */
  at(path: string): PythonModule | undefined;
  /** The module behind `import a.b` or `from ..a import b` (`level` dots) as seen from a module. */
  imported(from: PythonModule, name: string, level: number): PythonModule | undefined;
  /**
   * What a name, attribute or call-free expression means at the place where it stands: local names of the enclosing functions,
   * then the module, then its imports (absolute, relative, aliased, re-exported, `import *`), methods of instances, attributes
   * that a constructor assigns, inherited methods. `undefined` where it cannot be known.
   */
  resolve(expression: Node, module: PythonModule): Definition | undefined;
  /** A dotted name for a definition: `src.core.db.init_db`, `src.workers.WorkerManager.start`. */
  qualifiedName(definition: Definition): string;
  /** The body of the function that a call to the definition runs, and what waiting for it costs. */
  calleeBody(definition: Definition): CalleeBody | undefined;
  cost(definition: Definition | undefined): Cost;
  dispose(): void;
}

/** How a function that runs its server itself goes on from startup to serving. */
export interface Serving {
  /** The calls that begin to listen: startup ends before them. Empty: all of it is startup. */
  readonly listens: readonly Node[];
  /** The awaits, or the loop, in which it stays while the server serves. */
  readonly waits: readonly Node[];
  /** What says that the server listens, where more may run before: `server.started`. */
  readonly condition?: string;
  /** What may still run before the server listens once it waits, where nothing says when it does. */
  readonly delay?: string;
  /** It is no coroutine: its calls stand in event loops of their own, `asyncio.run(init())`. */
  readonly isSync?: true;
  /** The block that holds the startup, where that is not the whole body. */
  readonly block?: Node;
}

/** A startup or shutdown hook as a framework recogniser found it. */
export interface HookDefinition {
  readonly framework: string;
  readonly form: HookForm;
  readonly module: PythonModule;
  /** The `function_definition`; of a handler whose body is in no file of the project, the expression that registers it. */
  readonly node: Node;
  /** The body is in no file of the project: `on_startup=[broadcast.connect]`. */
  readonly isReference?: true;
  /** The `decorated_definition` around it, or the same node. */
  readonly outer: Node;
  readonly kind: 'context-manager' | 'generator' | 'function' | 'module';
  /** Which part of it is startup; for `before-listen`. */
  readonly serving?: Serving;
  /** Where on its app the startup tasks are kept, as code in the hook reaches it. */
  readonly keptAt?: string;
  readonly adviceOnly?: string;
  readonly notes: readonly string[];
}
