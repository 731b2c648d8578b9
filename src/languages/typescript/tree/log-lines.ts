import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from './dotted-name.ts';
import { ownNodes, unwrapped } from './own-nodes.ts';

const LEVELS =
  /^(debug|info|warn|warning|error|fatal|trace|log|verbose|silly|notice|success|ready|start|box|http|dir|table|group|groupEnd|write)$/;

/** Calls of the console, `logger.info(…)`, `this.logger.log(…)`, `app.log.warn(…)`, `log(…)`, `Logger.log(…)`. */
export function isLogCall(node: Node): node is CallExpression {
  if (!Node.isCallExpression(node)) return false;
  const callee = unwrapped(node.getExpression());
  if (Node.isIdentifier(callee)) return /^(log|print|debug|consola)$/.test(callee.getText());
  if (!Node.isPropertyAccessExpression(callee) || !LEVELS.test(callee.getName())) return false;
  return isLogger(calleeText(callee.getExpression()));
}

/** A statement that only writes to a log. */
export function isLogLine(statement: Node): boolean {
  if (!Node.isExpressionStatement(statement)) return false;
  const expression = unwrapped(statement.getExpression());
  const call = Node.isAwaitExpression(expression) ? unwrapped(expression.getExpression()) : expression;
  return (
    isLogCall(call) && call.getArguments().every((one) => ownNodes(one, [SyntaxKind.AwaitExpression]).length === 0)
  );
}

/** The messages of the log calls at or below a node, nested functions left out, placeholders as they are written. */
export function logMessages(root: Node): string[] {
  return ownNodes(root, [SyntaxKind.CallExpression])
    .filter(isLogCall)
    .map(messageOf)
    .filter((message) => message !== '');
}

function isLogger(receiver: string): boolean {
  return /^(\w*log\w*|console|consola|signale|winston|pino|bunyan|Sentry)$/i.test(
    lastPart(receiver.replace(/\(\)$/, '')),
  );
}

/** The texts of the arguments: Node's loggers take an object first, or several strings. */
function messageOf(call: CallExpression): string {
  return call
    .getArguments()
    .flatMap((one) => allText(one))
    .join(' ')
    .trim();
}

function allText(argument: Node): readonly string[] {
  if (Node.isStringLiteral(argument) || Node.isNoSubstitutionTemplateLiteral(argument))
    return [argument.getLiteralText()];
  if (Node.isTemplateExpression(argument)) return [argument.getText().slice(1, -1)];
  if (Node.isBinaryExpression(argument)) return [...allText(argument.getLeft()), ...allText(argument.getRight())];
  if (Node.isCallExpression(argument)) return argument.getArguments().flatMap(allText);
  return [];
}
