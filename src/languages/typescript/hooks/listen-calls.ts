import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { SourceModule } from '../modules/definition.ts';
import { dottedName } from '../tree/dotted-name.ts';
import { unwrapped } from '../tree/own-nodes.ts';
import type { ListenPoint, NodeProject } from './framework.ts';
import { isForOthers } from './side-servers.ts';

/** How a framework's server begins to listen. */
export interface Listening {
  readonly framework: string;
  /** Names of the method: `listen`, `start`. */
  readonly methods: readonly string[];
  /** Qualified names of what makes such a server: `express()`, `http.createServer()`. */
  readonly made: RegExp;
  /** Names of types of parameters and fields: `FastifyInstance`. */
  readonly types?: RegExp;
  /** They are no servers of Node. */
  readonly release?: boolean;
}

/** The calls of a module in which a server of the framework begins to listen: `app.listen(port)`. */
export function methodListens(module: SourceModule, project: NodeProject, how: Listening): readonly ListenPoint[] {
  return callsOf(module).flatMap((call): readonly ListenPoint[] => {
    const callee = unwrapped(call.getExpression());
    if (!Node.isPropertyAccessExpression(callee) || !how.methods.includes(callee.getName())) return [];
    const receiver = unwrapped(callee.getExpression());
    if (!isMadeBy(receiver, project, how) || isForOthers(call, receiver, project)) return [];
    const server = dottedName(receiver);
    const { framework, release } = how;
    return [
      {
        framework,
        call,
        ...(server === undefined ? {} : { server }),
        ...(release ? { release } : {}),
      },
    ];
  });
}

/** The calls of a module that make a server and let it listen: `serve({ fetch })`, `Bun.serve({…})`. */
export function functionListens(
  module: SourceModule,
  project: NodeProject,
  framework: string,
  names: RegExp,
): readonly ListenPoint[] {
  return callsOf(module).flatMap((call): readonly ListenPoint[] => {
    const found = project.modules.resolve(call.getExpression());
    if (found?.kind !== 'external' || !names.test(found.qualifiedName)) return [];
    if (isForOthers(call, servedBy(call), project)) return [];
    return [{ framework, call, ...(/^([Bb]un|Deno)\./.test(found.qualifiedName) ? { release: true } : {}) }];
  });
}

/** Every call that a module makes. */
export function callsOf({ root }: SourceModule): readonly CallExpression[] {
  return root.getDescendantsOfKind(SyntaxKind.CallExpression);
}

/** `app` of `serve({ fetch: app.fetch })`, `serve(app)`. */
function servedBy(call: CallExpression): Node | undefined {
  const [first] = call.getArguments();
  const property = Node.isObjectLiteralExpression(first) ? first.getProperty('fetch') : undefined;
  const fetch = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
  return Node.isPropertyAccessExpression(fetch) ? fetch.getExpression() : first;
}

function isMadeBy(receiver: Node, { modules }: NodeProject, { made, types }: Listening): boolean {
  const found = modules.resolve(receiver);
  if (found?.kind === 'external') return made.test(found.qualifiedName) || (types?.test(found.qualifiedName) ?? false);
  return types !== undefined && found === undefined && types.test(typeNameOf(receiver));
}

/** The name of the type that is written at the declaration of a value. */
function typeNameOf(receiver: Node): string {
  const name = Node.isPropertyAccessExpression(receiver) ? receiver.getNameNode() : receiver;
  const declaration = name.getSymbol()?.getDeclarations()[0];
  return declaration && Node.isTyped(declaration) ? (declaration.getTypeNode()?.getText() ?? '') : '';
}
