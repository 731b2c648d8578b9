import type { FileKind } from '../../../core/index.ts';
import type { Modules, PythonModule } from '../modules/definition.ts';
import type { Node } from '../tree/parse.ts';
import { descendants, lastName, nodesOfFunction, outsideScopes } from '../tree/shapes.ts';
import { named, nameOf } from '../tree/tree.ts';
import { isLoopRun } from './program-run.ts';

/** What a file is, with the reason where it is no server. */
export interface KindOfFile {
  readonly kind: FileKind;
  readonly why?: string;
}

/** A file with hooks is a server; a program that runs an event loop of its own and listens nowhere is a standalone script. */
export function fileKind(module: PythonModule, hasHooks: boolean, modules: Modules): KindOfFile {
  if (hasHooks) return { kind: 'server' };
  const run = programRun(module);
  if (!run || listens(run, module, modules)) return { kind: 'other' };
  return { kind: 'standalone', why: `runs no server: ${shortText(run)} at line ${run.startPosition.row + 1}` };
}

/** The call that runs the program's event loop: at module level, under the main guard, or in what either of them calls. */
function programRun(module: PythonModule): Node | undefined {
  const atTop = outsideScopes(module.root, ['call']);
  const direct = atTop.find(isLoopRun);
  if (direct) return direct;
  const started = new Set(mainGuards(module.root).flatMap(calledNames));
  const definitions = named(module.root).filter(
    (node) => node.type === 'function_definition' && started.has(nameOf(node)),
  );
  return definitions.flatMap((definition) => nodesOfFunction(definition, 'call')).find(isLoopRun);
}

/** `if __name__ == "__main__":`. */
function mainGuards(root: Node): readonly Node[] {
  return named(root).filter((node) => {
    const condition = node.type === 'if_statement' ? (node.childForFieldName('condition')?.text ?? '') : '';
    return /\b__name__\b/.test(condition) && /['"]__main__['"]/.test(condition);
  });
}

function calledNames(node: Node): readonly string[] {
  return outsideScopes(node, ['call']).flatMap((call) => lastName(call.childForFieldName('function')) ?? []);
}

/** It starts a server in this process, in the file itself or in what its main coroutine calls. A child process is none. */
function listens(run: Node, module: PythonModule, modules: Modules): boolean {
  if (descendants(module.root, 'call').some((call) => isListen(call.childForFieldName('function')))) return true;
  return mainCalls(run, module).some((callee) => {
    if (!MAY_SERVE.test(lastName(callee) ?? '')) return false;
    const definition = modules.resolve(callee, module);
    if (definition?.kind === 'external') return LISTENING.test(definition.qualifiedName);
    return definition?.kind === 'function' && calleesIn(nodesOfFunction(definition.node, 'call')).some(isListen);
  });
}

/** Callees in what the loop runs, and in the functions of the same file that it calls. */
function mainCalls(run: Node, module: PythonModule): readonly Node[] {
  const byName = new Map(descendants(module.root, 'function_definition').map((node) => [nameOf(node), node]));
  const reached = new Set<string>();
  const found: Node[] = [];
  const waiting: Node[] = calleesIn(descendants(run, 'call'));
  for (let callee = waiting.pop(); callee; callee = waiting.pop()) {
    found.push(callee);
    const name = lastName(callee) ?? '';
    const definition = byName.get(name);
    if (!definition || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...calleesIn(nodesOfFunction(definition, 'call')));
  }
  return found;
}

function calleesIn(calls: readonly Node[]): Node[] {
  return calls.flatMap((call) => call.childForFieldName('function') ?? []);
}

function isListen(callee: Node | null): boolean {
  return callee !== null && LISTENING.test(callee.text.replaceAll(/\([^()]*\)|\s/g, ''));
}

/** `asyncio.run(main())`, cut where it is long. */
function shortText(call: Node): string {
  const text = call.text.replaceAll(/\s+/g, ' ');
  const callee = call.childForFieldName('function')?.text ?? '';
  const first = named(call).find((child) => child.type === 'argument_list');
  return text.length <= 60 || !first ? text : `${callee}(…)`;
}

/** Names of functions of other files that are worth a look: `run_server`, `start_api`. */
const MAY_SERVE = /serve|run|start|listen|main|launch|api|app/i;

/** Dotted names of calls that listen: `uvicorn.run`, `Server(config).serve`, `web.run_app`, `app.run`, `loop.create_server`. */
const LISTENING =
  /(^|\.)((uvicorn|hypercorn|granian|web|waitress|app|application|server|socketio|mcp)\.(run|serve)|run_app|serve|serve_forever|start_server|create_server|start_unix_server|run_server|TCPSite|UnixSite|run_stdio_async|run_sse_async|run_streamable_http_async|run_http_async|run_async|make_server|(uvicorn|hypercorn|granian)\.Server|Granian|start_webhook)$/;
