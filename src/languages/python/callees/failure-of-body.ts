import { isLogCall } from '../tree/log-lines.ts';
import type { Node } from '../tree/parse.ts';
import { enclosing, field, named, ownNodes } from '../tree/tree.ts';
import type { CallMade } from './calls-made.ts';
import { isCheapCall } from './cheap-calls.ts';
import { writtenCallee } from './dotted-call.ts';

const EXIT = /^(sys\.exit|os\._exit|exit|quit|os\.abort|os\.kill|signal\.raise_signal)$/;
const PLAIN_HANDLER = new Set(['pass_statement', 'return_statement', 'continue_statement', 'break_statement']);

/** A pause between two rounds of work. */
const CANNOT_FAIL = /^(asyncio|anyio)\.sleep$/;

/** Every call that can fail stands in a `try` whose handlers catch every ordinary failure, log it, and no more. */
export function survivesFailure(definition: Node, calls: readonly CallMade[]): boolean {
  const work = calls.filter((call) => !isCheapCall(call) && !CANNOT_FAIL.test(call.name));
  return (
    work.length > 0 && work.every((call) => isGuarded(call.node, definition) || isInHandler(call.node, definition))
  );
}

/** It ends the process, or raises on purpose where nothing of its own catches that. */
export function exitsOnFailure(definition: Node): boolean {
  const body = field(definition, 'body');
  return (body ? ownNodes(body) : []).some((node) => {
    if (node.type === 'call') return EXIT.test(writtenCallee(field(node, 'function') ?? node));
    return node.type === 'raise_statement' && isOnPurpose(node) && !isGuarded(node, definition);
  });
}

function isOnPurpose(raise: Node): boolean {
  if (/NotImplementedError|StopIteration|StopAsyncIteration|CancelledError/.test(raise.text)) return false;
  const handler = enclosing(raise, ['except_clause', 'function_definition']);
  return handler?.type !== 'except_clause' || !/CancelledError/.test(handler.text.split(':', 1)[0] ?? '');
}

/** The node stands in the body of a `try` that lets no ordinary failure out. */
function isGuarded(node: Node, definition: Node): boolean {
  for (let at = node; at.parent && at.id !== definition.id; at = at.parent) {
    const isBody = at.parent.type === 'try_statement' && field(at.parent, 'body')?.id === at.id;
    if (isBody && swallows(at.parent)) return true;
    if (at.type === 'with_statement' && /\bsuppress\((Base)?Exception\)/.test(at.text.split('\n', 1)[0] ?? ''))
      return true;
  }
  return false;
}

function isInHandler(node: Node, definition: Node): boolean {
  const handler = enclosing(node, ['except_clause', 'function_definition']);
  return handler?.type === 'except_clause' && handler.id !== definition.id && isPlain(handler);
}

function swallows(statement: Node): boolean {
  const handlers = named(statement).filter((child) => child.type === 'except_clause');
  return handlers.some(catchesEverything) && handlers.every(isPlain);
}

/** `except:`, `except Exception as error:`. */
export function catchesEverything(handler: Node): boolean {
  const caught = named(handler).filter((child) => child.type !== 'block');
  return caught.length === 0 || caught.some((child) => /\b(Base)?Exception\b/.test(child.text));
}

/** The handler logs, returns or goes on; `except CancelledError: raise` is no failure. */
function isPlain(handler: Node): boolean {
  if (/CancelledError/.test(handler.text.split(':', 1)[0] ?? '')) return true;
  const block = named(handler).find((child) => child.type === 'block');
  return (block ? named(block) : []).every(isPlainStatement);
}

function isPlainStatement(statement: Node): boolean {
  if (PLAIN_HANDLER.has(statement.type)) return !/\bawait\b/.test(statement.text);
  if (statement.type === 'if_statement') {
    return ownNodes(statement)
      .filter((node) => /^(raise|expression)_statement$/.test(node.type))
      .every(isPlainStatement);
  }
  const only = statement.type === 'expression_statement' ? named(statement)[0] : undefined;
  if (only?.type === 'call')
    return isLogCall(only) || /(^|\.)(print_exc|sleep|capture_exception)$/.test(writtenCallee(only));
  return only?.type === 'await' && /^await asyncio\.sleep\(/.test(only.text);
}
