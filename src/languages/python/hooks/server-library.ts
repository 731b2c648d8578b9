import type { PythonModule } from '../modules/definition.ts';
import { originsOf } from '../modules/origins.ts';
import { dottedName } from '../tree/dotted-name.ts';
import type { Node } from '../tree/parse.ts';
import { argumentsOf, descendants, objectOf } from '../tree/shapes.ts';
import type { Framework, ListenPoint, PythonProject } from './framework.ts';

/** A call of a library by which a program listens. */
export interface ListenCall {
  /** It goes on until the server has ended; else it returns once the server listens. */
  readonly stays?: true;
  /** The server starts the app, with its own hooks, before it listens. */
  readonly startsApp?: true;
  /** The attribute of the receiver that says that the server listens. */
  readonly flag?: string;
  /** It awaits its first argument before it listens. */
  readonly awaitsApp?: true;
}

/** A library whose servers a program runs itself. */
export interface ServerLibrary {
  readonly id: string;
  /** Words without which a file does not use it. */
  readonly anchors: readonly string[];
  /** By qualified name: `uvicorn.Server.serve`. */
  readonly listens: Readonly<Record<string, ListenCall>>;
}

/** A recogniser for a library that has no hooks of its own. */
export function serverLibrary(library: ServerLibrary): Framework {
  return {
    id: library.id,
    anchors: library.anchors,
    findHooks: () => [],
    findListens: (module, project) => listensOf(library, module, project),
    findInclusions: () => [],
  };
}

/** The calls of a module by which servers of the library listen. */
export function listensOf(
  library: ServerLibrary,
  module: PythonModule,
  project: PythonProject,
): readonly ListenPoint[] {
  if (!library.anchors.some((word) => module.text.includes(word))) return [];
  const names = Object.keys(library.listens);
  const methods = new Set(names.map((name) => name.slice(name.lastIndexOf('.') + 1)));
  return descendants(module.root, 'call').flatMap((call) => {
    const callee = call.childForFieldName('function');
    const method = callee && (dottedName(callee) ?? callee.text).split('.').at(-1);
    const definition =
      callee && method && mayBe(method, methods, callee) ? resolved(callee, module, project) : undefined;
    const listen = definition === undefined ? undefined : library.listens[definition];
    return listen ? [pointOf(call, listen, library.id, module, project)] : [];
  });
}

/** A bare name may be an alias: `from hypercorn.asyncio import serve as run_server`. */
function mayBe(method: string, methods: ReadonlySet<string>, callee: Node): boolean {
  return callee.type === 'identifier' || methods.has(method);
}

function resolved(callee: Node, module: PythonModule, project: PythonProject): string | undefined {
  const definition = project.modules.resolve(callee, module);
  return definition?.kind === 'external' ? definition.qualifiedName : undefined;
}

function pointOf(
  call: Node,
  listen: ListenCall,
  framework: string,
  module: PythonModule,
  project: PythonProject,
): ListenPoint {
  const receiver = dottedName(objectOf(call.childForFieldName('function') ?? call));
  const app = argumentsOf(call).positional[0];
  const condition = listen.flag !== undefined && receiver !== undefined ? `${receiver}.${listen.flag}` : undefined;
  const isDelayed = listen.startsApp && condition === undefined && !hasNoHooks(app, module, project);
  return {
    framework,
    call,
    module,
    stays: listen.stays === true,
    ...(condition === undefined ? {} : { condition }),
    ...(isDelayed ? { delay: `${framework} starts the app, with hooks that it may have, before it listens` } : {}),
    ...(listen.awaitsApp && app ? { awaits: app } : {}),
  };
}

/** The app is made from a class that runs nothing at startup by itself, and nothing in the project hands it a hook. */
function hasNoHooks(app: Node | undefined, module: PythonModule, project: PythonProject): boolean {
  const made = app ? originsOf(app, module, project)[0] : undefined;
  const callee = made?.node.type === 'call' ? made.node.childForFieldName('function') : undefined;
  if (!made || !callee || !PLAIN_APPS.has(resolved(callee, made.module, project) ?? '')) return false;
  return HOOK_WORDS.every((word) => project.containing(word).length === 0);
}

const PLAIN_APPS: ReadonlySet<string> = new Set([
  'fastapi.FastAPI',
  'fastapi.applications.FastAPI',
  'starlette.applications.Starlette',
  'quart.Quart',
]);

const HOOK_WORDS = ['lifespan', 'on_startup', 'on_event', 'add_event_handler', 'before_serving', 'while_serving'];
