import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isAsyncFunction, isFunction, ownNodes, unwrapped } from '../tree/own-nodes.ts';

/** The call with which a program begins: at module level or under its main guard, what runs for more than a moment. */
export function programRun(module: SourceModule, modules: Modules): Node | undefined {
  const isModule = exportsSomething(module);
  const calls = ownNodes(module.root, [SyntaxKind.CallExpression]).filter(Node.isCallExpression);
  const run = calls.find((call) => isRun(call, module, modules) && (!isModule || isMain(call)));
  if (run || isModule) return run;
  const [awaited] = ownNodes(module.root, [SyntaxKind.AwaitExpression]);
  return awaited ?? ownNodes(module.root, [SyntaxKind.NewExpression]).find((made) => isQueueWorker(made, modules));
}

/** Other files can import something from it: it may be no program at all. */
export function exportsSomething({ root, text }: SourceModule): boolean {
  if (/^\s*(module\.)?exports\b/m.test(text) && /\b(module\.exports|exports\.\w+)\s*=/.test(text)) return true;
  return root.getStatements().some((statement) => {
    if (Node.isExportAssignment(statement)) return true;
    if (Node.isExportDeclaration(statement)) return statement.hasModuleSpecifier() || statement.hasNamedExports();
    return Node.isExportable(statement) && statement.hasExportKeyword();
  });
}

/** `main()`, `void main()`, `seed().then(…)`, `(async () => { … })()`, `program.parseAsync()`, as a statement of its own. */
function isRun(call: CallExpression, module: SourceModule, modules: Modules): boolean {
  if (isCommandLine(call, module)) return true;
  const chained = statementOver(call);
  const callee = unwrapped(call.getExpression());
  if (!chained || isLink(callee)) return false;
  if (isFunction(callee)) return isAsyncFunction(callee);
  if (chained.links.some((link) => LINK.test(link))) return true;
  const definition = modules.resolve(callee);
  return definition?.kind === 'function' && isAsyncFunction(definition.node);
}

/** `main().catch` of `main().catch(…)`: the program begins with `main()`. */
function isLink(callee: Node): boolean {
  return (
    Node.isPropertyAccessExpression(callee) &&
    LINK.test(callee.getName()) &&
    Node.isCallExpression(unwrapped(callee.getExpression()))
  );
}

const LINK = /^(then|catch|finally)$/;

/** The promise links between a call and the expression statement that it stands in; `undefined` where it is used otherwise. */
function statementOver(call: Node): { readonly links: readonly string[] } | undefined {
  const links: string[] = [];
  let child = call;
  for (let outer = call.getParent(); outer; child = outer, outer = outer.getParent()) {
    if (Node.isExpressionStatement(outer)) return { links };
    if (Node.isPropertyAccessExpression(outer) && outer.getExpression() === child) links.push(outer.getName());
    else if (!isTransparent(outer, child)) return undefined;
  }
  return undefined;
}

function isTransparent(outer: Node, child: Node): boolean {
  if (Node.isCallExpression(outer)) return outer.getExpression() === child;
  return Node.isVoidExpression(outer) || Node.isAwaitExpression(outer) || unwrapped(outer) !== outer;
}

/** What a module that exports something runs all the same: under a main guard, or by a name that says so. */
function isMain(call: CallExpression): boolean {
  const name = calleeText(call.getExpression());
  if (/^(main|run|cli|seed|migrate|runMigrations?|runSeed|bootstrap|execute)$/.test(name)) return true;
  return call
    .getAncestors()
    .some((outer) => Node.isIfStatement(outer) && MAIN_GUARD.test(outer.getExpression().getText()));
}

/** `require.main === module`, `import.meta.url === pathToFileURL(process.argv[1]).href`, `import.meta.main`. */
const MAIN_GUARD = /\brequire\.main\b|\bimport\.meta\.(url|main|filename|path)\b|\bprocess\.argv\[1\]/;

/** `program.parse(process.argv)`, `yargs(…).parse()`, `runMain(command)`. */
function isCommandLine(call: CallExpression, { text }: SourceModule): boolean {
  return (
    COMMAND_LINE.test(text) &&
    /(^|\.)(parse|parseAsync|runMain|runExit|demandCommand)$/.test(calleeText(call.getExpression()))
  );
}

const COMMAND_LINE = /['"](commander|yargs(\/\w+)?|cac|sade|citty|clipanion|@oclif\/core|@caporal\/core)['"]/;

/** `new Worker('mail', …)` of a queue: it waits for jobs, not for requests. */
function isQueueWorker(made: Node, modules: Modules): boolean {
  if (!Node.isNewExpression(made)) return false;
  const definition = modules.resolve(made.getExpression());
  return (
    definition?.kind === 'external' &&
    /^(bullmq|@temporalio\/worker|graphile-worker)\.Worker$/.test(definition.qualifiedName)
  );
}
