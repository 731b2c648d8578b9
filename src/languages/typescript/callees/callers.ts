import { Node } from 'ts-morph';
import type { Modules } from '../modules/definition.ts';
import { className } from '../modules/qualified-name.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { wholeAccess } from './accesses.ts';
import { fateOf, fateOfPassed } from './call-modes.ts';
import { copesWith } from './coping.ts';
import { isLifecycle } from './lifecycle.ts';
import type { createOccurrences, Occurrence } from './occurrences.ts';
import { isOnPath, type StartupPath, type Use, useOf } from './uses.ts';

/** Nobody calls it, some caller cannot do without what it reads, or all cope: how. */
export type Verdict = 'unused' | 'fails' | { readonly how: string };

/** Callers of callers are asked, not theirs. */
const MAX_DEPTH = 2;
const MAX_JUDGED = 60;

/** Judges functions that do not cope themselves: they are as good as those that call them. */
export function createCallerJudge(
  occurrences: ReturnType<typeof createOccurrences>,
  path: StartupPath,
  modules: Modules,
): (use: Use) => Verdict {
  const known = new Map<Node, Verdict>();

  function judge(use: Use, depth: number): Verdict {
    const found = known.get(use.of.node);
    if (found) return found;
    if (depth >= MAX_DEPTH || known.size > MAX_JUDGED || isHandler(use)) return 'fails';
    // A function that calls itself is as good as its other callers.
    known.set(use.of.node, 'unused');
    const verdict = judgeCallers(use, depth);
    known.set(use.of.node, verdict);
    return verdict;
  }

  function judgeCallers(use: Use, depth: number): Verdict {
    const places = occurrences(use.of.name, { near: use.of.module.path, hints: hintsOf(use) });
    if (!places) return 'fails';
    const callers = places.filter((place) => mayMean(place, use, modules));
    let how: string | undefined;
    let isCalled = false;
    for (const caller of callers) {
      const verdict = judgeCaller(caller, depth);
      if (verdict === 'fails') return 'fails';
      isCalled ||= isCall(caller.node);
      if (verdict !== 'unused') how ??= verdict.how;
    }
    if (how !== undefined) return { how };
    return isCalled || !mayBeCalledFromOutside(use) ? 'unused' : 'fails';
  }

  function judgeCaller(caller: Occurrence, depth: number): Verdict {
    const access = wholeAccess(caller.node);
    if (!access || isExport(access)) return 'unused';
    if (!isCall(caller.node)) return isPassedForLater(access) && isOnPath(access, path) ? 'unused' : 'fails';
    const use = useOf({ module: caller.module, node: access });
    if (!use || isOnPath(access, path)) return 'unused';
    if (isLifecycle(use.of.name, use.of.module, use.owner, undefined, modules)) return 'unused';
    const how = copesWith(access, use.of.node, false);
    return how === undefined ? judge(use, depth + 1) : { how };
  }

  return (use) => judge(use, 0);
}

/** Routes, events and frameworks call it: there is nobody else who could cope. */
function isHandler({ of }: Use): boolean {
  if (of.name === '' || fateOf(of.node) !== 'defined') return true;
  if (!Node.isDecoratable(of.node)) return false;
  return of.node
    .getDecorators()
    .some((one) => !/^(Public|Inject\w*|Log\w*|Trace\w*|Span|Memoize\w*|Transactional)$/.test(one.getName()));
}

function hintsOf({ owner }: Use): readonly string[] {
  if (!owner) return [];
  const name = className(owner.node);
  return [name, `${name.charAt(0).toLowerCase()}${name.slice(1)}`];
}

/** The name is a reference to the function, or to a method of something called like its class. */
function mayMean({ node }: Occurrence, { of, owner }: Use, modules: Modules): boolean {
  const access = wholeAccess(node);
  if (!access || Node.isBindingElement(access)) return false;
  const found = modules.resolve(access);
  if (found?.kind === 'function') return found.node === of.node;
  if (found !== undefined || !owner || !Node.isPropertyAccessExpression(access)) return false;
  const [receiver, name] = [lastWord(access.getExpression()), className(owner.node).toLowerCase()];
  return receiver !== '' && (name.includes(receiver) || receiver.includes(name));
}

function lastWord(node: Node): string {
  return (calleeText(node).replaceAll('()', '').split('.').at(-1) ?? '').replace(/^[_#]/, '').toLowerCase();
}

function isCall(name: Node): boolean {
  const access = wholeAccess(name) ?? name;
  const outer = access.getParent();
  return Node.isCallExpression(outer) && outer.getExpression() === access;
}

/** `setInterval(this.poll, 1000)` */
function isPassedForLater(access: Node): boolean {
  const call = access.getFirstAncestor((one) => Node.isCallExpression(one));
  const fate = call && fateOfPassed(call, true);
  return fate === 'later' || fate === 'spawned';
}

/** `module.exports = { search }`, `exports.search = search`. */
function isExport(access: Node): boolean {
  const outer = access.getParent();
  const holder =
    Node.isShorthandPropertyAssignment(outer) || Node.isPropertyAssignment(outer)
      ? outer.getParent()?.getParent()
      : outer;
  if (Node.isExportAssignment(holder)) return true;
  return Node.isBinaryExpression(holder) && /(^|\.)exports(\.|$)/.test(holder.getLeft().getText());
}

/** A member of an object that is handed over whole, a method that an interface asks for, what a framework finds by its file. */
function mayBeCalledFromOutside({ of, owner }: Use): boolean {
  const outer = of.node.getParent();
  if (Node.isPropertyAssignment(outer) || Node.isObjectLiteralExpression(outer)) return true;
  if (owner)
    return (
      owner.node.getExtends() !== undefined || owner.node.getImplements().some((one) => !LIFECYCLE.test(one.getText()))
    );
  if (/^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|loader|action|load|handler|default|middleware)$/.test(of.name))
    return true;
  return /(^|\/)(pages|app\/api|routes|api|functions|controllers|resolvers|handlers)\//.test(of.module.path);
}

/** Interfaces of Nest that ask for hooks only. */
const LIFECYCLE = /^(OnModule(Init|Destroy)|(On|Before)Application(Bootstrap|Shutdown))$/;
