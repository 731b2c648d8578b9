import { makesWhatIsAbsent, saysReady } from '../../wording/state-words.ts';
import type { Node } from '../tree/parse.ts';
import { enclosing, field, named, ownNodes } from '../tree/tree.ts';
import { writtenCallee } from './dotted-call.ts';

/** How a function copes with state that may not be there yet, as a phrase; `undefined` where it does not. */
export function copesWith(access: Node, reader: Node): string | undefined {
  const written = accessText(access);
  const isReadyFlag = saysReady(written);
  const around = conditionAround(access);
  if (around) return endsInError(around) ? undefined : checkedWith(written, isReadyFlag);
  if (isLookedUp(access)) return 'looked up with get';
  const receiver = written.slice(0, Math.max(0, written.lastIndexOf('.')));
  const check = checkBefore(access, reader, written, receiver);
  if (check) return check;
  if (isMadeBefore(access, reader, receiver)) return 'made when it is absent';
  return isInForgivingTry(access, reader) ? 'a try around it' : undefined;
}

/** `store.is_initialized` for an access to it; a call's arguments are left out. */
function accessText(access: Node): string {
  const whole = access.parent?.type === 'attribute' && field(access.parent, 'attribute')?.id === access.id;
  return writtenCallee(whole && access.parent ? access.parent : access);
}

function checkedWith(written: string, isReadyFlag: boolean): string {
  return isReadyFlag ? `checked with ${written.replace(/^.*\./, '')}` : 'a None check';
}

/** The condition in which an access stands: an `if`, a `while`, an `assert`, the left side of `and`. */
function conditionAround(access: Node): Node | undefined {
  for (let at: Node = access; at.parent; at = at.parent) {
    const outer = at.parent;
    if (outer.type === 'assert_statement') return outer;
    const condition = conditionOf(outer);
    if (condition) return condition.id === at.id ? outer : undefined;
    if (!isPartOfTest(outer)) return undefined;
  }
  return undefined;
}

/** What decides about the rest of a node: the condition of an `if`, `while` or `x if y else z`, the left side of `and`. */
function conditionOf(node: Node): Node | undefined {
  if (/^(if_statement|elif_clause|while_statement)$/.test(node.type)) return field(node, 'condition');
  if (node.type === 'conditional_expression') return named(node)[1];
  const isInTest = /^(if_statement|elif_clause|while_statement|boolean_operator|not_operator)$/.test(
    node.parent?.type ?? '',
  );
  return node.type === 'boolean_operator' && !isInTest ? named(node)[0] : undefined;
}

function isPartOfTest(node: Node): boolean {
  if (node.type === 'call') return /^(bool|len|hasattr|getattr|callable)$/.test(writtenCallee(node));
  return /^(attribute|not_operator|comparison_operator|boolean_operator|parenthesized_expression|argument_list)$/.test(
    node.type,
  );
}

/** `if store is None: raise HTTPException(503)`: the request fails all the same. */
export function endsInError(check: Node): boolean {
  if (check.type === 'assert_statement') return true;
  const branches = [field(check, 'consequence'), field(check, 'alternative')].filter((branch) => branch !== undefined);
  return branches.some((branch) => ownNodes(branch).some(answersWithError));
}

/** `raise …`, `return JSONResponse(…, status_code=503)`. */
function answersWithError(node: Node): boolean {
  return node.type === 'raise_statement' || (node.type === 'return_statement' && /\b50[0-4]\b/.test(node.text));
}

/** `cache.get(key)`, `key in cache`, `getattr(app.state, "pool", None)`. */
function isLookedUp(access: Node): boolean {
  const whole =
    access.parent?.type === 'attribute' && field(access.parent, 'attribute')?.id === access.id ? access.parent : access;
  const outer = whole.parent;
  if (outer?.type === 'attribute' && outer.parent?.type === 'call') {
    const isGet = field(outer, 'object')?.id === whole.id && field(outer, 'attribute')?.text === 'get';
    return isGet && outer.parent.parent?.type !== 'return_statement';
  }
  return (
    outer?.type === 'comparison_operator' && /\b(not\s+)?in\b/.test(outer.text) && named(outer).at(-1)?.id === whole.id
  );
}

/** An earlier or enclosing condition about the same value, or about a flag of its owner that says that it is there. */
function checkBefore(access: Node, reader: Node, written: string, receiver: string): string | undefined {
  for (const node of ownNodes(reader)) {
    if (node.startIndex >= access.startIndex) return undefined;
    const condition = decidingPart(node);
    if (!condition || !governs(node, access)) continue;
    const about = dottedTexts(condition);
    const flag = about.find((text) => saysReady(text) && isOf(text, receiver));
    if (!flag && !about.includes(written)) continue;
    if (endsInError(node)) continue;
    if (!flag && assigns(node, written)) return 'a lazy getter';
    return checkedWith(flag ?? written, flag !== undefined);
  }
  return undefined;
}

/** As `conditionOf`, with every left side of an `and`. */
function decidingPart(node: Node): Node | undefined {
  return node.type === 'boolean_operator' ? named(node)[0] : conditionOf(node);
}

/** The access stands under the condition, or after an `if` that leaves or repairs. */
function governs(check: Node, access: Node): boolean {
  if (check.endIndex >= access.endIndex) return true;
  const consequence = field(check, 'consequence');
  const last = consequence && named(consequence).at(-1);
  return last !== undefined;
}

function isOf(flag: string, receiver: string): boolean {
  return receiver === '' || flag.startsWith(`${receiver}.`);
}

function assigns(check: Node, written: string): boolean {
  return ownNodes(check).some((node) => node.type === 'assignment' && field(node, 'left')?.text === written);
}

function dottedTexts(condition: Node): readonly string[] {
  return [condition, ...ownNodes(condition)]
    .filter((node) => node.type === 'identifier' || node.type === 'attribute')
    .map((node) => node.text);
}

/** `await self._ensure_connected()` before the access. */
function isMadeBefore(access: Node, reader: Node, receiver: string): boolean {
  return ownNodes(reader).some((node) => {
    if (node.type !== 'call' || node.startIndex >= access.startIndex) return false;
    const written = writtenCallee(field(node, 'function') ?? node);
    return makesWhatIsAbsent(written) && isOf(written, receiver);
  });
}

/** A `try` whose handler for the failure neither raises nor gives up the process. */
function isInForgivingTry(access: Node, reader: Node): boolean {
  let at = enclosing(access, ['try_statement', 'function_definition']);
  while (at && at.type === 'try_statement' && at.id !== reader.id) {
    const body = field(at, 'body');
    const isInBody = body !== undefined && access.startIndex >= body.startIndex && access.endIndex <= body.endIndex;
    const handlers = named(at).filter((child) => child.type === 'except_clause');
    if (isInBody && handlers.some(isForgiving)) return true;
    at = enclosing(at, ['try_statement', 'function_definition']);
  }
  return false;
}

function isForgiving(handler: Node): boolean {
  const head = handler.text.split(':', 1)[0] ?? '';
  if (!/^except\s*$|\b(Base)?Exception\b|AttributeError|KeyError|NameError|TypeError|LookupError/.test(head))
    return false;
  return !ownNodes(handler).some((node) => node.type === 'raise_statement');
}
