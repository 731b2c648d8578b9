import type { GatherMember, StepShape } from '../../../core/index.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText, dottedName } from '../tree/dotted-name.ts';
import { childrenOf, ownNodes, rangeOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { callsIn, type FoundCall } from './calls.ts';
import { positionalArguments } from './wrappers.ts';

/** What a statement without attached statements looks like. */
export function shapeOf(statement: Node, calls: readonly FoundCall[]): StepShape {
  const [first, ...more] = calls;
  if (!first) return 'inert';
  if (more.length > 0) return 'statements';
  const expression = soleExpression(statement);
  if (!expression) return 'statements';
  if (first.form === 'detached') return isDetachedAlone(expression, first) ? 'detached' : 'statements';
  if (expression.type !== 'await' || first.through.length > 0) return 'statements';
  const call = childrenOf(expression)[0];
  return call?.type === 'call' && isPlainCall(call) ? 'plain-call' : 'statements';
}

/** The members of a `gather` that stands alone and whose results nobody reads. */
export function gatherMembers(
  statement: Node,
  path: string,
): { readonly call: FoundCall; readonly gather: GatherMember }[] {
  const awaited = statement.type === 'expression_statement' ? childrenOf(statement)[0] : undefined;
  const call = awaited?.type === 'await' ? childrenOf(awaited)[0] : undefined;
  const callee = call?.childForFieldName('function');
  if (!call || !callee || lastPart(calleeText(callee)) !== 'gather') return [];
  const members = positionalArguments(call);
  const calls = callsIn(statement);
  if (members.length < 2 || !members.every((member) => member.type === 'call') || calls.length !== members.length)
    return [];
  const splittable = members.every(isPlainCall) && keywordsArePlain(call);
  const group = `${path}:${statement.startIndex}`;
  return members.flatMap((member, index) => {
    const found = calls[index];
    return found
      ? [{ call: found, gather: { group, statement: rangeOf(statement), argument: rangeOf(member), splittable } }]
      : [];
  });
}

/** Callee and arguments are names, constants or attribute reads: evaluating them does no work. */
export function isPlainCall(call: Node): boolean {
  if (!dottedName(call.childForFieldName('function'))) return false;
  const list = call.childForFieldName('arguments');
  return list?.type === 'argument_list' && childrenOf(list).every(isPlainArgument);
}

function isPlainArgument(argument: Node): boolean {
  if (argument.type === 'keyword_argument') {
    const value = argument.childForFieldName('value');
    return value !== null && isPlainValue(value);
  }
  if (argument.type === 'list_splat' || argument.type === 'dictionary_splat') {
    const value = childrenOf(argument)[0];
    return value !== undefined && dottedName(value) !== undefined;
  }
  return isPlainValue(argument);
}

function isPlainValue(value: Node): boolean {
  if (dottedName(value)) return true;
  if (/^(integer|float|true|false|none)$/.test(value.type)) return true;
  if (value.type === 'unary_operator') return /^-\s*[\d.]+$/.test(value.text);
  return value.type === 'string' && ownNodes(value, ['interpolation']).length === 0;
}

function keywordsArePlain(call: Node): boolean {
  const list = call.childForFieldName('arguments');
  return (
    list !== null &&
    childrenOf(list).every((argument) => argument.type !== 'keyword_argument' || isPlainArgument(argument))
  );
}

/** The expression of a statement that only evaluates it, or keeps it in one plain name. */
function soleExpression(statement: Node): Node | undefined {
  if (statement.type !== 'expression_statement') return undefined;
  const expression = childrenOf(statement)[0];
  if (expression?.type !== 'assignment') return expression;
  const value = expression.childForFieldName('right') ?? undefined;
  return value?.type === 'call' && expression.childForFieldName('left')?.type === 'identifier' ? value : undefined;
}

function isDetachedAlone(expression: Node, found: FoundCall): boolean {
  if (expression.id !== found.node.id || found.group || found.through.length > 1) return false;
  // Its arguments are evaluated where it stands, in a task as in a recorded step: they may be anything.
  const first = positionalArguments(expression)[0];
  return first?.type === 'call' && first.childForFieldName('arguments')?.type === 'argument_list';
}
