import { Node, SyntaxKind } from 'ts-morph';
import type { ClassDefinition, Definition, Modules } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { isAsyncFunction, isFunction, unwrapped } from '../tree/own-nodes.ts';
import { calledName, type Fate, fateOf, fateOfPassed, forwards, writtenMode } from './call-modes.ts';
import { classOf, type FunctionDefinition, functionBehind, functionKey } from './functions.ts';
import { memberOfClass } from './members.ts';
import { FUNCTION_KINDS, runNodes } from './run-nodes.ts';

/** How a call is made: waited for, as work of its own beside the function, at a later time (timers), or plainly. */
export type CallMode = 'awaited' | 'spawned' | 'later' | 'plain';

/** One call that a function makes. */
export interface CallMade {
  readonly node: Node;
  /** Dotted name with its imports resolved, as far as they are known; empty for a function that is written in place. */
  readonly name: string;
  /** The callee as written. */
  readonly written: string;
  /** The project's function that runs. */
  readonly target?: FunctionDefinition;
  readonly mode: CallMode;
}

/** Reads the calls of functions, once each. */
export function createCallReader(modules: Modules): (of: FunctionDefinition) => readonly CallMade[] {
  const known = new Map<string, readonly CallMade[]>();
  return (of) => {
    const key = functionKey(of);
    const found = known.get(key);
    if (found) return found;
    modules.load([of.module.path]);
    const calls = readCalls(of, modules);
    known.set(key, calls);
    return calls;
  };
}

/** Generated code has functions with thousands of calls. */
const MOST_CALLS = 400;

const CALLS = [SyntaxKind.CallExpression, SyntaxKind.NewExpression, SyntaxKind.TaggedTemplateExpression];

function readCalls(of: FunctionDefinition, modules: Modules): readonly CallMade[] {
  const nodes = runNodes(of, [...CALLS, ...FUNCTION_KINDS]).slice(0, MOST_CALLS);
  return nodes.flatMap((node) => {
    if (isFunction(node)) return writtenInPlace(node, of);
    return [...callMade(node, of, modules), ...passedFunctions(node, of, modules)];
  });
}

function callMade(node: Node, of: FunctionDefinition, modules: Modules): readonly CallMade[] {
  const callee = calleeOf(node);
  if (!callee || isFunction(callee) || isLink(callee)) return [];
  if (callee.getKind() === SyntaxKind.ImportKeyword || callee.getKind() === SyntaxKind.SuperKeyword) return [];
  const found = targetOf(callee, of, modules);
  // What a logger of the project does to write a line says nothing about the function.
  const target = isLogCall(node) ? undefined : runs(found, callee, of, modules);
  const mode = modeOf(node, found, modules);
  return [{ node, name: nameOf(found, callee, modules), written: calleeText(callee), mode, ...(target && { target }) }];
}

function calleeOf(node: Node): Node | undefined {
  if (Node.isTaggedTemplateExpression(node)) return unwrapped(node.getTag());
  return Node.isCallExpression(node) || Node.isNewExpression(node) ? unwrapped(node.getExpression()) : undefined;
}

/** `then` and its kin go on with a call that is listed itself. */
function isLink(callee: Node): boolean {
  return Node.isPropertyAccessExpression(callee) && /^(then|catch|finally|bind)$/.test(callee.getName());
}

function nameOf(found: Definition | undefined, callee: Node, modules: Modules): string {
  const isNamed = found !== undefined && found.kind !== 'value';
  return isNamed ? modules.qualifiedName(found) : calleeText(callee);
}

/** A method of `this` is that of the class on which the function was called, which may override it. */
function targetOf(callee: Node, of: FunctionDefinition, modules: Modules): Definition | undefined {
  const isSelf = Node.isPropertyAccessExpression(callee) && Node.isThisExpression(callee.getExpression());
  const overriding = isSelf && of.self ? memberOfClass(of.self, callee.getName(), modules) : undefined;
  return overriding ?? modules.resolve(callee);
}

