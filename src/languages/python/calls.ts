import type { CallForm, TextRange } from '../../core/index.ts';
import { calleeText, dottedName, lastPart } from './dotted-name.ts';
import { childOfType, childrenOf, ownNodes } from './own-nodes.ts';
import type { Node } from './parse.ts';

/** An awaited or detached call, with its nodes. */
export interface FoundCall {
  /** The whole await or detaching expression. */
  readonly node: Node;
  /** The callee expression: `manager.start`. */
  readonly callee: Node;
  /** What stands between its parentheses. */
  readonly arguments: TextRange;
  readonly form: CallForm;
  /** Wrappers that were looked through, outermost first: `wait_for`, `shield`, `to_thread`. */
  readonly through: readonly string[];
  /** The task group that holds it: `async with asyncio.TaskGroup() as tg` → `tg`. */
  readonly group?: string;
}

/** The awaited and detached calls of a statement's own scope in source order; context managers after the calls inside them. */
export function callsIn(statement: Node): FoundCall[] {
  const nodes = ownNodes(statement, ['await', 'call', 'for_statement', 'for_in_clause']);
  const found = nodes.flatMap((node) => {
    if (node.type === 'await') return awaitedCalls(childrenOf(node)[0], node, [], 'await');
    if (node.type === 'call') return detachedCalls(node);
    return isAsync(node) ? awaitedCalls(node.childForFieldName('right'), node, [], 'await', true) : [];
  });
  return distinct([...found, ...entered(statement)]);
}

/** Calls that create a task: `asyncio.create_task`, `ensure_future`, `loop.create_task`, a group's `start_soon`. */
export function isDetaching(call: Node): boolean {
  const callee = call.childForFieldName('function');
  if (!callee) return false;
  const name = callee.type === 'attribute' ? callee.childForFieldName('attribute')?.text : callee.text;
  if (name === 'start_soon') return callee.type === 'attribute';
  if (name !== 'create_task' && name !== 'ensure_future') return false;
  if (callee.type === 'identifier') return true;
  const receiver = calleeText(callee.childForFieldName('object') ?? callee);
  return /(^|\.|_)(asyncio|anyio|loop|tg|tasks?_?group|group|nursery|get_event_loop\(\)|get_running_loop\(\)|new_event_loop\(\))$/i.test(
    receiver,
  );
}

/** The group of `tg.create_task(…)` and `tg.start_soon(…)`: everything that is neither asyncio nor a loop. */
export function taskGroupOf(call: Node): string | undefined {
  const receiver = dottedName(call.childForFieldName('function')?.childForFieldName('object'));
  return receiver && !/(^|[._])(asyncio|loop)$/i.test(receiver) ? receiver : undefined;
}

/** The positional arguments of a call, comments left out. */
export function positionalArguments(call: Node): Node[] {
  const list = call.childForFieldName('arguments');
  if (list?.type !== 'argument_list') return list ? [list] : [];
  return childrenOf(list).filter((argument) => argument.type !== 'keyword_argument');
}

export function argumentsRange(call: Node): TextRange {
  const list = call.childForFieldName('arguments');
  return list ? { start: list.startIndex + 1, end: list.endIndex - 1 } : { start: call.endIndex, end: call.endIndex };
}

export function isAsync(node: Node): boolean {
  return node.children.some((child) => child?.type === 'async');
}

/** They await the coroutine or call that is their first argument. */
const WAITS_FOR_FIRST: ReadonlySet<string> = new Set([
  'wait_for',
  'shield',
  'create_task',
  'ensure_future',
  'wrap_future',
]);

/** They call their first argument on another thread. */
const CALLS_FIRST: ReadonlySet<string> = new Set(['to_thread', 'run_in_threadpool', 'run_sync', 'sync_to_async']);

function awaitedCalls(
  awaited: Node | null | undefined,
  node: Node,
  through: readonly string[],
  form: CallForm,
  quiet = false,
): FoundCall[] {
  const value = unwrapped(awaited);
  if (!value) return [];
  if (value.type !== 'call') return quiet ? [] : valueAwaited(value, node, through, form);
  const callee = value.childForFieldName('function');
  if (!callee) return [];
  const name = wrapperName(callee);
  if (name === 'gather' || name === 'wait') return membersOf(value, node, [...through, name], callee);
  const inner = name ? lookedThrough(value, name) : undefined;
  if (name && inner)
    return inner.called
      ? [calledElsewhere(value, inner.node, node, [...through, name], form)]
      : awaitedCalls(inner.node, node, [...through, name], form);
  return [{ node, callee, arguments: argumentsRange(value), form, through }];
}

/** `await task`, `await (a if b else c)`: what is awaited was made elsewhere; its name stands for it. */
function valueAwaited(value: Node, node: Node, through: readonly string[], form: CallForm): FoundCall[] {
  const inner = value.type === 'conditional_expression' ? ownNodes(value, ['call']) : [];
  const first = inner[0]?.childForFieldName('function');
  if (first && inner[0])
    return [{ node, callee: first, arguments: argumentsRange(inner[0]), form, through: [...through, 'value'] }];
  return [
    {
      node,
      callee: value,
      arguments: { start: value.endIndex, end: value.endIndex },
      form,
      through: [...through, 'value'],
    },
  ];
}

function lookedThrough(call: Node, name: string): { node: Node; called: boolean } | undefined {
  const positional = positionalArguments(call);
  if (name === 'run_in_executor')
    return positional[1] ? { node: positional[1], called: positional[1].type !== 'call' } : undefined;
  const first = positional[0];
  if (!first) return undefined;
  if (CALLS_FIRST.has(name)) return { node: first, called: first.type !== 'call' };
  return { node: first, called: false };
}

