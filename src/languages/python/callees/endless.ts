import { saysRunOrStop } from '../../wording/state-words.ts';
import type { Node } from '../tree/parse.ts';
import { dottedName, enclosing, field, named, ownNodes } from '../tree/tree.ts';
import { writtenCallee } from './dotted-call.ts';

/** Streams of messages that last as long as the server. */
const STREAMS =
  /(^|[._])(listen|subscribe|subscription|consumer?|consume|pubsub|websocket|ws|a?watch|watcher|notifies|notifications|changes|messages|iter_messages|queue_iter(ator)?|queue|events|sse|stream_events)($|[._])/i;
const PAUSES =
  /(^|\.)(sleep|wait|wait_for|get|recv|receive|read|readline|blpop|brpop|poll|dequeue|pop|run_pending|sleep_until)$/;
const CANCELLATION = /CancelledError|KeyboardInterrupt|GeneratorExit|SystemExit|get_cancelled_exc_class/;
const EXITS = new Set(['break_statement', 'return_statement']);
const LOOPS = ['while_statement', 'for_statement'];

/** The first loop of a body that ends only by cancellation or by a flag that stopping sets. */
export function endlessLoop(body: Node): Node | undefined {
  return ownNodes(body).find((node) => {
    if (node.type === 'while_statement') return isEndlessWhile(node);
    return node.type === 'for_statement' && isEndlessFor(node);
  });
}

function isEndlessWhile(loop: Node): boolean {
  const condition = field(loop, 'condition');
  const body = field(loop, 'body');
  if (!condition || !body || hasExit(loop)) return false;
  if (isAlwaysTrue(condition)) return true;
  return isRunFlag(condition) && pauses(body) && !clears(body, condition);
}

function isEndlessFor(loop: Node): boolean {
  const items = field(loop, 'right');
  if (!items || hasExit(loop)) return false;
  const written = writtenCallee(items);
  if (/^(itertools\.)?(count|cycle|repeat)$/.test(written))
    return items.type === 'call' && !/repeat\(.+,/.test(items.text);
  return loop.child(0)?.type === 'async' && STREAMS.test(written);
}

function isAlwaysTrue(condition: Node): boolean {
  const node = unwrapped(condition);
  return node.type === 'true' || (node.type === 'integer' && node.text !== '0');
}

/** `self.running`, `not self._stop.is_set()`, `not (self.closing or stop_event.is_set())`. */
function isRunFlag(condition: Node): boolean {
  const node = unwrapped(condition);
  if (isAlwaysTrue(node)) return true;
  if (node.type === 'not_operator' || node.type === 'boolean_operator') return named(node).some(isRunFlag);
  if (node.type === 'comparison_operator') return named(node).some(isRunFlag) && /\b(is|==|!=)\b|[=]=/.test(node.text);
  if (node.type === 'call') {
    const callee = field(node, 'function');
    const object = callee?.type === 'attribute' ? field(callee, 'object') : undefined;
    return callee !== undefined && (isFlagName(callee) || (object !== undefined && isFlagName(object)));
  }
  return isFlagName(node);
}

/** The last part of a dotted name counts: `self._stop_event`, `state.running`. */
export function isFlagName(node: Node): boolean {
  const name = dottedName(node)?.split('.').at(-1);
  return name !== undefined && saysRunOrStop(name);
}

/** Something in the loop lets it be left other than by cancellation, a flag of the stopping side or an end mark. */
function hasExit(loop: Node): boolean {
  const body = field(loop, 'body');
  return (body ? ownNodes(body) : []).some(
    (node) => EXITS.has(node.type) && leaves(node, loop) && !isStopping(node, loop),
  );
}

function leaves(exit: Node, loop: Node): boolean {
  return exit.type === 'return_statement' || enclosing(exit, LOOPS)?.id === loop.id;
}

/** The way to the exit leads through `except CancelledError`, `if not self.running` or `if item is None`. */
function isStopping(exit: Node, loop: Node): boolean {
  if (followsStop(exit)) return true;
  for (let at = exit.parent; at && at.id !== loop.id; at = at.parent) {
    if (at.type === 'except_clause' && CANCELLATION.test(headOf(at))) return true;
    if (followsStop(at)) return true;
    const condition = /^(if_statement|elif_clause)$/.test(at.type) ? field(at, 'condition') : undefined;
    if (condition && !isAlwaysTrue(condition) && (isRunFlag(condition) || isEndMark(condition, loop))) return true;
  }
  return false;
}

/** It stands right after `await wait_for(self._stop.wait(), timeout=60)`, or in the `else` of a `try` that does that. */
function followsStop(node: Node): boolean {
  const before = node.type === 'else_clause' ? field(node.parent ?? node, 'body') : statementBefore(node);
  if (!before || !/^(block|expression_statement)$/.test(before.type)) return false;
  return ownNodes(before).some((inner) => {
    const callee = inner.type === 'call' ? field(inner, 'function') : undefined;
    const isWait = callee?.type === 'attribute' && field(callee, 'attribute')?.text === 'wait';
    const object = isWait ? field(callee, 'object') : undefined;
    return object !== undefined && isFlagName(object);
  });
}

function statementBefore(node: Node): Node | undefined {
  return node.parent ? named(node.parent).findLast((sibling) => sibling.endIndex <= node.startIndex) : undefined;
}

/** `except (CancelledError, X) as error:` without its block. */
function headOf(clause: Node): string {
  return clause.text.split(':', 1)[0] ?? '';
}

/** `if item is None` where the loop takes the item from a queue: the stopping side puts the mark there. */
function isEndMark(condition: Node, loop: Node): boolean {
  const match = /^(\w+) (?:is|==) (?:None|\w*(?:STOP|SENTINEL|DONE|_END)\w*)$/i.exec(condition.text);
  const name = match?.[1];
  if (!name) return false;
  return ownNodes(loop).some((node) => {
    const value = node.type === 'assignment' && field(node, 'left')?.text === name ? field(node, 'right') : undefined;
    return value !== undefined && /\bawait\b.*\.(get|receive|recv)\(\)/s.test(value.text);
  });
}

function pauses(body: Node): boolean {
  return ownNodes(body).some((node) => {
    if (node.type === 'for_statement' || node.type === 'with_statement') return node.child(0)?.type === 'async';
    if (node.type === 'await') return true;
    return node.type === 'call' && PAUSES.test(writtenCallee(node));
  });
}

/** The loop itself ends its condition: `self.running = False` outside a handler of cancellation. */
function clears(body: Node, condition: Node): boolean {
  return ownNodes(body).some((node) => {
    const left = /^(augmented_)?assignment$/.test(node.type) ? field(node, 'left') : undefined;
    if (!left || !new RegExp(`(^|[^\\w.])${escaped(left.text)}($|[^\\w.])`).test(condition.text)) return false;
    const handler = enclosing(node, ['except_clause', 'while_statement']);
    return handler?.type !== 'except_clause' || !CANCELLATION.test(headOf(handler));
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function unwrapped(node: Node): Node {
  const inner = node.type === 'parenthesized_expression' ? named(node)[0] : undefined;
  return inner ? unwrapped(inner) : node;
}
