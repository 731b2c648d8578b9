import { Node, SyntaxKind } from 'ts-morph';
import type { Place, ProjectFiles, StateReader } from '../../../core/index.ts';
import type { Modules } from '../modules/definition.ts';
import { className } from '../modules/qualified-name.ts';
import { isWritten, stateOf, wholeAccess } from './accesses.ts';
import { createCallerJudge } from './callers.ts';
import { copesWith } from './coping.ts';
import { filledBy } from './filled-state.ts';
import { type FunctionDefinition, placeOf } from './functions.ts';
import { isLifecycle } from './lifecycle.ts';
import { createOccurrences, type Occurrence, type Where } from './occurrences.ts';
import type { Reached } from './reached.ts';
import { runNodes } from './run-nodes.ts';
import { isSameState, type SharedState, stateKey } from './shared-state.ts';
import { isOnPath, startupPath, type Use, useOf } from './uses.ts';

const MAX_READERS = 20;

/** Answers who reads shared state. */
export interface ReaderSearch {
  readersOf(state: SharedState, at: Place, reached: readonly Reached[]): readonly StateReader[];
  /** Every function that reads it gives it back, and fills it where it is absent: nobody relies on what another one filled. */
  isMemory(state: SharedState): boolean;
}

/**
 * Finds the functions that read shared state, tests and the startup path left out, up to the first that does not cope. Where too
 * many files mention it to look through, one reader that does not cope stands for them, at the place that fills the state.
 */
export function createReaderSearch(project: ProjectFiles, modules: Modules): ReaderSearch {
  const occurrences = createOccurrences(project, modules);
  const known = new Map<string, readonly Read[] | undefined>();

  function readsOf(state: SharedState): readonly Read[] | undefined {
    const key = stateKey(state);
    if (known.has(key)) return known.get(key);
    const found = occurrences(state.name, whereOf(state));
    const existing = found !== undefined && existsFromStart(found);
    const reads = found?.flatMap((one) => readBy(one, state, existing, modules));
    known.set(key, reads);
    return reads;
  }

  function readersOf(state: SharedState, at: Place, reached: readonly Reached[]): readonly StateReader[] {
    const path = startupPath(reached);
    const reads = readsOf(state)?.filter(({ use, isOfLifecycle }) => !isOfLifecycle && !isOnPath(use.node, path));
    if (!reads) return [{ at, copes: false }];
    const judge = createCallerJudge(occurrences, path, modules);
    const readers: StateReader[] = [];
    for (const group of byFunction(reads)) {
      readers.push(...readerOf(group, judge));
      if (readers.length >= MAX_READERS || readers.at(-1)?.copes === false) break;
    }
    return readers;
  }

  function isMemory(state: SharedState): boolean {
    const key = stateKey(state);
    const groups = byFunction(readsOf(state) ?? []);
    return groups.length > 0 && groups.every(([read]) => read !== undefined && remembers(read.use.of, key, modules));
  }

  return { readersOf, isMemory };
}

/** The function gives something back, and fills the state itself. */
export function remembers(of: FunctionDefinition, key: string, modules: Modules): boolean {
  const gives = runNodes(of, [SyntaxKind.ReturnStatement]).some(
    (one) => Node.isReturnStatement(one) && one.getExpression() !== undefined,
  );
  return gives && filledBy(of, modules).some(({ state }) => stateKey(state) === key);
}

/** A use that reads the state, with how it copes; asked for once it is needed. */
interface Read {
  readonly use: Use;
  /** What starts, stops or reports on the state reads it there. */
  readonly isOfLifecycle: boolean;
  readonly how: () => string | undefined;
}

/** A file that mentions none of these cannot reach the state. */
function whereOf(state: SharedState): Where {
  if (state.kind === 'anywhere')
    return { near: '', hints: state.holder.endsWith('.this') ? [`this.${state.name}`] : [] };
  if (state.kind !== 'attribute') {
    const hints = state.kind === 'member' ? [state.of] : [];
    return { near: state.module.path, hints };
  }
  const { module, node } = state.of;
  const name = className(node);
  const stem = (module.path.split('/').at(-1) ?? '').replace(/\.[cm]?[jt]sx?$/, '');
  const hints = [name, `${name.charAt(0).toLowerCase()}${name.slice(1)}`, ...(stem === 'index' ? [] : [stem])];
  return { near: module.path, hints, onlyNear: state.name.startsWith('#') || isPrivate(state) };
}

function isPrivate(state: SharedState & { readonly kind: 'attribute' }): boolean {
  const member = state.of.node.getMembers().find((one) => 'getName' in one && one.getName() === state.name);
  const parameter = state.of.node.getConstructors()[0]?.getParameter(state.name);
  return [member, parameter].some((one) => Node.isModifierable(one) && one.hasModifier(SyntaxKind.PrivateKeyword));
}

/** A collection that is made where it is declared, or a value that is never missing. */
function existsFromStart(found: readonly Occurrence[]): boolean {
  return found.some(({ node }) => {
    const outer = node.getParent();
    const made =
      Node.isVariableDeclaration(outer) || Node.isPropertyDeclaration(outer) || Node.isPropertyAssignment(outer);
    const value = made && outer.getNameNode() === node ? outer.getInitializer() : undefined;
    return value !== undefined && /^(new (Map|Set|WeakMap|LRU\w*|NodeCache)\b|\{|\[)/.test(value.getText());
  });
}

function readBy(found: Occurrence, state: SharedState, existing: boolean, modules: Modules): readonly Read[] {
  const access = wholeAccess(found.node);
  const use = access && useOf({ module: found.module, node: access });
  if (!use || isWritten(access, modules)) return [];
  const isOfLifecycle = isLifecycle(use.of.name, use.of.module, use.owner, state, modules);
  const meant = stateOf(access, use.of, modules);
  if (!meant || !isSameState(meant, state, modules)) return [];
  return [{ use, isOfLifecycle, how: once(() => copesWith(access, use.of.node, existing)) }];
}

function once(ask: () => string | undefined): () => string | undefined {
  let answer: { readonly how: string | undefined } | undefined;
  return () => {
    answer ??= { how: ask() };
    return answer.how;
  };
}

function byFunction(reads: readonly Read[]): readonly (readonly Read[])[] {
  const groups = new Map<Node, Read[]>();
  for (const read of reads) groups.set(read.use.of.node, [...(groups.get(read.use.of.node) ?? []), read]);
  return [...groups.values()];
}

/** One reader a function: the access that it does not cope with, else the first one. */
function readerOf(reads: readonly Read[], judge: ReturnType<typeof createCallerJudge>): readonly StateReader[] {
  const shown =
    reads.find(({ how }) => how() === undefined) ?? reads.find(({ how }) => how() === 'a lazy getter') ?? reads[0];
  if (!shown) return [];
  const { use } = shown;
  const how = shown.how();
  const at = placeOf(use.of.module, use.node);
  if (how !== undefined) return [{ at, copes: true, how }];
  const callers = judge(use);
  if (callers === 'unused') return [];
  return [callers === 'fails' ? { at, copes: false } : { at, copes: true, how: callers.how }];
}
