import type { Node } from '../tree/parse.ts';
import { enclosing, field, named, ownNodes } from '../tree/tree.ts';
import type { PythonModule } from './definition.ts';

/** One place at which a name gets its meaning. */
export type Binding = { readonly module: PythonModule; readonly node: Node } & (
  | { readonly kind: 'import'; readonly from: string; readonly level: number; readonly member?: string }
  | { readonly kind: 'defined' }
  | { readonly kind: 'assigned'; readonly value?: Node; readonly annotation?: Node }
  /** `for x in of`. */
  | { readonly kind: 'element'; readonly of: Node }
  /** `with value as x`. */
  | { readonly kind: 'entered'; readonly value: Node }
  | { readonly kind: 'parameter'; readonly annotation?: Node; readonly fallback?: Node }
  | { readonly kind: 'other' }
);

/** The names of a module, class or function. */
export interface Scope {
  readonly names: ReadonlyMap<string, readonly Binding[]>;
  readonly starImports: readonly { readonly from: string; readonly level: number }[];
  /** Declared `global` or `nonlocal`. */
  readonly outer: ReadonlySet<string>;
}

interface Draft {
  readonly module: PythonModule;
  readonly names: Map<string, Binding[]>;
  readonly starImports: { readonly from: string; readonly level: number }[];
  readonly outer: Set<string>;
}

/** What a module, class or function binds itself, nested functions and classes not looked into. */
export function scopeOf(node: Node, module: PythonModule): Scope {
  const draft: Draft = { module, names: new Map(), starImports: [], outer: new Set() };
  for (const parameter of parametersOf(node)) addParameter(draft, parameter);
  const body = node.type === 'module' ? node : field(node, 'body');
  for (const inner of body ? ownNodes(body) : []) addNode(draft, inner);
  if (node.type === 'module') addGlobals(draft, node);
  return draft;
}

/** The parameters of a function or lambda, `*` and `/` left out. */
export function parametersOf(definition: Node): readonly Node[] {
  const list = definition.type === 'class_definition' ? undefined : field(definition, 'parameters');
  return list ? named(list).filter((parameter) => parameterName(parameter) !== undefined) : [];
}

/** `x` of `x`, `x: T`, `x=1`, `x: T = 1`, `*x` and `**x`. */
export function parameterName(parameter: Node): string | undefined {
  if (parameter.type === 'identifier') return parameter.text;
  const inner = field(parameter, 'name') ?? (parameter.type.endsWith('_separator') ? undefined : named(parameter)[0]);
  return inner && inner !== parameter ? parameterName(inner) : undefined;
}

function addParameter(draft: Draft, node: Node): void {
  const name = parameterName(node);
  const annotation = field(node, 'type');
  const fallback = field(node, 'value');
  if (name) add(draft, name, { module: draft.module, node, kind: 'parameter', ...defined({ annotation, fallback }) });
}

function addNode(draft: Draft, node: Node): void {
  const { module } = draft;
  if (node.type === 'function_definition' || node.type === 'class_definition') {
    add(draft, field(node, 'name')?.text, { module, node, kind: 'defined' });
  } else if (node.type === 'assignment') addAssignment(draft, node);
  else if (node.type === 'named_expression') {
    add(draft, field(node, 'name')?.text, {
      module,
      node,
      kind: 'assigned',
      ...defined({ value: field(node, 'value') }),
    });
  } else if (node.type === 'for_statement' || node.type === 'for_in_clause') {
    const [left, of] = [field(node, 'left'), field(node, 'right')];
    if (left && of) addTargets(draft, left, (target) => ({ module, node: target, kind: 'element', of }));
  } else if (node.type === 'as_pattern') addAsPattern(draft, node);
  else if (node.type === 'import_statement') addImport(draft, node);
  else if (node.type === 'import_from_statement') addImportFrom(draft, node);
  else if (node.type === 'global_statement' || node.type === 'nonlocal_statement') {
    for (const name of named(node)) draft.outer.add(name.text);
  }
}

