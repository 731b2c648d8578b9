import { endlessLoop } from '../callees/endless.ts';
import { enclosingLoop } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { descendants, enclosing, lastName, nodesOfFunction, objectOf, outsideScopes } from '../tree/shapes.ts';
import { named } from '../tree/tree.ts';
import type { ListenPoint } from './framework.ts';

/** Where a coroutine stays while the servers serve that it has started. Empty: it returns, or nothing says that it stays. */
export function waitsOf(definition: Node, points: readonly ListenPoint[]): readonly Node[] {
  const around = points.flatMap((point) => (point.stays ? (awaitAround(point.call) ?? []) : []));
  const own = distinctNodes(around);
  const others = points.filter((point) => !point.stays || awaitAround(point.call) === undefined);
  const from = Math.max(...others.map(({ call }) => call.endIndex));
  if (others.length === 0 || own.some((wait) => wait.startIndex > from)) return own;
  const tasks = others.flatMap(({ call }) => taskOf(call) ?? []);
  const later = waitAfter(definition, from, tasks);
  return later ? [...own, later] : own;
}

/** One gather may hold several servers. */
function distinctNodes(nodes: readonly Node[]): readonly Node[] {
  return [...new Map(nodes.map((node) => [node.startIndex, node])).values()];
}

/** The loops around a place make what stands there run more than once. */
export function isRepeated(wait: Node): boolean {
  return enclosingLoop(wait) !== undefined;
}

/** The `await` that a call, or the gather that it is a member of, stands in: not where it becomes a task. */
export function awaitAround(call: Node): Node | undefined {
  for (let at: Node = call; at.parent; at = at.parent) {
    if (at.type === 'await') return at;
    if (/_statement$|^(block|lambda|assignment)$/.test(at.parent.type)) return undefined;
    if (at.parent.type === 'call' && at !== call && !PASSES_ON.test(calleeName(at.parent))) return undefined;
  }
  return undefined;
}

/** The name of the task that a call becomes: `task = asyncio.create_task(server.serve())`. */
function taskOf(call: Node): string | undefined {
  const target = enclosing(call, 'assignment', 'expression_statement', 'block')?.childForFieldName('left');
  return target?.type === 'identifier' ? target.text : undefined;
}

function waitAfter(definition: Node, from: number, tasks: readonly string[]): Node | undefined {
  const body = definition.childForFieldName('body');
  const loop = body ? endlessLoop(body) : undefined;
  const stays = loop && loop.startIndex >= from && outsideScopes(loop, ['await']).length > 0 ? [loop] : [];
  const awaits = nodesOfFunction(definition, 'await').filter((node) => node.startIndex >= from && waits(node, tasks));
  return [...stays, ...awaits].sort((a, b) => a.startIndex - b.startIndex)[0];
}

/** `await server.wait_for_termination()`, `await asyncio.Event().wait()`, `await stop.wait()`, `await asyncio.Future()`, `await task`. */
function waits(node: Node, tasks: readonly string[]): boolean {
  const value = named(node)[0];
  if (value?.type === 'identifier') return tasks.includes(value.text);
  if (value?.type !== 'call') return false;
  const name = calleeName(value);
  if (FOREVER.test(name)) return true;
  if (name === 'sleep') return /inf\b/.test(value.childForFieldName('arguments')?.text ?? '');
  const callee = value.childForFieldName('function');
  const object = callee ? objectOf(callee) : undefined;
  if (GATHERS.test(name) && (!object || object.text === 'asyncio'))
    return descendants(value, 'identifier').some(({ text }) => tasks.includes(text));
  const event = name === 'wait' ? object : undefined;
  if (event?.type === 'call') return calleeName(event) === 'Event';
  return event !== undefined && ENDS.test(lastName(event) ?? '');
}

function calleeName(call: Node): string {
  return lastName(call.childForFieldName('function')) ?? '';
}

/** What awaits the coroutines that it is given. */
const PASSES_ON = /^(gather|wait|wait_for|shield|run_until_first_complete)$/;
const GATHERS = /^(gather|wait|shield)$/;

/** Calls that come back when the server has ended, or never. */
const FOREVER =
  /^(serve_forever|run_forever|wait_for_termination|wait_closed|sleep_forever|run_until_disconnected|Future|create_future)$/;

/** Events that say when to stop. */
const ENDS = /stop|shut_?down|exit|terminat|quit|close|cancel|forever|interrupt|kill/i;
