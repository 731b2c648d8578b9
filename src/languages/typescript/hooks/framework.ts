import type { CallExpression } from 'ts-morph';
import type { AppHooks, Modules, SourceModule } from '../modules/definition.ts';

/** A recogniser: which code is a startup or shutdown hook of one framework. */
export interface Framework {
  /** Equal to its file's name. */
  readonly id: string;
  /** Words without which a file holds no hook of it. */
  readonly anchors: readonly string[];
  /** Paths of the only files in which its hooks stand: `instrumentation.ts`. */
  readonly files?: RegExp;
  /** Calls in which its server begins to listen; what stands before them is startup. */
  findListens?(module: SourceModule, project: NodeProject): readonly ListenPoint[];
  /** Functions that it calls once around the life of the app: `onReady`, `onModuleInit`, `register`. */
  findHooks?(module: SourceModule, project: NodeProject): readonly AppHooks[];
}

/** A call in which a server begins to listen. */
export interface ListenPoint {
  readonly framework: string;
  readonly call: CallExpression;
  /** What listens, as an expression at the call: `app`, `this.server`. */
  readonly server?: string;
  /** It is no server of Node: Bun's, Deno's. */
  readonly release?: boolean;
}

/** What a recogniser may look at beside the module. */
export interface NodeProject {
  readonly modules: Modules;
  /** Paths of the project's TypeScript and JavaScript files that contain a word. */
  containing(word: string): readonly string[];
  read(path: string): string | undefined;
}
