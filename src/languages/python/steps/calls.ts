import type { CallForm, TextRange } from '../../../core/index.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { childOfType, childrenOf, ownNodes } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { isAwaitedAtOnce, isDetaching, taskGroupOf } from './detached-calls.ts';
import { argumentsBehind, argumentsRange, isGather, positionalArguments, wrappedIn } from './wrappers.ts';

/** An awaited or detached call, with its nodes. */
export interface FoundCall {
  /** The whole await or detaching expression. */
  readonly node: Node;
  /** The callee expression: `manager.start`. */
  readonly callee: Node;
  /** What stands between its parentheses. */
  readonly arguments: TextRange;
  readonly form: CallForm;
  /** Wrappers that were looked through, outermost first: `asyncio.wait_for`, `asyncio.shield`. */
  readonly through: readonly Node[];
  /** It awaits a value that was made before: `await task`. */
  readonly isValue?: boolean;
  /** The task group that holds it: `async with asyncio.TaskGroup() as tg` → `tg`. */
  readonly group?: string;
}

/** The awaited and detached calls of a statement's own scope in source order; context managers after the calls inside them. */
export function callsIn(statement: Node): FoundCall[] {
  const nodes = ownNodes(statement, ['await', 'call', 'for_statement', 'for_in_clause']);
  const found = nodes.flatMap((node) => {
    const around: Around = { node, form: 'await', through: [] };
    if (node.type === 'await') return awaitedCalls(childrenOf(node)[0], around);
    if (node.type === 'call') return detachedCalls(node);
    const iterated = node.childForFieldName('right');
    return isAsync(node) && iterated?.type === 'call' ? awaitedCalls(iterated, around) : [];
  });
  const entered = ownNodes(statement, ['with_statement']).flatMap(enteredCalls);
  return distinct([...found.map((call) => awaitedByGroup(call, statement)), ...entered]);
}

/** The tasks of a group that the statement itself opens are awaited when it ends. */
function awaitedByGroup(call: FoundCall, statement: Node): FoundCall {
  const { group, ...rest } = call;
  const targets = ownNodes(statement, ['as_pattern_target']).map((target) => target.text);
  return group && targets.includes(group) ? { ...rest, form: 'gather-member' } : call;
}

/** `async with`, `async for`, `async def`. */
export function isAsync(node: Node): boolean {
  return node.children.some((child) => child?.type === 'async');
}

/** What `async with` awaits when it enters its context managers. */
export function enteredCalls(withStatement: Node): FoundCall[] {
  if (!isAsync(withStatement)) return [];
  const clause = childOfType(withStatement, 'with_clause');
  return (clause ? ownNodes(clause, ['with_item']) : []).flatMap((item) => {
    const value = item.childForFieldName('value');
    const call = value?.type === 'as_pattern' ? childrenOf(value)[0] : value;
    if (call?.type !== 'call' || NO_WORK.test(calleeText(call))) return [];
    return awaitedCalls(call, { node: item, form: 'await', through: [] });
  });
}

/** Scopes that await nothing of their own when they are entered. */
const NO_WORK =
  /(^|\.)(timeout|timeout_at|fail_after|move_on_after|TaskGroup|create_task_group|AsyncExitStack|Semaphore|nullcontext|startup_tasks\.when)\(\)$/;

/** What is known of a call before its callee is looked at. */
type Around = Pick<FoundCall, 'node' | 'form' | 'through' | 'group'>;

/** The calls behind an awaited expression, wrappers looked through. */
function awaitedCalls(awaited: Node | null | undefined, around: Around): FoundCall[] {
  const value = unwrapped(awaited);
  if (!value) return [];
  if (value.type !== 'call') return [awaitedValue(value, around)];
  const callee = value.childForFieldName('function');
  if (!callee) return [];
  const inner = wrappedIn(value);
  const inside = { ...around, through: [...around.through, callee] };
  if (isGather(value)) return membersOf(value, callee, inside, around);
  if (!inner)
    return [{ ...around, callee, arguments: argumentsRange(value) }, ...enteredByStack(value, callee, inside)];
  if (!inner.isFunction) return awaitedCalls(inner.node, inside);
  return [{ ...inside, callee: inner.node, arguments: argumentsBehind(value, inner.node) }];
}

/** `await stack.enter_async_context(session())` awaits what `async with session()` would. */
function enteredByStack(call: Node, callee: Node, inside: Around): FoundCall[] {
  const manager = lastPart(calleeText(callee)) === 'enter_async_context' ? positionalArguments(call)[0] : undefined;
  return manager?.type === 'call' ? awaitedCalls(manager, inside) : [];
}

/** `await task`, `await (load() if warm else skip())`: what is awaited was made elsewhere, or is chosen first. */
function awaitedValue(value: Node, around: Around): FoundCall {
  const call = value.type === 'conditional_expression' ? ownNodes(value, ['call'])[0] : undefined;
  const callee = call?.childForFieldName('function');
  if (call && callee) return { ...around, callee, arguments: argumentsRange(call) };
  return { ...around, callee: value, arguments: { start: value.endIndex, end: value.endIndex }, isValue: true };
}

/** The members of `gather(a(), b())`, `gather(*[f(x) for x in xs])`, `wait([…])`; the gather itself where they are made before. */
function membersOf(call: Node, callee: Node, inside: Around, around: Around): FoundCall[] {
  const members = positionalArguments(call)
    .flatMap(memberExpressions)
    .filter((member) => member.type === 'call');
  const found = members.flatMap((member) => awaitedCalls(member, { ...inside, form: 'gather-member' }));
  return found.length > 0 ? found : [{ ...around, callee, arguments: argumentsRange(call), isValue: true }];
}

function memberExpressions(argument: Node): Node[] {
  const value = argument.type === 'list_splat' ? childrenOf(argument)[0] : argument;
  if (!value) return [];
  if (/^(list|set|tuple)$/.test(value.type)) return childrenOf(value).flatMap(memberExpressions);
  if (!/^(list_comprehension|set_comprehension|generator_expression)$/.test(value.type)) return [value];
  const body = value.childForFieldName('body');
  return body ? [body] : [];
}

function detachedCalls(call: Node): FoundCall[] {
  const callee = call.childForFieldName('function');
  if (!callee || !isDetaching(call) || isAwaitedAtOnce(call)) return [];
  const group = taskGroupOf(call);
  const around: Around = { node: call, form: 'detached', through: [callee], ...(group ? { group } : {}) };
  const first = positionalArguments(call)[0];
  if (first && lastPart(calleeText(callee)) === 'start_soon')
    return [{ ...around, callee: first, arguments: argumentsBehind(call, first) }];
  return awaitedCalls(first, around).map((found) => ({ ...found, form: 'detached' as const }));
}

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
