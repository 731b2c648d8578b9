import { Node, SyntaxKind } from 'ts-morph';
import { formatPlace, type Hazard, type StateEffect } from '../../../../core/index.ts';
import { calleeText } from '../../tree/dotted-name.ts';
import { isLogCall } from '../../tree/log-lines.ts';
import { allNodes, isInside, lineOf, ownNodes, scopeOf, unwrapped } from '../../tree/own-nodes.ts';
import { isTarget, usesOf } from '../identifiers.ts';
import { bindingsIn, filledBy, type NameUse, rootOf } from '../name-uses.ts';
import { chainOf, combinatorOf, wrappedIn } from '../wrappers.ts';
import type { StepContext } from './context.ts';

/** What the step assigns outside itself: `app.locals.pool = await createPool()`, `this.model`, a variable that handlers read. */
export function publishedState(step: StepContext): Hazard[] {
  if (step.shape === 'detached') return [];
  const flags = new Set(step.attached.filter((one) => one.why === 'flag').map((one) => one.node));
  const moving = step.nodes.filter((node) => !flags.has(node));
  // What the step hands a function to may call it at once.
  const targets = moving.flatMap((node) => [node, ...functionsIn(node)]).flatMap(bindingsIn);
  const published = targets.filter((use) => !use.isDeclared && !isOwn(use, targets));
  const effects = published.length === 0 ? [] : effectsOfHook(step);
  return [...published.flatMap((use) => hazardFor(use, effects, step)), ...handedOn(step)];
}

function functionsIn(node: Node): Node[] {
  return allNodes(node, [SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression]).filter((one) => one !== node);
}

/** A part of an object that the step has made itself. */
function isOwn(use: NameUse, targets: readonly NameUse[]): boolean {
  return targets.some((one) => one.isDeclared && one.path === rootOf(use.path));
}

function effectsOfHook({ definition, modules }: StepContext): readonly StateEffect[] {
  const { node, module, name, owner } = definition;
  if (!node) return [];
  return modules.calleeBody({ kind: 'function', module, node, name, ...(owner ? { owner } : {}) })?.effects ?? [];
}

function hazardFor(use: NameUse, effects: readonly StateEffect[], step: StepContext): Hazard[] {
  const { path, node } = use;
  const bare = path.replace(/^this\./, '');
  const effect = effects.find(({ target }) => [path, bare].some((one) => target === one || target.endsWith(`.${one}`)));
  const readers = effect?.readers ?? [];
  if (readers.length > 0 && readers.every(({ copes }) => copes)) return [];
  const needing = readers.find(({ copes }) => !copes);
  const at = needing?.at ?? closureReading(node, step);
  const what = at ? `${path} is read in ${formatPlace(at)}` : `${path} is filled for code outside the step`;
  return [{ kind: 'publishes-state', what, severity: 'unsafe', ...(at ? { at } : {}) }];
}

/** A handler or other function of the file that reads the variable. */
function closureReading(node: Node, { range, definition }: StepContext) {
  if (!Node.isIdentifier(node)) return undefined;
  const use = usesOf(node, node.getSourceFile()).find(
    (one) =>
      !isTarget(one) &&
      !isCleared(one) &&
      (one.getStart() >= range.end || one.getEnd() <= range.start) &&
      scopeOf(one) !== scopeOf(node),
  );
  return use && { path: definition.module.path, line: lineOf(use) };
}

/** `if (timer) clearInterval(timer)`: what ends a timer copes with one that was never made. */
function isCleared(use: Node): boolean {
  const name = use.getText().replace(/\$/g, '\\$');
  const around = use.getFirstAncestor((one) => Node.isStatement(one) && !Node.isBlock(one));
  return new RegExp(`\\bclear(Timeout|Interval|Immediate)\\(${name}\\)`).test(around?.getText() ?? '');
}

/** `app.set('model', await load())`, `register(await connect())`: what gets the result may publish it. */
function handedOn({ nodes, definition }: StepContext): Hazard[] {
  const { path } = definition.module;
  const awaited = nodes.flatMap((node) => ownNodes(node, [SyntaxKind.AwaitExpression]));
  return awaited.flatMap((node) => {
    const call = receivingCall(node, nodes);
    if (!call) return [];
    const at = { path, line: lineOf(call) };
    const what = `its result is handed to ${calleeText(Node.isCallExpression(call) ? call.getExpression() : call)}`;
    return [{ kind: 'publishes-state', what, at, severity: 'unsafe' } as const];
  });
}

/** The call or `new` that gets an awaited value, unless it only logs or is awaited itself. */
function receivingCall(awaited: Node, nodes: readonly Node[]): Node | undefined {
  for (let node = awaited, outer = awaited.getParent(); outer; node = outer, outer = outer.getParent()) {
    if (!nodes.some((one) => isInside(outer, one)) || Node.isStatement(outer)) return undefined;
    if (!Node.isCallExpression(outer) && !Node.isNewExpression(outer)) continue;
    if (unwrapped(outer.getExpression()) === unwrapped(node) || isInside(awaited, outer.getExpression())) continue;
    return isPassedThrough(outer) ? undefined : outer;
  }
  return undefined;
}

function isPassedThrough(call: Node): boolean {
  if (isLogCall(call) || Node.isAwaitExpression(call.getParent()) || filledBy(call).length > 0) return true;
  if (!Node.isCallExpression(call)) return false;
  if (combinatorOf(call) || chainOf(call) || wrappedIn(call)) return true;
  return /^(String|Number|Boolean|JSON\.\w+|Object\.\w+|Math\.\w+|Array\.\w+|parseInt)$/.test(
    call.getExpression().getText(),
  );
}
