import type { TextRange } from '../../../core/index.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { childrenOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';

/** What a wrapper hides: a coroutine that it awaits, or a function that it calls elsewhere. */
export interface Wrapped {
  readonly node: Node;
  /** The function itself is the argument: `asyncio.to_thread(load_model, path)`. */
  readonly isFunction: boolean;
}

/** What stands inside `wait_for(…)`, `shield(…)`, `to_thread(…)`, `run_in_executor(…)` and their kin. */
export function wrappedIn(call: Node): Wrapped | undefined {
  const callee = call.childForFieldName('function');
  const name = callee ? wrapperName(callee) : undefined;
  if (!name || GATHERS.has(name)) return undefined;
  const positional = positionalArguments(call);
  const inner = name === 'run_in_executor' ? positional[1] : positional[0];
  if (!inner) return undefined;
  return CALLS_FIRST.has(name) ? calledFunction(inner) : { node: inner, isFunction: false };
}

/** `asyncio.gather(…)` and `asyncio.wait(…)`. */
export function isGather(call: Node): boolean {
  const callee = call.childForFieldName('function');
  return callee !== null && GATHERS.has(wrapperName(callee) ?? '');
}

/** Any of the wrappers. */
export function isWrapper(call: Node): boolean {
  const callee = call.childForFieldName('function');
  return callee !== null && wrapperName(callee) !== undefined;
}

/** The positional arguments of a call, comments left out. */
export function positionalArguments(call: Node): Node[] {
  const list = call.childForFieldName('arguments');
  if (list?.type !== 'argument_list') return list ? [list] : [];
  return childrenOf(list).filter((argument) => argument.type !== 'keyword_argument');
}

/** What stands between the parentheses of a call. */
export function argumentsRange(call: Node): TextRange {
  const list = call.childForFieldName('arguments');
  return list ? { start: list.startIndex + 1, end: list.endIndex - 1 } : { start: call.endIndex, end: call.endIndex };
}

/** The arguments of a call behind one of them: `path` of `to_thread(load, path)` behind `load`. */
export function argumentsBehind(call: Node, argument: Node): TextRange {
  const { end } = argumentsRange(call);
  const list = call.childForFieldName('arguments');
  const next = list ? childrenOf(list).find((other) => other.startIndex >= argument.endIndex) : undefined;
  return { start: next?.startIndex ?? end, end };
}

const GATHERS: ReadonlySet<string> = new Set(['gather', 'wait']);

/** They await the coroutine that is their first argument. */
const WAIT_FOR_FIRST: ReadonlySet<string> = new Set([
  'wait_for',
  'shield',
  'create_task',
  'ensure_future',
  'wrap_future',
]);

/** They call their first argument, `run_in_executor` its second, on another thread. */
const CALLS_FIRST: ReadonlySet<string> = new Set([
  'to_thread',
  'run_in_threadpool',
  'run_sync',
  'sync_to_async',
  'run_in_executor',
]);

/** They may stand without a module: `from asyncio import gather`. */
const BARE = /^(wait_for|shield|gather|to_thread|run_in_threadpool|create_task|ensure_future)$/;

/** The name of a wrapper from asyncio, anyio, the running loop or a framework's thread pool. */
function wrapperName(callee: Node): string | undefined {
  const name = lastPart(calleeText(callee));
  if (callee.type === 'identifier') return BARE.test(name) ? name : undefined;
  if (name === 'run_in_executor') return name;
  const receiver = calleeText(callee.childForFieldName('object') ?? callee);
  if (name === 'run_sync') return /(^|\.)(to_thread|anyio)$/.test(receiver) ? name : undefined;
  if (!/(^|\.)(asyncio|anyio|concurrency|loop)$|loop\(\)$/i.test(receiver)) return undefined;
  return WAIT_FOR_FIRST.has(name) || CALLS_FIRST.has(name) || GATHERS.has(name) ? name : undefined;
}

/** `partial(load, path)` and `lambda: load(path)` call `load`. */
function calledFunction(argument: Node): Wrapped {
  const body = argument.type === 'lambda' ? argument.childForFieldName('body') : null;
  if (body?.type === 'call') return { node: body, isFunction: false };
  if (argument.type !== 'call') return { node: argument, isFunction: true };
  const callee = argument.childForFieldName('function');
  const bound = callee && lastPart(calleeText(callee)) === 'partial' ? positionalArguments(argument)[0] : undefined;
  return bound ? { node: bound, isFunction: true } : { node: argument, isFunction: false };
}