function addAssignment(draft: Draft, node: Node): void {
  const { module } = draft;
  const left = field(node, 'left');
  const value = finalValue(node);
  const annotation = field(node, 'type');
  if (left?.type === 'identifier') {
    add(draft, left.text, { module, node, kind: 'assigned', ...defined({ value, annotation }) });
  } else if (left) addTargets(draft, left, (target) => ({ module, node: target, kind: 'other' }));
}

/** `c` of `a = b = c`. */
function finalValue(assignment: Node): Node | undefined {
  const right = field(assignment, 'right');
  return right?.type === 'assignment' ? finalValue(right) : right;
}

/** `with open(path) as file` binds what is entered; `except Error as error` and `case … as x` bind something else. */
function addAsPattern(draft: Draft, node: Node): void {
  const { module } = draft;
  const target = field(node, 'alias');
  const value = named(node)[0];
  const isWith = node.parent?.type === 'with_item';
  if (!target || !value) return;
  addTargets(draft, target, (name) =>
    isWith && name.parent?.type === 'as_pattern_target'
      ? { module, node: name, kind: 'entered', value }
      : { module, node: name, kind: 'other' },
  );
}

function addTargets(draft: Draft, pattern: Node, binding: (target: Node) => Binding): void {
  if (pattern.type === 'identifier') add(draft, pattern.text, binding(pattern));
  else if (/pattern|tuple|list/.test(pattern.type)) {
    const targets = named(pattern);
    const single = targets.length === 1 && pattern.type === 'as_pattern_target';
    for (const target of targets) {
      addTargets(draft, target, single ? binding : (name) => ({ module: draft.module, node: name, kind: 'other' }));
    }
  }
}

function addImport(draft: Draft, node: Node): void {
  for (const target of named(node)) {
    const alias = field(target, 'alias');
    const from = (alias ? field(target, 'name') : target)?.text ?? '';
    const name = alias?.text ?? from.split('.', 1)[0];
    const binding = { module: draft.module, node: target, kind: 'import', level: 0 } as const;
    add(draft, name, { ...binding, from: alias ? from : (name ?? from) });
  }
}

function addImportFrom(draft: Draft, node: Node): void {
  const { module } = draft;
  const source = field(node, 'module_name');
  if (!source) return;
  const parts = source.type === 'relative_import' ? named(source) : [source];
  const level = (parts.find((part) => part.type === 'import_prefix')?.text ?? '').replaceAll(/\s/g, '').length;
  const from = parts.find((part) => part.type === 'dotted_name')?.text ?? '';
  for (const target of named(node)) {
    if (target.startIndex === source.startIndex) continue;
    if (target.type === 'wildcard_import') {
      draft.starImports.push({ from, level });
      continue;
    }
    const member = (field(target, 'name') ?? target).text;
    const name = field(target, 'alias')?.text ?? member;
    add(draft, name, { module, node: target, kind: 'import', from, level, member });
  }
}

/** What functions assign to names that they declare `global` belongs to the module, after its own bindings. */
function addGlobals(draft: Draft, root: Node): void {
  const done = new Set<number>();
  for (const statement of root.descendantsOfType('global_statement')) {
    const owner = enclosing(statement, ['function_definition']);
    if (!owner || done.has(owner.id)) continue;
    done.add(owner.id);
    const scope = scopeOf(owner, draft.module);
    for (const name of scope.outer) for (const binding of scope.names.get(name) ?? []) add(draft, name, binding);
  }
}

function add(draft: Draft, name: string | undefined, binding: Binding): void {
  if (!name) return;
  const bindings = draft.names.get(name);
  if (bindings) bindings.push(binding);
  else draft.names.set(name, [binding]);
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The properties that have a value: an absent one and an undefined one are different types. */
function defined<T extends object>(properties: T): Defined<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Defined<T>;
}
