import { Node, ts } from 'ts-morph';
import { blockAbove, proseOf } from '../../wording/comment-lines.ts';
import { commentsOf } from '../tree/comments.ts';
import { logMessages } from '../tree/log-lines.ts';
import { bodyOf, lineOf } from '../tree/own-nodes.ts';
import { classOf, type FunctionDefinition } from './functions.ts';

/** First paragraph of the comment above the function, or above its class. */
export function documentationOf(of: FunctionDefinition): string | undefined {
  const owner = classOf(of);
  return (
    commentAbove(declarationOf(of.node), of) ??
    (owner && owner.module.path === of.module.path ? commentAbove(owner.node, of) : undefined)
  );
}

/** Log messages and comments of the body. */
export function remarksOf({ module, node }: FunctionDefinition): readonly string[] {
  const body = bodyOf(node);
  if (!body) return [];
  const [first, last] = [lineOf(body), body.getEndLineNumber()];
  const comments = [...commentsOf(module).values()].filter(
    ({ start, line }) => line >= first && line <= last && start > body.getStart() && start < body.getEnd(),
  );
  const texts = comments.map((comment) => proseOf([comment])).filter((text) => text !== undefined);
  return [...logMessages(body), ...texts];
}

/** What carries the comment: the statement or member that gives the function its name. */
function declarationOf(node: Node): Node {
  let at = node;
  for (let outer = at.getParent(); outer && isNaming(outer); outer = outer.getParent()) at = outer;
  return at;
}

function isNaming(node: Node): boolean {
  return (
    Node.isVariableDeclaration(node) ||
    Node.isVariableDeclarationList(node) ||
    Node.isVariableStatement(node) ||
    Node.isPropertyAssignment(node) ||
    Node.isPropertyDeclaration(node) ||
    Node.isBinaryExpression(node) ||
    Node.isExpressionStatement(node) ||
    Node.isExportAssignment(node) ||
    Node.isParenthesizedExpression(node)
  );
}

function commentAbove(node: Node, { module }: FunctionDefinition): string | undefined {
  const ranges = ts.getLeadingCommentRanges(module.root.getFullText(), node.getPos()) ?? [];
  const last = ranges.at(-1);
  if (!last) return undefined;
  const text = module.text.slice(last.pos, last.end);
  if (text.startsWith('/**')) return summaryOf(text);
  const below = module.root.getLineAndColumnAtPos(last.end).line + 1;
  const prose = below === lineOf(node) ? proseOf(blockAbove(below, commentsOf(module))) : undefined;
  return prose?.replaceAll(/\s+/g, ' ').trim() || undefined;
}

/** The text of a JSDoc comment up to its first tag or blank line. */
function summaryOf(comment: string): string | undefined {
  const lines = comment
    .replace(/^\/\*\*+/, '')
    .replace(/\*+\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim());
  const whole = lines
    .join('\n')
    .trim()
    .replace(/^@(description|desc|summary|fileoverview)\s+/i, '');
  const text = whole.split(/\n\s*\n|(?:^|\n)@\w/, 1)[0] ?? '';
  return (
    text
      .replaceAll(/\{@link\s+([^}]+)\}/g, '$1')
      .replaceAll(/\s+/g, ' ')
      .trim() || undefined
  );
}
