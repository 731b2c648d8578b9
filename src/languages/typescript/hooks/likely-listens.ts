import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { SourceModule } from '../modules/definition.ts';
import { dottedName } from '../tree/dotted-name.ts';
import { unwrapped } from '../tree/own-nodes.ts';
import type { ListenPoint, NodeProject } from './framework.ts';
import { callsOf } from './listen-calls.ts';
import { isForOthers } from './side-servers.ts';

/**
 * Listens whose server comes from where it cannot be seen, by how they look: `server.listen(PORT, …)` on something that is named
 * like a server; and `promisify(server.listen)`.
 */
export function likelyListens(module: SourceModule, project: NodeProject, framework: string): readonly ListenPoint[] {
  return callsOf(module).flatMap((call): readonly ListenPoint[] => {
    const promisified = promisifiedListen(call);
    if (promisified) return [{ framework, call: promisified }];
    const callee = unwrapped(call.getExpression());
    if (isInheritedStart(callee, project)) return [{ framework, call }];
    if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'listen') return [];
    const receiver = unwrapped(callee.getExpression());
    const known = project.modules.resolve(receiver);
    if (known && known.kind !== 'value' && !isUnseen(known)) return [];
    const server = dottedName(receiver);
    if (server === undefined || !SERVER_NAME.test(server) || !takesPort(call)) return [];
    if (isForOthers(call, receiver, project)) return [];
    return [{ framework, call, server }];
  });
}

/** `super.start()` of a class that extends a package's server. */
function isInheritedStart(callee: Node, { modules }: NodeProject): boolean {
  if (!/^super\.(start|listen)$/.test(callee.getText())) return false;
  const owner = callee.getFirstAncestorByKind(SyntaxKind.ClassDeclaration);
  const base = owner?.getExtends()?.getExpression();
  const found = base && modules.resolve(base);
  return found?.kind === 'external' && /(Server|Application|App)$/.test(found.qualifiedName);
}

/** Imported from a file that is not there: it may be anything. */
function isUnseen(known: { readonly kind: string; readonly qualifiedName?: string }): boolean {
  return known.kind === 'external' && /^[.@~#]\.?\//.test(known.qualifiedName ?? '');
}

const SERVER_NAME = /(^|\.)(app|server|http|https|api|web|express|koa|fastify|\w*(Server|App|Http|Https))$/;

/** A number, a name with `port` in it, an object with a `port`. */
function takesPort(call: CallExpression): boolean {
  const first = call.getArguments()[0];
  return first !== undefined && /^\d+$|port|process\.env/i.test(first.getText());
}

/** `await promisify(server.listen.bind(server))(port)`: the outermost call of it. */
function promisifiedListen(call: CallExpression): CallExpression | undefined {
  if (!/(^|\.)promisify$/.test(call.getExpression().getText())) return undefined;
  if (!/\.listen\b/.test(call.getArguments()[0]?.getText() ?? '')) return undefined;
  let outer: Node = call;
  for (
    let parent = outer.getParent();
    parent && (Node.isCallExpression(parent) || Node.isPropertyAccessExpression(parent));
    parent = outer.getParent()
  )
    outer = parent;
  return Node.isCallExpression(outer) ? outer : undefined;
}
