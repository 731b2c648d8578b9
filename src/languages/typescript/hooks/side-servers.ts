import { type CallExpression, Node, SyntaxKind, type VariableDeclaration } from 'ts-morph';
import { isFunction, unwrapped } from '../tree/own-nodes.ts';
import type { NodeProject } from './framework.ts';

/**
 * Nobody who uses the program waits for this listen: the port is one that the system picks, for the program's own use, or all that
 * the app answers are the probes of the host, as queue workers do.
 */
export function isForOthers(call: CallExpression, app: Node | undefined, project: NodeProject): boolean {
  return picksAnyPort(call) || (app !== undefined && answersProbesOnly(app, project));
}

/** `listen(0)`, `listen({ port: 0 })` */
function picksAnyPort(call: CallExpression): boolean {
  const [first] = call.getArguments();
  if (!Node.isObjectLiteralExpression(first)) return first?.getText() === '0';
  const port = first.getProperty('port');
  return Node.isPropertyAssignment(port) && port.getInitializer()?.getText() === '0';
}

/** The routes are all to be seen where the app is made, and each is one that hosts and monitors ask for. */
function answersProbesOnly(app: Node, { modules }: NodeProject): boolean {
  const name = unwrapped(app);
  const declaration = Node.isIdentifier(name) ? declarationOf(name) : undefined;
  const made = declaration?.getInitializer();
  const found = made && modules.resolve(made);
  if (!declaration || !made || found?.kind !== 'external' || !APP.test(found.qualifiedName)) return false;
  const uses = usesOf(declaration.getNameNode());
  if (uses.some(isArgument)) return false;
  const calls = [...callsBelow(made), ...uses.flatMap(callsAbove)];
  const routes = calls.filter((one) => !addsNoRoute(one));
  return routes.length > 0 && routes.every((route) => PROBE.test(pathOf(route)));
}

/** What makes apps whose routes are added by calls. */
const APP = /^(express|polka|hono\.Hono|koa|fastify)\b/;

const PROBE = /^\/(health\w*|live\w*|ready\w*|readiness|startup|metrics|ping|status|probes?)(\/\w+)?\/?$/i;

function declarationOf(name: Node): VariableDeclaration | undefined {
  const symbol = name.getSymbol();
  const target = symbol?.isAlias() ? (symbol.getAliasedSymbol() ?? symbol) : symbol;
  return target?.getDeclarations().find((one) => Node.isVariableDeclaration(one));
}

function usesOf(name: Node): readonly Node[] {
  const symbol = name.getSymbol();
  return name
    .getSourceFile()
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .filter((one) => one !== name && one.getText() === name.getText() && one.getSymbol() === symbol);
}

/** What gets the app may add routes to it. */
function isArgument(use: Node): boolean {
  const parent = use.getParent();
  return Node.isCallExpression(parent) && parent.getArguments().some((one) => one === use);
}

/** `get` and `post` of `app.get(…).post(…)`. */
function callsAbove(use: Node): readonly CallExpression[] {
  const access = use.getParent();
  const call = access?.getParent();
  if (!Node.isPropertyAccessExpression(access) || access.getExpression() !== use) return [];
  if (!Node.isCallExpression(call) || call.getExpression() !== access) return [];
  return [call, ...callsAbove(call)];
}

/** `get` of `new Hono().get(…)`. */
function callsBelow(made: Node): readonly CallExpression[] {
  if (!Node.isCallExpression(made)) return [];
  const callee = made.getExpression();
  return Node.isPropertyAccessExpression(callee) ? [made, ...callsBelow(callee.getExpression())] : [];
}

/** Settings and events, and middleware that is made where it is mounted: `app.use(helmet())`. */
function addsNoRoute(call: CallExpression): boolean {
  const callee = call.getExpression();
  const name = Node.isPropertyAccessExpression(callee) ? callee.getName() : '';
  if (name !== 'use') return /^(listen|set|disable|enable|on|once|onError|notFound|close|fetch|addHook)$/.test(name);
  return call.getArguments().every((one) => Node.isCallExpression(one) || isFunction(one));
}

function pathOf(call: CallExpression): string {
  const [first] = call.getArguments();
  return Node.isStringLiteral(first) ? first.getLiteralText() : '';
}