/** `to_thread(load, path)`: the function is an argument, and what follows it are its own arguments. */
function calledElsewhere(call: Node, callee: Node, node: Node, through: readonly string[], form: CallForm): FoundCall {
  const end = argumentsRange(call).end;
  const next = positionalAfter(call, callee);
  return { node, callee, arguments: { start: next?.startIndex ?? end, end }, form, through };
}

function positionalAfter(call: Node, callee: Node): Node | undefined {
  const list = call.childForFieldName('arguments');
  return list ? childrenOf(list).find((argument) => argument.startIndex >= callee.endIndex) : undefined;
}

/** The members of `gather(a(), b())`, `gather(*[f(x) for x in xs])`, `wait([…])`. */
function membersOf(call: Node, node: Node, through: readonly string[], gather: Node): FoundCall[] {
  const members = positionalArguments(call).flatMap(memberExpressions);
  const found = members.flatMap((member) => awaitedCalls(member, node, through, 'gather-member', true));
  if (found.length > 0) return found;
  return [{ node, callee: gather, arguments: argumentsRange(call), form: 'await', through: [] }];
}

function memberExpressions(argument: Node): Node[] {
  const value = argument.type === 'list_splat' ? childrenOf(argument)[0] : argument;
  if (!value) return [];
  if (/^(list|set|tuple)$/.test(value.type)) return childrenOf(value).flatMap(memberExpressions);
  if (/^(list_comprehension|set_comprehension|generator_expression)$/.test(value.type)) {
    const body = value.childForFieldName('body');
    return body ? [body] : [];
  }
  return [value];
}

function detachedCalls(call: Node): FoundCall[] {
  if (!isDetaching(call) || isAwaitedWrapper(call)) return [];
  const group = taskGroupOf(call);
  const held = group ? { group } : {};
  const first = positionalArguments(call)[0];
  const name = lastPart(calleeText(call.childForFieldName('function') ?? call));
  if (first && name === 'start_soon') return [{ ...calledElsewhere(call, first, call, [name], 'detached'), ...held }];
  const inner = awaitedCalls(first, call, [name], 'detached');
  return inner.map((found) => ({ ...found, form: 'detached' as const, ...held }));
}

/** `await asyncio.create_task(f())` and a task among the members of an awaited gather: awaited, not detached. */
function isAwaitedWrapper(call: Node): boolean {
  let current: Node | null = call.parent;
  for (let child = call; current; child = current, current = current.parent) {
    if (current.type === 'await') return true;
    if (current.type === 'call' && !isWrapper(current)) return false;
    if (/statement$|^block$|^lambda$|^assignment$/.test(current.type) && child) return false;
  }
  return false;
}

function isWrapper(call: Node): boolean {
  const callee = call.childForFieldName('function');
  return callee ? /^(gather|wait|wait_for|shield)$/.test(wrapperName(callee) ?? '') : false;
}

/** What `async with` enters: `engine.begin` of `async with engine.begin() as conn`. */
function entered(statement: Node): FoundCall[] {
  return ownNodes(statement, ['with_statement'])
    .filter(isAsync)
    .flatMap((node) => ownNodes(childOfType(node, 'with_clause') ?? node, ['with_item']))
    .flatMap((item) => {
      const value = item.childForFieldName('value');
      const call = value?.type === 'as_pattern' ? childrenOf(value)[0] : value;
      return NO_WORK.test(call ? calleeText(call) : '') ? [] : awaitedCalls(call, item, [], 'await', true);
    });
}

/** Scopes that await nothing of their own when they are entered. */
const NO_WORK =
  /(^|\.)(timeout|timeout_at|fail_after|move_on_after|TaskGroup|create_task_group|AsyncExitStack|Semaphore|nullcontext)(\(\))?$/;

/** The name of a wrapper from asyncio, anyio, the running loop or a framework's thread pool. */
function wrapperName(callee: Node): string | undefined {
  const name = callee.type === 'attribute' ? callee.childForFieldName('attribute')?.text : callee.text;
  if (!name) return undefined;
  if (callee.type === 'identifier') return BARE_WRAPPERS.test(name) ? name : undefined;
  const receiver = calleeText(callee.childForFieldName('object') ?? callee);
  if (name === 'run_in_executor') return name;
  if (name === 'run_sync') return /(^|\.)(to_thread|anyio)$/.test(receiver) ? name : undefined;
  if (!/(^|\.)(asyncio|anyio|concurrency|aiofiles|loop)$|loop\(\)$/i.test(receiver)) return undefined;
  return WAITS_FOR_FIRST.has(name) || CALLS_FIRST.has(name) || name === 'gather' || name === 'wait' ? name : undefined;
}

const BARE_WRAPPERS = /^(wait_for|shield|gather|to_thread|run_in_threadpool|create_task|ensure_future)$/;

function unwrapped(node: Node | null | undefined): Node | undefined {
  let current = node ?? undefined;
  while (current?.type === 'parenthesized_expression') current = childrenOf(current)[0];
  return current;
}

function distinct(calls: readonly FoundCall[]): FoundCall[] {
  const seen = new Set<string>();
  return calls.filter((call) => {
    const key = `${call.node.startIndex}:${call.callee.startIndex}`;
    return !seen.has(key) && seen.add(key);
  });
}
