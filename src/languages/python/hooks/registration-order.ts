import type { Modules, PythonModule } from '../modules/definition.ts';
import type { Node } from '../tree/parse.ts';
import { enclosingFunction } from '../tree/shapes.ts';
import type { Registration } from './framework.ts';

/** A program is not read further than this. */
const MOST_MODULES = 500;

/**
 * Event handlers in the order in which they are registered. In one file that is the order of the source; in several it is that
 * in which their modules are run: a module that imports another one runs it where the import stands, once. `undefined` where
 * no module imports them all, where two that do disagree, or where a function registers.
 */
export function registrationOrder(
  events: readonly Registration[],
  modules: Modules,
  importers: readonly string[],
): readonly Registration[] | undefined {
  const paths = [...new Set(events.map(({ place }) => place.path))].sort();
  if (paths.length < 2) return events.toSorted((a, b) => a.place.offset - b.place.offset);
  if (events.some((event) => isInFunction(event, modules))) return undefined;
  const entries = [...new Set([...paths, ...importers])];
  const orders = entries
    .map((entry) => orderFrom(entry, events, modules))
    .filter((order) => order.length === events.length);
  const [first, ...others] = orders;
  return others.every((order) => order.every((event, at) => event === first?.[at])) ? first : undefined;
}

function isInFunction({ place }: Registration, modules: Modules): boolean {
  const module = modules.at(place.path);
  const node = module?.root.descendantForIndex(place.offset);
  return !node || enclosingFunction(node) !== undefined;
}

/** What is registered, in order, when the program is started with this module. */
function orderFrom(entry: string, events: readonly Registration[], modules: Modules): readonly Registration[] {
  const begun = new Set<string>();
  const order: Registration[] = [];
  const run = (module: PythonModule | undefined): void => {
    if (!module || begun.has(module.path) || begun.size > MOST_MODULES) return;
    begun.add(module.path);
    const own = events.filter(({ place }) => place.path === module.path);
    const happenings = [
      ...own.map((event) => ({ at: event.place.offset, act: () => void order.push(event) })),
      ...importsOf(module, modules).map(({ at, target }) => ({ at, act: () => run(target) })),
    ];
    for (const { act } of happenings.toSorted((a, b) => a.at - b.at)) act();
  };
  run(modules.at(entry));
  return order;
}

interface ImportedModule {
  readonly at: number;
  readonly target: PythonModule;
}

/** The project's modules that the top level of a module runs: packages before what is in them. */
function importsOf(module: PythonModule, modules: Modules): readonly ImportedModule[] {
  return topLevelImports(module.root).flatMap((statement) =>
    namesOf(statement).flatMap(({ name, level }) => {
      const target = modules.imported(module, name, level);
      return target ? [{ at: statement.startIndex, target }] : [];
    }),
  );
}

/** Imports that run with the module: under `if` and `try` too, but not those for type checkers only. */
function topLevelImports(block: Node): readonly Node[] {
  return block.namedChildren.flatMap((node): readonly Node[] => {
    if (node.type === 'import_statement' || node.type === 'import_from_statement') return [node];
    if (node.type === 'if_statement' && /TYPE_CHECKING/.test(node.childForFieldName('condition')?.text ?? ''))
      return [];
    return BLOCKS.has(node.type) ? topLevelImports(node) : [];
  });
}

const BLOCKS = new Set([
  'block',
  'if_statement',
  'elif_clause',
  'else_clause',
  'try_statement',
  'except_clause',
  'finally_clause',
  'with_statement',
]);

interface ImportedName {
  readonly name: string;
  readonly level: number;
}

/** `from ..a import b` may mean the attribute `b` of `a` or the module `a.b`: both are tried, the package first. */
function namesOf(statement: Node): readonly ImportedName[] {
  const written = statement.namedChildren.filter(
    (node) => node.type === 'dotted_name' || node.type === 'aliased_import',
  );
  const names = written.map((node) => (node.childForFieldName('name') ?? node).text);
  if (statement.type === 'import_statement') return names.flatMap((name) => prefixesOf(name, 0));
  const from = statement.childForFieldName('module_name')?.text ?? '';
  const level = /^\.*/.exec(from)?.[0].length ?? 0;
  const base = from.slice(level);
  const imported = level > 0 || names[0] !== base ? names : names.slice(1);
  const members = imported.map((name) => ({ name: base === '' ? name : `${base}.${name}`, level }));
  return [...prefixesOf(base, level), ...members];
}

/** `a.b.c` runs a, then a.b, then a.b.c. */
function prefixesOf(name: string, level: number): readonly ImportedName[] {
  const parts = name.split('.').filter((part) => part !== '');
  return parts.map((_, at) => ({ name: parts.slice(0, at + 1).join('.'), level }));
}
