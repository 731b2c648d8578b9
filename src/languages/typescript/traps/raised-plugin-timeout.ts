import { Node, SyntaxKind } from 'ts-morph';
import type { TrapSighting } from '../../../core/index.ts';
import { isTestFile } from '../hooks/test-files.ts';
import type { Modules } from '../modules/definition.ts';
import { allNodes, lineOf } from '../tree/own-nodes.ts';
import type { HookSite } from './hook-site.ts';

/** Fastify's own limit, in milliseconds (fastify.dev/docs/latest/Reference/Server). */
const LIMIT = 10_000;

/** `fastify({ pluginTimeout: 120_000 })`, or 0 for no limit at all, anywhere in the project of a Fastify hook. */
export function raisedPluginTimeout({ definition, project }: HookSite): readonly TrapSighting[] {
  if (definition.framework !== 'fastify') return [];
  const { modules, containing } = project;
  const known = raised.get(modules);
  if (known) return known;
  const files = containing('pluginTimeout').filter((path) => !isTestFile(path));
  const found = files.flatMap((path) => raisedIn(path, modules));
  raised.set(modules, found);
  return found;
}

/** Looked for once a run: every plugin asks. */
const raised = new WeakMap<Modules, readonly TrapSighting[]>();

function raisedIn(path: string, modules: Modules): readonly TrapSighting[] {
  const root = modules.at(path)?.root;
  return (root ? allNodes(root, [SyntaxKind.PropertyAssignment]) : []).flatMap((property) => {
    if (!Node.isPropertyAssignment(property) || property.getName() !== 'pluginTimeout') return [];
    const value = property.getInitializer();
    const limit = Node.isNumericLiteral(value) ? value.getLiteralValue() : undefined;
    if (limit === undefined || (limit > 0 && limit <= LIMIT)) return [];
    const what = limit === 0 ? 'plugins may take for ever to load' : `plugins may take ${limit / 1000} s to load`;
    return [{ code: 'SC109', path, line: lineOf(property), what } as const];
  });
}
