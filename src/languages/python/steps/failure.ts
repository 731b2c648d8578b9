import type { FailureHandling } from '../../../core/index.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogLine } from '../tree/log-lines.ts';
import { childOfType, childrenOf, ownNodes, statementsOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { endsByRaising, handlersOf } from './hook-flow.ts';

/** How a failure of the statement is handled where it stands. */
export function failureOf(statement: Node, scopes: readonly Node[]): FailureHandling {
  if (statement.type === 'try_statement') return failureOfTry(statement);
  if (statement.type === 'with_statement' && suppresses(statement)) return 'survives';
  if (gathersFailures(statement)) return 'survives';
  const inner = scopes.findLast((scope) => scope.type === 'try_statement' && handlersOf(scope).length > 0);
  return inner && failureOfTry(inner) === 'survives' && !holdsYield(inner) ? 'survives' : 'propagates';
}

/** The handler catches every ordinary failure: `except:`, `except Exception`, `except BaseException`. */
export function catchesAll(clause: Node): boolean {
  const caught = childrenOf(clause).filter((child) => child.type !== 'block');
  if (caught.length === 0) return true;
  return caught.some((child) => /\b(Exception|BaseException)\b/.test(child.text));
}

/** `with suppress(Exception)`: what fails inside is dropped. */
export function suppresses(withStatement: Node): boolean {
  const clause = childOfType(withStatement, 'with_clause');
  if (!clause) return false;
  return ownNodes(clause, ['call']).some((call) => {
    const callee = call.childForFieldName('function');
    if (!callee || lastPart(calleeText(callee)) !== 'suppress') return false;
    return /\b(Exception|BaseException)\b/.test(call.childForFieldName('arguments')?.text ?? '');
  });
}

/** The handler does no more than log, pass or go on. */
export function onlyLogs(clause: Node): boolean {
  return statementsOf(childOfType(clause, 'block')).every(isHarmless);
}

function failureOfTry(node: Node): FailureHandling {
  const handlers = handlersOf(node);
  if (handlers.length === 0) return 'propagates';
  if (handlers.some((handler) => ownNodes(handler, ['raise_statement']).length > 0 || endsByRaising(handler)))
    return 'exits';
  if (!handlers.every(onlyLogs)) return 'changes-state';
  return handlers.some(catchesAll) ? 'survives' : 'propagates';
}

function isHarmless(statement: Node): boolean {
  if (/^(pass|continue|import|import_from)_statement$/.test(statement.type) || isLogLine(statement)) return true;
  if (statement.type === 'if_statement')
    return ownNodes(statement, ['block']).every((block) => statementsOf(block).every(isHarmless));
  if (statement.type !== 'expression_statement') return false;
  const only = childrenOf(statement)[0];
  if (only?.type === 'assignment')
    return only.childForFieldName('left')?.type === 'identifier' && isPlainText(only.childForFieldName('right'));
  return only?.type === 'string' || only?.type === 'ellipsis' || isTracebackCall(only);
}

/** A message that is put together before it is logged. */
function isPlainText(value: Node | null): boolean {
  return (
    value !== null &&
    /^(string|concatenated_string|call)$/.test(value.type) &&
    /^(f?["']|str\(|repr\(|traceback\.)/.test(value.text)
  );
}

function isTracebackCall(node: Node | undefined): boolean {
  return node?.type === 'call' && /^(traceback\.|sentry_sdk\.capture_|capture_exception\b)/.test(node.text);
}

function gathersFailures(statement: Node): boolean {
  return ownNodes(statement, ['keyword_argument']).some((argument) =>
    /^return_exceptions\s*=\s*True$/.test(argument.text),
  );
}

function holdsYield(node: Node): boolean {
  return ownNodes(node, ['yield']).length > 0;
}
