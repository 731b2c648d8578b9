import { lastPart } from '../../wording/dotted-path.ts';
import { dottedName } from './dotted-name.ts';
import { allNodes, childrenOf, ownNodes } from './own-nodes.ts';
import type { Node } from './parse.ts';

const LEVELS =
  /^a?(debug|info|warning|warn|error|exception|critical|fatal|success|notice|trace|log|msg|print|echo|secho)$/;

/** `logger.info(…)`, `logging.getLogger(__name__).warning(…)`, `print(…)`; an awaited log call is one too. */
export function isLogCall(call: Node): boolean {
  const callee = call.childForFieldName('function');
  if (!callee) return false;
  if (callee.type === 'identifier') return callee.text === 'print';
  if (callee.type !== 'attribute' || !LEVELS.test(callee.childForFieldName('attribute')?.text ?? '')) return false;
  return isLogger(callee.childForFieldName('object'));
}

/** A statement that only writes to a log. */
export function isLogLine(statement: Node): boolean {
  const [only, ...more] = childrenOf(statement);
  if (statement.type !== 'expression_statement' || !only || more.length > 0) return false;
  const call = only.type === 'await' ? childrenOf(only)[0] : only;
  return call?.type === 'call' && isLogCall(call) && ownNodes(call, ['await']).length === 0;
}

/** The messages of the log calls at or below a node, placeholders and interpolations as they are written. */
export function logMessages(root: Node): string[] {
  return ownNodes(root, ['call'])
    .filter(isLogCall)
    .map(messageOf)
    .filter((message) => message !== '');
}

function isLogger(node: Node | null): boolean {
  if (node?.type === 'call')
    return /^(getLogger|get_logger|bind|opt|getChild|patch|contextualize)$/.test(calledName(node));
  const dotted = dottedName(node);
  return dotted !== undefined && /log|^console$|^structlog$|^click$|^typer$/i.test(lastPart(dotted));
}

function calledName(call: Node): string {
  const callee = call.childForFieldName('function');
  return callee?.type === 'attribute' ? (callee.childForFieldName('attribute')?.text ?? '') : (callee?.text ?? '');
}

function messageOf(call: Node): string {
  const first = childrenOf(call.childForFieldName('arguments') ?? call)[0];
  if (!first) return '';
  return allNodes(first, ['string_content', 'interpolation'])
    .filter((node) => node.type === 'interpolation' || node.parent?.parent?.type !== 'interpolation')
    .map((node) => node.text)
    .join('')
    .trim();
}
