import type { ClassDeclaration, ClassExpression, Node, SourceFile } from 'ts-morph';
import type { CalleeBody, Cost, HookForm } from '../../../core/index.ts';

/** A parsed file of the project. */
export interface SourceModule {
  /** Relative to the root, `/` separators. */
  readonly path: string;
  /** The text as it was read; its offsets are those of the tree. */
  readonly text: string;
  readonly root: SourceFile;
}

/** A function-like node with a body: declaration, expression, arrow function, method, constructor, accessor. */
export type FunctionNode = Node;

/** What an expression means. */
export type Definition =
  | {
      readonly kind: 'function';
      readonly module: SourceModule;
      readonly node: FunctionNode;
      /** `initDb`, `warm`; `default` where it has no name. */
      readonly name: string;
      readonly owner?: ClassNode;
    }
  | ClassDefinition
  /** An object made from a class of the project: `new WorkerManager()`, an injected constructor parameter. */
  | { readonly kind: 'instance'; readonly of: ClassDefinition }
  | { readonly kind: 'module'; readonly module: SourceModule }
  /**
   * From outside the project, dotted, `default` left out and the result of a call marked: `mongoose.connect`, `fs/promises.mkdir`
   * (`node:` left out), `@prisma/client.PrismaClient.$connect` for a member of `new PrismaClient()`, `express().listen`.
   */
  | { readonly kind: 'external'; readonly qualifiedName: string }
  /** Any other value, with the expression that made it. */
  | { readonly kind: 'value'; readonly module: SourceModule; readonly node: Node };

export type ClassNode = ClassDeclaration | ClassExpression;

export interface ClassDefinition {
  readonly kind: 'class';
  readonly module: SourceModule;
  readonly node: ClassNode;
}

/** The project's modules, parsed as imports are followed and remembered. */
export interface Modules {
  /** `undefined` for a file that does not exist or does not parse. */
  at(path: string): SourceModule | undefined;
  /** Parses several files, with what they import, at once: asking for types in between would cost a pass each. */
  load(paths: readonly string[]): void;
  /** Why a file that exists could not be parsed: `syntax error at line 3: ')' expected`. */
  errorAt(path: string): string | undefined;
  /** The module that a node stands in. */
  of(node: Node): SourceModule;
  /** Path of the project's file behind an import specifier as seen from a file; `undefined` for packages. */
  resolveImport(from: string, specifier: string): string | undefined;
  /**
   * What an expression means where it stands: names of the enclosing scopes, imports (aliased, re-exported, `export *`, CommonJS),
   * members of classes (inherited, injected, assigned in constructors), of instances and of object literals. `await` and `as` are
   * looked through. `undefined` where it cannot be known.
   */
  resolve(expression: Node): Definition | undefined;
  /** A dotted name: `src/db/init.initDb`, `src/workers.WorkerManager.start`, or that of an external. */
  qualifiedName(definition: Definition): string;
  /** The body of the function that a call to the definition runs, and what waiting for it costs. */
  calleeBody(definition: Definition): CalleeBody | undefined;
  cost(definition: Definition | undefined): Cost;
  /** Whether a call to it gives a promise: `false` only where that is certain, `undefined` where nothing is known. */
  isAsync(definition: Definition | undefined): boolean | undefined;
}

/** A startup or shutdown hook as a framework recogniser found it. */
export interface HookDefinition {
  readonly framework: string;
  readonly form: HookForm;
  readonly module: SourceModule;
  /** Name for the report: `bootstrap`, `CacheService.onModuleInit`, `(module)`. */
  readonly name: string;
  /** The block or the source file whose statements are the hook's. */
  readonly body: Node;
  /** The function whose body that is; missing at module level. */
  readonly node?: FunctionNode;
  /** The whole definition with its decorators, or the statement that registers it; the source file at module level. */
  readonly outer: Node;
  /** The class whose method it is. */
  readonly owner?: ClassNode;
  /** `before-listen`: the call in which the server begins to listen, here or in what it calls. Its statement and all after it are not startup. */
  readonly listen?: Node;
  /** What is going to listen, as an expression that is valid right before the listening statement, or at the end of the hook. */
  readonly server?: string;
  /** No server of Node begins to listen after it: Next.js listens already, Bun and Deno have servers of their own. */
  readonly release?: boolean;
  /** How code in the hook reaches its app. */
  readonly app?: string;
  /** Startup functions that it waits for are looked into as hooks of their own: the call that waits for this one. */
  readonly awaitedBy?: Node;
  readonly adviceOnly?: string;
  readonly notes: readonly string[];
}

/** The hooks of one app, in the order in which they run. */
export interface AppHooks {
  /** `src/main.ts:bootstrap`. */
  readonly id: string;
  readonly startup: readonly HookDefinition[];
  readonly shutdown: readonly HookDefinition[];
}
