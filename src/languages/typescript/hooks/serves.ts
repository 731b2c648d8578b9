import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { allNodes } from '../tree/own-nodes.ts';

/** A server begins to listen in this process: in the file itself, or in what it calls or loads. A child process is none. */
export function serves(module: SourceModule, modules: Modules): boolean {
  if (STDIO_SERVER.test(module.text)) return true;
  const roots = [module, ...loaded(module, modules)].map(({ root }) => root);
  const seen = new Set<Node>();
  return roots.some((root) => callsIn(root).some(isListen) || reaches(callsIn(root), modules, seen, MOST_DEEP));
}

/** How deep functions of other files are followed. */
const MOST_DEEP = 3;

function reaches(calls: readonly CallExpression[], modules: Modules, seen: Set<Node>, depth: number): boolean {
  return calls.some((call) => {
    const callee = call.getExpression();
    if (!MAY_SERVE.test(lastPart(calleeText(callee)))) return false;
    const definition = modules.resolve(callee);
    if (definition?.kind !== 'function' || seen.has(definition.node)) return false;
    seen.add(definition.node);
    const inner = callsIn(definition.node);
    return inner.some(isListen) || (depth > 1 && reaches(inner, modules, seen, depth - 1));
  });
}

/** Modules of the project that are imported for what they do: `import './server.js'`, `await import('./app.js')`. */
function loaded(module: SourceModule, modules: Modules): readonly SourceModule[] {
  const imports = module.root.getImportDeclarations().filter((one) => !one.getImportClause());
  const dynamic = callsIn(module.root).filter((call) => /^(import|require)$/.test(call.getExpression().getText()));
  const specifiers = [
    ...imports.map((one) => one.getModuleSpecifierValue()),
    ...dynamic.flatMap((call) => {
      const [first] = call.getArguments();
      return Node.isStringLiteral(first) ? [first.getLiteralText()] : [];
    }),
  ];
  return specifiers.flatMap((specifier) => {
    const path = modules.resolveImport(module.path, specifier);
    return path === undefined ? [] : (modules.at(path) ?? []);
  });
}

function callsIn(root: Node): CallExpression[] {
  return allNodes(root, [SyntaxKind.CallExpression]).filter(Node.isCallExpression);
}

function isListen(call: CallExpression): boolean {
  const name = calleeText(call.getExpression());
  return LISTENING.test(name) || (/\.start$/.test(name) && !STARTS_OTHERWISE.test(name));
}

/** Names of functions of other files that are worth a look: `runServer`, `startApi`. */
const MAY_SERVE = /serve|run|start|listen|main|launch|boot|api|app|init|create|setup/i;

/** `app.listen`, `Bun.serve`, `serve(…)` of Hono, `server.start` of Hapi, `startStandaloneServer` of Apollo. */
const LISTENING =
  /(^|\.)(listen|listenAsync|serve|startStandaloneServer|createServerAdapter)$|(^|\.)(app|application|server|httpServer|strapi|ignitor|broker|api|gateway|runtime)(\(\))?\.(start|run|serve|httpServer)$/i;

/** What is started and is no server: everything else with a `start` may be one. */
const STARTS_OTHERWISE =
  /worker|bot|queue|consumer|scheduler|cron|agenda|job|task|client|spinner|ora\b|progress|bar\b|timer|watch|span|profil|container|session|\bthis\b/i;

/** Servers that talk over their standard input. */
const STDIO_SERVER = /\bStdioServerTransport\b/;