function runs(
  found: Definition | undefined,
  callee: Node,
  of: FunctionDefinition,
  modules: Modules,
): FunctionDefinition | undefined {
  const target = functionBehind(found, modules);
  const self = target?.owner ? receiverClass(callee, of, modules) : undefined;
  return target && self && self.node !== target.owner ? { ...target, self } : target;
}

/** The class of the object that a method is called on. */
function receiverClass(callee: Node, of: FunctionDefinition, modules: Modules): ClassDefinition | undefined {
  if (!Node.isPropertyAccessExpression(callee)) return undefined;
  const receiver = callee.getExpression();
  if (Node.isThisExpression(receiver) || Node.isSuperExpression(receiver)) return classOf(of);
  const found = modules.resolve(receiver);
  return found?.kind === 'instance' ? found.of : found?.kind === 'class' ? found : undefined;
}

function modeOf(node: Node, found: Definition | undefined, modules: Modules): CallMode {
  const mode = writtenMode(node);
  if (mode === 'awaited' || mode === 'spawned') return mode;
  if (Node.isNewExpression(node) || modules.isAsync(found) !== true) return 'plain';
  return mode === 'argument' ? 'awaited' : 'spawned';
}

/** `setInterval(() => …)`, `void (async () => …)()`: work of a function that is written here, which nobody waits for. */
function writtenInPlace(node: Node, of: FunctionDefinition): readonly CallMade[] {
  const fate = fateOf(node);
  if (fate !== 'spawned' && fate !== 'later') return [];
  const { module, self, owner } = of;
  const target: FunctionDefinition = {
    kind: 'function',
    module,
    node,
    name: 'default',
    ...(self && { self }),
    ...(owner && { owner }),
  };
  return [{ node, name: '', written: '', mode: fate, target }];
}

/** `items.map(warm)`, `load().then(this.fill)`, `setInterval(this.poll, 1000)`, `retry(connect)`: functions that are handed over by name. */
function passedFunctions(call: Node, of: FunctionDefinition, modules: Modules): readonly CallMade[] {
  const isLog: boolean = isLogCall(call);
  if (!Node.isCallExpression(call) || isLog) return [];
  return call.getArguments().flatMap((argument) => {
    const callee = functionNamed(argument);
    const found = callee && targetOf(callee, of, modules);
    const target = found?.kind === 'function' && callee ? runs(found, callee, of, modules) : undefined;
    const mode = target && modeOfPassed(call, target);
    if (!callee || !target || !mode) return [];
    return [{ node: call, name: nameOf(found, callee, modules), written: calleeText(callee), target, mode }];
  });
}

/** `warm`, `this.warm`, `this.warm.bind(this)`. */
function functionNamed(argument: Node): Node | undefined {
  const node = unwrapped(argument);
  if (Node.isIdentifier(node) || Node.isPropertyAccessExpression(node)) return node;
  const callee = Node.isCallExpression(node) ? node.getExpression() : undefined;
  return Node.isPropertyAccessExpression(callee) && callee.getName() === 'bind' ? callee.getExpression() : undefined;
}

function modeOfPassed(call: Node, target: FunctionDefinition): CallMode | undefined {
  const fate: Fate = fateOfPassed(call, isAsyncFunction(target.node));
  if (fate === 'later' || fate === 'spawned') return fate;
  const isCalled = fate === 'runs' && (forwards(call) || CALLS_IT.test(calledName(call)));
  return isCalled ? (writtenMode(call) === 'awaited' ? 'awaited' : 'plain') : undefined;
}

/** Of the calls that may run a function that they get by name those that surely do. */
const CALLS_IT =
  /^(map|forEach|filter|reduce|flatMap|each|eachSeries|then|catch|finally|transaction|register|configure|run\w*|with[A-Z]\w*)$/;
