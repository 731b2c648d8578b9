import { Node, SyntaxKind } from 'ts-morph';
import type { Place, ProjectFiles, StateReader } from '../../../core/index.ts';
import type { Modules } from '../modules/definition.ts';
import { className } from '../modules/qualified-name.ts';
import { isWritten, stateOf, wholeAccess } from './accesses.ts';
import { createCallerJudge } from './callers.ts';
import { copesWith } from './coping.ts';
import { placeOf } from './functions.ts';
import { isLifecycle } from './lifecycle.ts';
import { createOccurrences, type Occurrence, type Where } from './occurrences.ts';
import type { Reached } from './reached.ts';
import { isSameState, type SharedState } from './shared-state.ts';
import { isOnPath, type StartupPath, startupPath, type Use, useOf } from './uses.ts';

const MAX_READERS = 20;

type Readers = (state: SharedState, at: Place, reached: readonly Reached[]) => readonly StateReader[];

/**
 * Finds the functions that read shared state, tests and the startup path left out. Where too many files mention it to look
 * through, one reader that does not cope stands for them, at the place that fills the state.
 */
export function createReaderSearch(project: ProjectFiles, modules: Modules): Readers {
  const occurrences = createOccurrences(project, modules);
  return (state, at, reached) => {
    const path = startupPath(reached);
    const found = occurrences(state.name, whereOf(state));
    if (!found) return [{ at, copes: false }];
    const judge = createCallerJudge(occurrences, path, modules);
    const existing = existsFromStart(found);
    const uses = found.flatMap((one) => readBy(one, state, path, modules));
    return byFunction(uses)
      .flatMap((group) => readerOf(group, existing, judge))
      .slice(0, MAX_READERS);
  };
}

/** A file that mentions none of these cannot reach the state. */
function whereOf(state: SharedState): Where {
  if (state.kind === 'anywhere') return { near: '', hints: [] };
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

function readBy(found: Occurrence, state: SharedState, path: StartupPath, modules: Modules): readonly Use[] {
  const access = wholeAccess(found.node);
  const use = access && useOf({ module: found.module, node: access });
  if (!use || isOnPath(access, path) || isWritten(access, modules)) return [];
  if (isLifecycle(use.of.name, use.of.module, use.owner, state, modules)) return [];
  const meant = stateOf(access, use.of, modules);
  return meant && isSameState(meant, state, modules) ? [use] : [];
}

function byFunction(uses: readonly Use[]): readonly (readonly Use[])[] {
  const groups = new Map<Node, Use[]>();
  for (const use of uses) groups.set(use.of.node, [...(groups.get(use.of.node) ?? []), use]);
  return [...groups.values()];
}

/** One reader a function: the access that it does not cope with, else the first one. */
function readerOf(
  uses: readonly Use[],
  existing: boolean,
  judge: ReturnType<typeof createCallerJudge>,
): readonly StateReader[] {
  const judged = uses.map((use) => ({ use, how: copesWith(use.node, use.of.node, existing) }));
  const shown =
    judged.find((one) => one.how === undefined) ?? judged.find((one) => one.how === 'a lazy getter') ?? judged[0];
  if (!shown) return [];
  const at = placeOf(shown.use.of.module, shown.use.node);
  if (shown.how !== undefined) return [{ at, copes: true, how: shown.how }];
  const callers = judge(shown.use);
  if (callers === 'unused') return [];
  return [callers === 'fails' ? { at, copes: false } : { at, copes: true, how: callers.how }];
}
