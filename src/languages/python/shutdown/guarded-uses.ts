import { saysItRuns } from '../../wording/stop-words.ts';
import { catchesAll } from '../steps/failure.ts';
import { handlersOf } from '../steps/hook-flow.ts';
import { childOfType, ownNodes, statementsOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';

/**
 * A use of an object that does not happen, or does no harm, while the object is missing: under a condition that names it
 * or says that something runs, after an early return, or in a try that catches what the use raises.
 */
export function isConditionalOn(use: Node, path: string, root: Node): boolean {
  let child = use;
  for (let outer = use.parent; outer && child.id !== root.id; child = outer, outer = outer.parent) {
    if (guards(outer, child, path)) return true;
    if ((outer.type === 'block' || outer.type === 'module') && returnsBefore(outer, child, path)) return true;
  }
  return false;
}

function guards(outer: Node, child: Node, path: string): boolean {
  switch (outer.type) {
    case 'if_statement':
    case 'elif_clause':
    case 'while_statement': {
      const condition = outer.childForFieldName('condition');
      return condition !== null && condition.id !== child.id && speaksOf(condition, path);
    }
    case 'conditional_expression':
      return outer.namedChildren.some((part) => part !== null && part.id !== child.id && speaksOf(part, path));
    case 'boolean_operator': {
      const left = outer.childForFieldName('left');
      return left !== null && left.id !== child.id && speaksOf(left, path);
    }
    case 'try_statement':
      return child.type === 'block' && handlersOf(outer).some(catchesMissing);
    default:
      return false;
  }
}

function catchesMissing(handler: Node): boolean {
  const caught = handler.text.split('\n', 1)[0] ?? '';
  const raises = ownNodes(handler, ['raise_statement']).length > 0;
  return !raises && (catchesAll(handler) || /\b(AttributeError|NameError|RuntimeError)\b/.test(caught));
}

/** `if not self._task: return` earlier in the block. */
function returnsBefore(block: Node, child: Node, path: string): boolean {
  return statementsOf(block).some((statement) => {
    if (statement.startIndex >= child.startIndex || statement.type !== 'if_statement') return false;
    const last = statementsOf(statement.childForFieldName('consequence') ?? childOfType(statement, 'block')).at(-1);
    const condition = statement.childForFieldName('condition');
    return condition !== null && /^(return|continue)_statement$/.test(last?.type ?? '') && speaksOf(condition, path);
  });
}

function speaksOf(condition: Node, path: string): boolean {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return (
    (name !== '' && new RegExp(`(^|\\W)${escaped(name)}(\\W|$)`).test(condition.text)) || saysItRuns(condition.text)
  );
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
