import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import { callableName } from './call-sites.ts';
import type { NodeProject } from './framework.ts';
import { isTestFile } from './test-files.ts';

/**
 * Where a function that nobody calls is called by its name: the hooks and events of a plugin system, `await
 * hooks.callAll('createServer')` for an exported `createServer`. Only what is awaited counts, and only where the name is used so
 * in one place: with two, which of them starts the program cannot be known.
 */
export function dispatchSites(node: Node, project: NodeProject): readonly CallExpression[] {
  const name = callableName(node) ?? '';
  const own = project.modules.of(node);
  if (!/^[a-z]\w*[A-Z]\w*$/.test(name) || !/\bexports?\b/.test(own.text)) return [];
  const paths = [`'${name}'`, `"${name}"`].flatMap((word) => project.containing(word));
  const asked = [...new Set(paths)].filter((path) => path !== own.path && !isTestFile(path));
  if (asked.length > MOST) return [];
  project.modules.load(asked);
  const sites = asked.flatMap((path) => {
    const calls = project.modules.at(path)?.root.getDescendantsOfKind(SyntaxKind.CallExpression) ?? [];
    return calls.filter((call) => isDispatch(call, name));
  });
  return sites.length === 1 ? sites : [];
}

/** What more files name is a word like any other. */
const MOST = 12;

/** `await hooks.aCallAll('createServer', context)` */
function isDispatch(call: CallExpression, name: string): boolean {
  const [first] = call.getArguments();
  const callee = call.getExpression();
  return (
    Node.isStringLiteral(first) &&
    first.getLiteralText() === name &&
    Node.isAwaitExpression(call.getParent()) &&
    Node.isPropertyAccessExpression(callee) &&
    DISPATCHES.test(callee.getName())
  );
}

const DISPATCHES = /call|emit|dispatch|trigger|invoke|fire|run|apply|publish/i;
