import { Node, SyntaxKind } from 'ts-morph';
import type { StartupCall, StartupHook } from '../../../core/index.ts';
import type { Definition, HookDefinition } from '../modules/definition.ts';
import { requiredBy } from '../modules/source-files.ts';
import { bodyOf, lineOf, ownNodes } from '../tree/own-nodes.ts';
import { callableName, callSites } from './call-sites.ts';
import type { NodeProject } from './framework.ts';
import { handedLists } from './handed-lists.ts';
import { definitionAround } from './hook-functions.ts';
import { placeOf } from './startup-place.ts';
import { isTestFile } from './test-files.ts';

/** A hook that was described, with the definition that it was read from. */
export interface DescribedHook {
  readonly definition: HookDefinition;
  readonly hook: StartupHook;
}

/** A startup function that a hook waits for, as a hook of its own. */
export interface Delegate {
  readonly definition: HookDefinition;
  /** Ids of the steps that wait for it; empty where nothing does. */
  readonly awaitedBy: readonly string[];
}

/** The project's functions that a hook awaits and that await several things themselves: `await initServices()`. */
export function delegatesOf(
  described: DescribedHook,
  known: ReadonlySet<Node>,
  project: NodeProject,
): readonly Delegate[] {
  const { hook, definition } = described;
  const release = definition.release ? { release: true } : {};
  return hook.steps.flatMap((step) =>
    step.calls.flatMap((call): readonly Delegate[] => {
      const node = calleeAt(call, definition);
      if (!node) return [];
      const awaitedBy = call.form === 'detached' ? [] : [step.id];
      return behind(node, call, hook, project)
        .filter((one) => !known.has(one.node ?? one.body))
        .map((one) => ({ definition: { ...one, ...release }, awaitedBy }));
    }),
  );
}

/** The startup code that a call runs: a module, the functions of a list, a function. */
function behind(node: Node, call: StartupCall, hook: StartupHook, project: NodeProject): readonly HookDefinition[] {
  const loaded = moduleLoaded(node, hook, project);
  if (loaded) return [loaded];
  const place = `line ${call.line} of ${hook.path}`;
  const found = project.modules.resolve(node);
  if (found && isStartupFunction(found)) {
    const made = delegateOf(found, node, hook, project);
    return [call.form === 'detached' ? { ...made, adviceOnly: `nothing waits for it: ${place} lets it run on` } : made];
  }
  const listed = listedFunctions(node, project);
  const adviceOnly = `it is called by ${call.callee}, which gets it in a list in ${place}`;
  return listed.map((one) => ({ ...delegateOf(one, node, hook, project), adviceOnly }));
}

/** `bootstrap({ loaders: [loadDatabase, loadServer] })` of a package waits for each of them. */
function listedFunctions(callee: Node, { modules }: NodeProject): readonly FunctionDefinition[] {
  const call = callee.getParent();
  if (!Node.isCallExpression(call) || call.getExpression() !== callee) return [];
  return handedLists(call).flatMap((one) => {
    const found = modules.resolve(one);
    return found && isStartupFunction(found) ? [found] : [];
  });
}

/** `await import('./initialize')` waits for what that module awaits at its top. */
function moduleLoaded(callee: Node, hook: StartupHook, { modules }: NodeProject): HookDefinition | undefined {
  if (callee.getKind() !== SyntaxKind.ImportKeyword) return undefined;
  const specifier = requiredBy(callee.getParentOrThrow());
  const path = specifier === undefined ? undefined : modules.resolveImport(hook.path, specifier);
  const module = path === undefined ? undefined : modules.at(path);
  if (!module) return undefined;
  const { root } = module;
  return {
    framework: hook.framework,
    form: 'startup-event',
    module,
    name: '(module)',
    body: root,
    outer: root,
    awaitedBy: callee,
    notes: [],
  };
}

type FunctionDefinition = Extract<Definition, { kind: 'function' }>;

/** The expression that the call was read from. */
function calleeAt({ calleeRange }: StartupCall, { module }: HookDefinition): Node | undefined {
  let node: Node | undefined = module.root.getDescendantAtPos(calleeRange.start);
  while (node && node.getEnd() < calleeRange.end) node = node.getParent();
  return node?.getEnd() === calleeRange.end ? node : undefined;
}

function isStartupFunction(found: Definition): found is FunctionDefinition {
  if (found.kind !== 'function' || isTestFile(found.module.path)) return false;
  const body = bodyOf(found.node);
  return Node.isBlock(body) && ownNodes(body, [SyntaxKind.AwaitExpression]).length > 0;
}

function delegateOf(found: FunctionDefinition, call: Node, hook: StartupHook, project: NodeProject): HookDefinition {
  const { node, module, owner } = found;
  const elsewhere = calledElsewhere(node, hook, project);
  return {
    framework: hook.framework,
    form: 'startup-event',
    module,
    name: owner?.getName() ? `${owner.getName()}.${found.name}` : (callableName(node) ?? found.name),
    body: bodyOf(node) ?? node,
    node,
    outer: definitionAround(node),
    ...(owner ? { owner } : {}),
    awaitedBy: call,
    ...(elsewhere ? { adviceOnly: elsewhere } : {}),
    notes: [],
  };
}

/** What other code calls as well would record its steps where no server is going to listen. */
function calledElsewhere(node: Node, hook: StartupHook, project: NodeProject): string | undefined {
  const sites = callSites(node, project);
  const other = sites.find((site) => {
    const path = project.modules.of(site).path;
    const isHere = path === hook.path && site.getStart() >= hook.range.start && site.getEnd() <= hook.range.end;
    return !isHere && placeOf(site)?.reached !== 'module';
  });
  if (!other) return undefined;
  return `it is also called in ${project.modules.of(other).path}:${lineOf(other)}, where no server may be about to listen`;
}
