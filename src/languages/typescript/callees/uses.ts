import { Node } from 'ts-morph';
import type { ClassDefinition } from '../modules/definition.ts';
import { isFunction, unwrapped } from '../tree/own-nodes.ts';
import { calledName, fateOf } from './call-modes.ts';
import { classAround, type FunctionDefinition } from './functions.ts';
import type { Occurrence } from './occurrences.ts';
import type { Reached } from './reached.ts';
import { runningFunction } from './run-nodes.ts';

/** An access with the function in which it runs, and the class that it belongs to. */
export interface Use {
  readonly node: Node;
  readonly of: FunctionDefinition;
  readonly owner?: ClassDefinition;
}

/** The functions that run before the server listens. */
export type StartupPath = ReadonlySet<Node>;

export function startupPath(reached: readonly Reached[]): StartupPath {
  return new Set(reached.map(({ of }) => of.node));
}

export function useOf({ module, node }: Occurrence): Use | undefined {
  const around = runningFunction(node);
  if (!around) return undefined;
  const owner = classAround(around, module);
  return { node, of: { kind: 'function', module, node: around, name: givenName(around) }, ...(owner && { owner }) };
}

/** The node stands in a function of the startup path, and not in a handler of requests that is registered there. */
export function isOnPath(node: Node, path: StartupPath): boolean {
  let serves = false;
  for (let outer = node.getParent(); outer; outer = outer.getParent()) {
    if (!isFunction(outer)) continue;
    if (path.has(outer)) return !serves;
    serves ||= servesRequests(outer);
  }
  return false;
}

/** `(req, res) => …` of `app.get('/search', …)`. */
export function servesRequests(node: Node): boolean {
  if (fateOf(node) !== 'handler') return false;
  const call = node.getFirstAncestor((one) => Node.isCallExpression(one) || Node.isNewExpression(one));
  if (!call) return false;
  return ROUTES.test(calledName(call)) || CONNECTS.test(call.getText().slice(0, 80));
}

/** The name that a function is called by: its own, or that of the variable or property that holds it; empty without one. */
export function givenName(node: Node): string {
  const own = Node.hasName(node) ? node.getName() : Node.isNameable(node) ? node.getName() : undefined;
  if (own !== undefined) return own;
  if (Node.isConstructorDeclaration(node)) return 'constructor';
  let outer = node.getParent();
  while (outer && unwrapped(outer) !== outer) outer = outer.getParent();
  if (Node.isVariableDeclaration(outer) || Node.isPropertyDeclaration(outer) || Node.isPropertyAssignment(outer))
    return outer.getName();
  if (!Node.isBinaryExpression(outer) || outer.getRight() !== node) return '';
  return outer.getLeft().getText().replace(/^.*\./s, '');
}

const ROUTES =
  /^(get|post|put|patch|delete|head|options|all|use|route|ws|handle|setErrorHandler|setNotFoundHandler|addHook|createServer|param|tool|resource|registerTool|command|action|hears|decorate)$/;

/** `io.on('connection', …)` */
const CONNECTS = /^[\w.]*(io|server|wss|ws|app)\.on\(\s*['"`](request|connection|message|upgrade)/;
