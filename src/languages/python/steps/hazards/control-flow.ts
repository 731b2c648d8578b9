import type { Hazard } from '../../../../core/index.ts';
import { enclosingLoop, lineOf, ownNodes } from '../../tree/own-nodes.ts';
import type { Node } from '../../tree/parse.ts';
import { isExit } from '../hook-flow.ts';
import type { StepContext } from './context.ts';

/** A step that can leave the hook, or whose value decides what runs next, is a gate. */
export function controlFlow({ leaf, nodes, definition }: StepContext): Hazard[] {
  const path = definition.module.path;
  if (leaf.role === 'scope') return [{ kind: 'encloses-yield', what: 'the app runs inside it', severity: 'never' }];
  if (leaf.role === 'condition') {
    const line = lineOf(leaf.node);
    return [
      {
        kind: 'control-flow',
        what: `its result decides what runs next, in line ${line}`,
        at: { path, line },
        severity: 'never',
      },
    ];
  }
  const way = nodes.flatMap((node) => waysOut(node))[0];
  if (!way) return [];
  const line = lineOf(way);
  return [
    {
      kind: 'control-flow',
      what: `${wordFor(way)} in line ${line} leaves the hook`,
      at: { path, line },
      severity: 'never',
    },
  ];
}

/** Raising again in a handler is how the step's failure is handled, not a gate of its own. */
function waysOut(statement: Node): Node[] {
  return ownNodes(statement, [
    'return_statement',
    'raise_statement',
    'break_statement',
    'continue_statement',
    'call',
  ]).filter((node) => {
    if (node.type === 'call') return isExit(node);
    if (node.type === 'raise_statement') return !standsInHandler(node, statement);
    if (node.type === 'return_statement') return true;
    const loop = enclosingLoop(node);
    return !loop || loop.startIndex < statement.startIndex;
  });
}

function standsInHandler(node: Node, statement: Node): boolean {
  for (let outer = node.parent; outer && outer.startIndex >= statement.startIndex; outer = outer.parent)
    if (outer.type === 'except_clause' || outer.type === 'except_group_clause') return true;
  return false;
}

function wordFor(node: Node): string {
  if (node.type === 'call') return node.childForFieldName('function')?.text ?? 'an exit';
  return node.type.replace('_statement', '');
}
