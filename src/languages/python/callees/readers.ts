import type { Place, ProjectFiles, StateReader } from '../../../core/index.ts';
import type { FunctionDefinition, Resolver } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';
import { decoratorsOf, enclosing, keyOf, nameOf, placeOf } from '../tree/tree.ts';
import { isWritten, wholeAccess } from './accesses.ts';
import { copesWith } from './coping.ts';
import { lazyGetter, resultIsChecked } from './getters.ts';
import { isLifecycle } from './lifecycle.ts';
import { createOccurrences, type Occurrence } from './occurrences.ts';
import type { Reached } from './reached.ts';
import { globalBehind, isSameState, type SharedState, sharedState } from './shared-state.ts';

const MAX_READERS = 20;
/** Callers of callers are asked, not theirs. */
const MAX_DEPTH = 2;
/** Decorators that leave a function to be called by name. */
const PLAIN_DECORATOR =
  /(^|\.)(property|cached_property|staticmethod|classmethod|(async)?contextmanager|lru_cache|cache|wraps|override|abstractmethod|retry|timed?|trace\w*)$/;

type Readers = (state: SharedState, at: Place, reached: readonly Reached[]) => readonly StateReader[];

interface Search {
  readonly resolver: Resolver;
  readonly occurrences: ReturnType<typeof createOccurrences>;
  /** Functions of the startup path. */
  readonly path: ReadonlySet<string>;
}

/** An access with the function in which it stands. */
interface Use {
  readonly node: Node;
  readonly of: FunctionDefinition;
}

/**
 * Finds the functions that read shared state, tests and the startup path left out. Where too many files mention it to look
 * through, one reader that does not cope stands for them, at the place that fills the state.
 */
export function createReaderSearch(project: ProjectFiles, resolver: Resolver): Readers {
  const occurrences = createOccurrences(project, resolver.source);
  return (state, at, reached) => {
    const path = new Set(reached.map((one) => keyOf(one.of.module, one.of.node)));
    const search = { resolver, occurrences, path };
    const found = occurrences(state.name, hintsOf(state));
    if (!found) return [{ at, copes: false }];
    const uses = found.map(useOf).filter((use) => use !== undefined);
    const reads = uses.filter((use) => isRead(use, state, search));
    return byFunction(reads)
      .flatMap((group) => readerOf(group, search))
      .slice(0, MAX_READERS);
  };
}

/** A file that mentions none of these cannot reach the state. */
function hintsOf(state: SharedState): { readonly near: string; readonly hints: readonly string[] } {
  if (state.kind === 'app-state') return { near: '', hints: ['.state', 'state,'] };
  const module = state.kind === 'global' ? state.module : state.of.module;
  const base = module.name.split('.').at(-1) ?? module.name;
  if (state.kind === 'global') return { near: module.path, hints: [base] };
  const name = nameOf(state.of.node);
  const isPrivate = /^_[^_]/.test(state.name);
  return { near: module.path, hints: isPrivate ? [name] : [name, base] };
}

function useOf({ module, node }: Occurrence): Use | undefined {
  const around = enclosing(node, ['function_definition']);
  return around && { node, of: { kind: 'function', module, node: around } };
}

function isRead({ node, of }: Use, state: SharedState, { resolver, path }: Search): boolean {
  if (path.has(keyOf(of.module, of.node)) || isLifecycle(of, state, resolver)) return false;
  const whole = wholeAccess(node);
  if (!whole || isWritten(whole)) return false;
  const meant = whole === node ? globalBehind(node, of.module, resolver) : sharedState(whole, of, resolver);
  return meant !== undefined && isSameState(meant, state, resolver);
}

function byFunction(uses: readonly Use[]): readonly (readonly Use[])[] {
  const groups = new Map<string, Use[]>();
  for (const use of uses) {
    const key = keyOf(use.of.module, use.of.node);
    groups.set(key, [...(groups.get(key) ?? []), use]);
  }
  return [...groups.values()];
}

/** One reader a function: the access that it does not cope with, else the first one. */
function readerOf(uses: readonly Use[], search: Search): readonly StateReader[] {
  const judged = uses.map((use) => ({ use, how: howItCopes(use, search) }));
  const shown =
    judged.find((one) => one.how === undefined) ?? judged.find((one) => one.how === 'a lazy getter') ?? judged[0];
  if (!shown) return [];
  const at = placeOf(shown.use.of.module, shown.use.node);
  if (shown.how !== undefined) return [{ at, copes: true, how: shown.how }];
  const callers = judgeCallers(shown.use.of, search, 0);
  if (callers === 'unused') return [];
  return [callers === 'fails' ? { at, copes: false } : { at, copes: true, how: callers.how }];
}

function howItCopes({ node, of }: Use, { resolver }: Search): string | undefined {
  const how = copesWith(node, of.node);
  const getter = how?.startsWith('checked with') ? lazyGetter(node, of, resolver) : undefined;
  return getter ? `reached through a lazy getter and ${how}` : how;
}

type Verdict = 'unused' | 'fails' | { readonly how: string };

/** A function that does not cope itself is as good as those that call it. */
function judgeCallers(of: FunctionDefinition, search: Search, depth: number): Verdict {
  const name = nameOf(of.node);
  const isHandler = decoratorsOf(of.node).some((decorator) => !PLAIN_DECORATOR.test(decorator));
  if (isHandler || depth >= MAX_DEPTH || /^__\w+__$/.test(name)) return 'fails';
  const found = search.occurrences(name, { near: of.module.path, hints: [] });
  if (!found) return 'fails';
  const callers = found.filter(({ module, node }) => mayMean(node, module, of, search.resolver));
  let how: string | undefined;
  for (const caller of callers) {
    const verdict = judgeCaller(caller, search, depth);
    if (verdict === 'fails') return 'fails';
    if (verdict !== 'unused') how ??= verdict.how;
  }
  return how === undefined ? 'unused' : { how };
}

function judgeCaller(caller: Occurrence, search: Search, depth: number): Verdict {
  const use = useOf(caller);
  if (!use) return isInImport(caller.node) ? 'unused' : 'fails';
  if (search.path.has(keyOf(use.of.module, use.of.node)) || isLifecycle(use.of, undefined, search.resolver))
    return 'unused';
  const how = howItCopes(use, search) ?? resultIsChecked(use.node, use.of.node);
  return how === undefined ? judgeCallers(use.of, search, depth + 1) : { how };
}

/** The name is a reference to the function, or to something that could not be found out. */
function mayMean(node: Node, module: Occurrence['module'], of: FunctionDefinition, resolver: Resolver): boolean {
  const whole = wholeAccess(node);
  if (!whole || isInImport(node)) return false;
  const found = resolver.resolve(whole, module);
  if (found?.kind === 'function') return keyOf(found.module, found.node) === keyOf(of.module, of.node);
  const isMethod = enclosing(of.node, ['class_definition', 'function_definition'])?.type === 'class_definition';
  return isMethod ? whole.type === 'attribute' && found?.kind !== 'external' : false;
}

function isInImport(node: Node): boolean {
  return enclosing(node, ['import_from_statement', 'import_statement']) !== undefined;
}
