import { dottedName } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { allNodes, childOfType, childrenOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { identifiersIn } from './identifiers.ts';

/** A dotted path with the place where it is bound or read. */
export interface NameUse {
  readonly path: string;
  readonly start: number;
  /** A part of the object is assigned, not the name: `registry["db"] = …`. */
  readonly isPart?: boolean;
}

/** Dotted paths that the nodes assign, in source order, each once. */
export function bindsOf(nodes: readonly Node[]): string[] {
  return distinct(nodes.flatMap(bindingsIn).map((use) => use.path));
}

/** Dotted paths that the nodes read, in source order, each once; names that they bind before are left out. */
export function readsOf(nodes: readonly Node[]): string[] {
  const bound = new Map<string, number>();
  for (const use of nodes.flatMap(bindingsIn)) if (!bound.has(use.path) && !use.isPart) bound.set(use.path, use.start);
  const reads = nodes.flatMap(readingsIn).filter((use) => {
    const at = bound.get(rootOf(use.path));
    return !(at !== undefined && at < use.start) && !BUILTINS.has(rootOf(use.path));
  });
  return distinct(reads.map((use) => use.path));
}

/** The first part of a dotted path: `app` of `app.state.pool`. */
export function rootOf(path: string): string {
  return path.split('.')[0] ?? path;
}

/** Names that a `global` or `nonlocal` of the hook declares. */
export function declaredNames(functionBody: Node): ReadonlyMap<string, 'global' | 'nonlocal'> {
  const declared = new Map<string, 'global' | 'nonlocal'>();
  for (const node of allNodes(functionBody, ['global_statement', 'nonlocal_statement']))
    for (const name of childrenOf(node))
      declared.set(name.text, node.type === 'global_statement' ? 'global' : 'nonlocal');
  return declared;
}

/** The bindings at or below a node: assignments, imports, definitions, targets of loops, `with` and `except`. */
export function bindingsIn(root: Node): NameUse[] {
  return binders(root).flatMap((node) => targetsOf(node).flatMap(boundPaths));
}

/** The dotted paths read at or below a node, longest form: `settings.region`, and `manager` for `manager.start()`. */
export function readingsIn(root: Node): NameUse[] {
  const reads: NameUse[] = [];
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (SKIPPED.has(node.type) || isLoggerOfCall(node)) continue;
    if (FUNCTIONS.has(node.type)) {
      reads.push(...freeNames(node));
      continue;
    }
    const read = readingOf(node);
    if (read) reads.push(read);
    else {
      const parent = node;
      stack.push(
        ...childrenOf(node)
          .filter((child) => isRead(child, parent))
          .reverse(),
      );
    }
  }
  return reads.sort((left, right) => left.start - right.start);
}

const BINDERS: ReadonlySet<string> = new Set([
  'assignment',
  'augmented_assignment',
  'named_expression',
  'for_statement',
  'as_pattern',
  'function_definition',
  'class_definition',
  'import_statement',
  'import_from_statement',
  'delete_statement',
]);

/** Their names are no reads: imports bind, declarations declare. */
const SKIPPED: ReadonlySet<string> = new Set([
  'import_statement',
  'import_from_statement',
  'global_statement',
  'nonlocal_statement',
  'type',
]);

const FUNCTIONS: ReadonlySet<string> = new Set(['function_definition', 'lambda']);

const BUILTINS: ReadonlySet<string> = new Set(
  (
    'print len str int float bool list dict set tuple type isinstance hasattr getattr setattr callable range enumerate zip ' +
    'any all sum min max sorted open repr id iter next super Exception BaseException ValueError TypeError RuntimeError ' +
    'KeyError OSError ImportError AttributeError ConnectionError TimeoutError NotImplementedError SystemExit ' +
    'KeyboardInterrupt StopAsyncIteration asyncio anyio True False None'
  ).split(' '),
);

function binders(root: Node): Node[] {
  const stack: Node[] = [root];
  const found: Node[] = [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (BINDERS.has(node.type)) found.push(node);
    // A nested function binds its own name here, and nothing else.
    if (node.type === 'function_definition' || node.type === 'class_definition' || node.type === 'lambda') continue;
    stack.push(...childrenOf(node).reverse());
  }
  return found;
}

function targetsOf(node: Node): Node[] {
  switch (node.type) {
    case 'function_definition':
    case 'class_definition':
    case 'named_expression':
      return present(node.childForFieldName('name'));
    case 'as_pattern':
      return present(childOfType(node, 'as_pattern_target'));
    case 'import_statement':
    case 'import_from_statement':
      return importedNames(node);
    case 'delete_statement':
      return childrenOf(node);
    default:
      return present(node.childForFieldName('left'));
  }
}

function importedNames(node: Node): Node[] {
  const module = node.childForFieldName('module_name');
  return childrenOf(node)
    .filter((child) => child.id !== module?.id && (child.type === 'dotted_name' || child.type === 'aliased_import'))
    .flatMap((child) =>
      child.type === 'aliased_import' ? present(child.childForFieldName('alias')) : childrenOf(child).slice(0, 1),
    );
}

function boundPaths(target: Node): NameUse[] {
  const dotted = dottedName(target);
  if (dotted) return [{ path: dotted, start: target.startIndex }];
  if (target.type === 'subscript')
    return present(target.childForFieldName('value')).flatMap((value) =>
      boundPaths(value).map((use) => ({ ...use, isPart: true })),
    );
  if (target.type === 'attribute' || target.type === 'call') return [];
  return childrenOf(target).flatMap(boundPaths);
}

/** What a nested function reads from outside: neither its parameters nor the names that it binds. */
function freeNames(definition: Node): NameUse[] {
  const parameters = definition.childForFieldName('parameters');
  const bound = new Set(parameters ? identifiersIn(parameters).map((name) => name.text) : []);
  const body = definition.childForFieldName('body');
  if (!body) return [];
  for (const use of bindingsIn(body)) bound.add(use.path);
  return readingsIn(body).filter((use) => !bound.has(rootOf(use.path)));
}

/** The callee of a log call: which logger it is does not matter for order. */
function isLoggerOfCall(node: Node): boolean {
  return node.parent?.type === 'call' && isCallee(node) && isLogCall(node.parent);
}

function isCallee(node: Node): boolean {
  return node.parent?.type === 'call' && node.parent.childForFieldName('function')?.id === node.id;
}

function readingOf(node: Node): NameUse | undefined {
  if (node.type !== 'identifier' && node.type !== 'attribute') return undefined;
  const read = node.type === 'attribute' && isCallee(node) ? node.childForFieldName('object') : node;
  const dotted = dottedName(read);
  return dotted ? { path: dotted, start: node.startIndex } : undefined;
}

/** Whether a child's names are read: not a target, not the name of a keyword argument or attribute. */
function isRead(child: Node, parent: Node): boolean {
  const isField = (name: string) => parent.childForFieldName(name)?.id === child.id;
  if (parent.type === 'keyword_argument' || parent.type === 'named_expression' || parent.type === 'class_definition')
    return !isField('name');
  if (parent.type === 'attribute') return !isField('attribute');
  if (parent.type === 'assignment' || parent.type === 'for_statement')
    return !isField('left') || child.type === 'subscript';
  return child.type !== 'as_pattern_target';
}

function present(node: Node | null | undefined): Node[] {
  return node ? [node] : [];
}

function distinct(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}
