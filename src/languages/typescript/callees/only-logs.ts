import { Node, SyntaxKind } from 'ts-morph';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { bodyOf, statementsOf, unwrapped } from '../tree/own-nodes.ts';
import type { FunctionDefinition } from './functions.ts';
import { runNodes, runNodesIn } from './run-nodes.ts';

/** It asks for something and writes what it got into the log, and that is all: only who reads the log misses it. */
export function onlyLogs(of: FunctionDefinition): boolean {
  const body = bodyOf(of.node);
  if (!Node.isBlock(body) || runNodes(of, [SyntaxKind.AwaitExpression]).length === 0) return false;
  const statements = statementsOf(body);
  return statements.every(isReporting) && runNodes(of, [SyntaxKind.CallExpression]).some(isLogCall);
}

/** The statement keeps what it read in a variable, compares it, or logs it. */
function isReporting(statement: Node): boolean {
  if (Node.isBlock(statement)) return statementsOf(statement).every(isReporting);
  if (Node.isVariableStatement(statement)) return isReading(statement);
  if (Node.isExpressionStatement(statement)) return isLogCall(unwrapped(statement.getExpression()));
  if (!Node.isIfStatement(statement)) return false;
  const branches = [statement.getThenStatement(), statement.getElseStatement()];
  return isReading(statement.getExpression()) && branches.every((one) => one === undefined || isReporting(one));
}

/** As far as its calls say it changes nothing: neither by their names nor by the queries that they send. */
function isReading(node: Node): boolean {
  const calls = runNodesIn(node, [SyntaxKind.CallExpression]).filter(Node.isCallExpression);
  return (
    calls.every((call) => !CHANGES.test(lastPart(calleeText(call.getExpression())))) &&
    !CHANGING_QUERY.test(node.getText()) &&
    runNodesIn(node, [SyntaxKind.NewExpression]).length === 0
  );
}

const CHANGES =
  /^(add|build|close|connect|create|delete|drop|ensure|exec|init|insert|install|load|lock|migrate|open|publish|push|put|register|remove|reset|run|save|send|set|setup|start|stop|store|subscribe|sync|truncate|update|upsert|use|warm|write)(?![a-z])/i;

const CHANGING_QUERY =
  /['"`]\s*(insert|update|delete|create|alter|drop|truncate|merge|replace|grant|set|call|pragma)\b/i;
