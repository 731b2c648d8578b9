import type { EventHandler } from '../../../core/index.ts';
import type { PythonProject, Registration } from '../hooks/framework.ts';
import type { PythonModule } from '../modules/definition.ts';
import { dottedBelow } from '../placing/import-style.ts';
import { lineStart, nextLine } from '../syntax/text.ts';
import type { Node } from '../tree/parse.ts';
import { argumentsOf, decoratorNodes, descendants, enclosingFunction, parametersOf } from '../tree/shapes.ts';
import { isAsync, named, nameOf } from '../tree/tree.ts';

/** The app that a handler is handed to. */
export interface Handed {
  readonly call: Node;
  readonly module: PythonModule;
  readonly project: PythonProject;
}

/** A handler as a lifespan would call it; a sentence part where it cannot. */
export function handlerOf(registration: Registration, app: Handed): EventHandler | string {
  const { definition, place } = registration;
  const { node } = definition;
  if (definition.isReference) return `whether ${node.text} is asynchronous could not be found`;
  if (node.type !== 'function_definition') return 'one of its handlers is no function with a name';
  const name = nameOf(node);
  if (takesArguments(node)) return `${name} takes arguments`;
  const module = app.project.modules.at(place.path);
  const call = module && callAt(place.offset, module);
  if (!call) return `the registration of ${name} could not be found`;
  const event = definition.form === 'startup-event' ? 'startup' : 'shutdown';
  const common = { event, isAsync: isAsync(node) } as const;
  if (call.id === app.call.id) return listed(node, app, common);
  const scope = enclosingFunction(call)?.id;
  if (place.path === app.module.path ? scope !== enclosingFunction(app.call)?.id : scope !== undefined)
    return `${name} is registered by another function`;
  return registered(call, registration, name, common, module, app);
}

type Common = Pick<EventHandler, 'event' | 'isAsync'>;

/** `on_startup=[connect]` in the call that makes the app. */
function listed(node: Node, { call, module, project }: Handed, common: Common): EventHandler | string {
  const list = argumentsOf(call).keywords.get(common.event === 'startup' ? 'on_startup' : 'on_shutdown');
  const item = (list ? named(list) : []).find((one) => {
    const found = one.type === 'identifier' ? project.modules.resolve(one, module) : undefined;
    return found?.kind === 'function' && found.node.id === node.id;
  });
  return item ? { ...common, name: item.text } : `${nameOf(node)} is not handed over by its name`;
}

/** `@app.on_event("startup")`, or `app.add_event_handler("startup", connect)` as a statement of its own. */
function registered(
  call: Node,
  { definition, place }: Registration,
  name: string,
  common: Common,
  module: PythonModule,
  app: Handed,
): EventHandler | string {
  const { node } = definition;
  const isDecorator = call.parent?.type === 'decorator';
  if (isDecorator && decoratorNodes(node).length > 1) return `${name} has other decorators`;
  if (!isDecorator && !isOwnStatement(call)) return `${name} is not registered by a statement of its own`;
  const spelled = isDecorator ? name : handedName(call);
  if (spelled === undefined) return `the handler ${name} is made where it is registered`;
  if (isDecorator && isRedefined(name, module)) return `there are several functions called ${name}`;
  const outer = call.parent;
  if (!outer || isConditional(isDecorator ? (outer.parent ?? outer) : outer))
    return `${name} is registered under a condition`;
  const registration = {
    path: place.path,
    range: { start: lineStart(module.text, outer.startIndex), end: nextLine(module.text, outer.endIndex) },
  };
  if (place.path === app.module.path) return { ...common, name: spelled, registration };
  const importStatement = importOf(spelled, module, app);
  return importStatement === undefined
    ? `how ${app.module.path} imports ${place.path} could not be found`
    : { ...common, name: spelled, registration, importStatement };
}

/** `connect` of `add_event_handler("startup", connect)`. */
function handedName(call: Node): string | undefined {
  const { positional, keywords } = argumentsOf(call);
  const handler = positional[1] ?? keywords.get('func');
  return handler?.type === 'identifier' ? handler.text : undefined;
}

function isOwnStatement(call: Node): boolean {
  return (
    call.parent?.type === 'expression_statement' &&
    !/on_event|append|insert/.test(call.childForFieldName('function')?.text ?? '')
  );
}

/** It stands in a block that is neither the module's nor a function's. */
function isConditional(statement: Node): boolean {
  const block = statement.parent;
  return block?.type !== 'module' && block?.parent?.type !== 'function_definition';
}

/** The lifespan calls by name: the last one of them. */
function isRedefined(name: string, { root }: PythonModule): boolean {
  const functions = descendants(root, 'function_definition').filter((one) => nameOf(one) === name);
  const assigned = descendants(root, 'assignment').some((one) => one.childForFieldName('left')?.text === name);
  return functions.length > 1 || assigned;
}

function takesArguments(node: Node): boolean {
  return parametersOf(node).some(({ node: one }) => !/^(default|typed_default)/.test(one.type));
}

/** An import in the lifespan itself: at the top the two files would wait for each other. */
function importOf(name: string, { path, name: dotted }: PythonModule, { module }: Handed): string | undefined {
  const root = rootOf(module);
  if (root === undefined || !(root === '' || path.startsWith(`${root}/`))) return undefined;
  return dotted === '' ? undefined : `from ${dottedBelow(path, root)} import ${name}`;
}

/** The folder on the path under which the app's module has its name. */
function rootOf({ path, name }: PythonModule): string | undefined {
  const tail = `${name.replaceAll('.', '/')}.py`;
  if (path === tail) return '';
  return path.endsWith(`/${tail}`) ? path.slice(0, -tail.length - 1) : undefined;
}

function callAt(offset: number, module: PythonModule): Node | undefined {
  let node = module.root.descendantForIndex(offset) ?? undefined;
  while (node && !(node.type === 'call' && node.startIndex === offset)) node = node.parent ?? undefined;
  // Of `app.on_event("startup")(connect)` the outermost call begins there, too.
  return node;
}
