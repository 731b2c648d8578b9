import { calleeText, dottedName } from '../tree/dotted-name.ts';
import { allNodes, lineOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import type { FoundCall } from './calls.ts';

/** Why a detached call is nobody's worry: its task is held, cancelled or handed on. `undefined`: it dangles. */
export function whyTracked(call: Pick<FoundCall, 'node' | 'group'>, body: Node): string | undefined {
  if (call.group) return `its task belongs to the task group ${call.group}`;
  const parent = outerExpression(call.node);
  if (!parent) return undefined;
  const { holder, child } = parent;
  if (holder.type === 'assignment') return whyKept(holder, body);
  if (holder.type === 'argument_list' || holder.type === 'keyword_argument')
    return `its task is passed to ${receivingCall(holder)}`;
  if (holder.type === 'attribute')
    return `its task is used at once: .${holder.childForFieldName('attribute')?.text ?? ''}`;
  if (holder.type === 'expression_statement') return undefined;
  return `its task is kept by the expression around it (${child.type === 'call' ? holder.type.replaceAll('_', ' ') : 'value'})`;
}

/** The expression that gets the task, lists and conditional expressions looked through. */
function outerExpression(node: Node): { holder: Node; child: Node } | undefined {
  let child = node;
  for (let holder = node.parent; holder; child = holder, holder = holder.parent)
    if (
      !/^(parenthesized_expression|list|tuple|set|expression_list|conditional_expression|list_comprehension)$/.test(
        holder.type,
      )
    )
      return { holder, child };
  return undefined;
}

function whyKept(assignment: Node, body: Node): string | undefined {
  const target = assignment.childForFieldName('left');
  const name = dottedName(target);
  if (!target || !name || name.includes('.'))
    return `its task is kept in ${target ? calleeText(target) : 'a variable'}`;
  const uses = allNodes(body, ['identifier']).filter((use) => use.text === name && !isBound(use));
  const cancelled = uses.find(
    (use) => use.parent?.type === 'attribute' && use.parent.childForFieldName('attribute')?.text === 'cancel',
  );
  const use = cancelled ?? uses[0];
  if (!use) return undefined;
  if (cancelled) return `its task is cancelled in line ${lineOf(use)}`;
  const passed = use.parent?.type === 'argument_list' ? `passed to ${receivingCall(use.parent)}` : 'used';
  return `its task is ${passed} in line ${lineOf(use)}`;
}

function isBound(use: Node): boolean {
  const parent = use.parent;
  if (parent?.type === 'attribute' && parent.childForFieldName('attribute')?.id === use.id) return true;
  return parent?.type === 'assignment' && parent.childForFieldName('left')?.id === use.id;
}

function receivingCall(holder: Node): string {
  const call = holder.type === 'argument_list' ? holder.parent : holder.parent?.parent;
  const callee = call?.type === 'call' ? call.childForFieldName('function') : undefined;
  return callee ? calleeText(callee) : 'another call';
}
