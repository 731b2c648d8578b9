import { Node, SyntaxKind } from 'ts-morph';
import type { CalleeBody, ProjectFiles } from '../../../core/index.ts';
import type { Modules } from '../modules/definition.ts';
import { className } from '../modules/qualified-name.ts';
import { commentsOf } from '../tree/comments.ts';
import { logMessages } from '../tree/log-lines.ts';
import { allNodes, bodyOf, isAsyncFunction, lineOf, ownNodes } from '../tree/own-nodes.ts';
import { type CallMade, type FunctionDefinition, isCheapCall } from './calls-made.ts';
import type { CostFinding } from './cost.ts';
import { deletionsOf } from './deletions.ts';
import { exitsOnFailure, survivesFailure } from './failure-of-body.ts';
import { type Reached, reachedFrom } from './reached.ts';
import { createEffectReader } from './state-effects.ts';

const MOST_CALLS = 200;
const QUERY =
  /^\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE|PRAGMA|VACUUM|REINDEX|ANALYZE|WITH|MERGE|REPLACE|REFRESH)\s/i;

/** Reads what the function behind a callee does. */
export function createBodyReader(
  project: ProjectFiles,
  modules: Modules,
  callsOf: (of: FunctionDefinition) => readonly CallMade[],
  costOf: (of: FunctionDefinition) => CostFinding,
): (of: FunctionDefinition) => CalleeBody {
  const effectsOf = createEffectReader(project, modules);
  return (of) => {
    const reached = reachedFrom(of, callsOf);
    const { cost, at: costAt, reason: costReason } = costOf(of);
    const calls = callsOf(of);
    const docstring = docstringOf(of);
    return {
      at: { path: of.module.path, line: lineOf(of.node) },
      name: of.owner ? `${className(of.owner)}.${of.name}` : of.name,
      ...(docstring ? { docstring } : {}),
      isAsync: isAsyncFunction(of.node),
      ...(costAt ? { costAt } : {}),
      ...(costReason ? { costReason } : {}),
      calls: callNames(reached, callsOf),
      remarks: remarksOf(of),
      queries: [...new Set(reached.flatMap((one) => queriesOf(one.of)))],
      isTrivial: isTrivial(of, calls),
      survivesFailure: survivesFailure(calls, of.node),
      exitsOnFailure: exitsOnFailure(of.node),
      effects: effectsOf(reached),
      ...deletionsOf(reached, cost === 'never-returns'),
    };
  };
}

/** First paragraph of the JSDoc of the function, or of its class. */
function docstringOf({ node, owner }: FunctionDefinition): string | undefined {
  const holder = Node.isJSDocable(node) ? node : node.getFirstAncestorByKind(SyntaxKind.VariableStatement);
  const docs = holder && Node.isJSDocable(holder) ? holder.getJsDocs() : [];
  const own = docs.at(-1)?.getDescription().trim() || undefined;
  const ofClass =
    owner && Node.isClassDeclaration(owner) ? owner.getJsDocs().at(-1)?.getDescription().trim() : undefined;
  return (own ?? ofClass)?.split(/\n\s*\n/, 1)[0]?.replaceAll(/\s+/g, ' ') || undefined;
}

function callNames(
  reached: readonly Reached[],
  callsOf: (of: FunctionDefinition) => readonly CallMade[],
): readonly string[] {
  const names = reached.flatMap(({ of }) =>
    callsOf(of)
      .filter((call) => !isCheapCall(call))
      .map(({ name }) => name),
  );
  return [...new Set(names.filter((name) => name !== ''))].slice(0, MOST_CALLS);
}

function remarksOf({ node, module }: FunctionDefinition): readonly string[] {
  const body = bodyOf(node);
  if (!body) return [];
  const comments = [...commentsOf(module).values()].filter(
    ({ start }) => start >= node.getStart() && start < node.getEnd(),
  );
  return [...logMessages(body), ...comments.map(({ text }) => text).filter((text) => text !== '')];
}

/** Literals that start like a statement of SQL. */
function queriesOf({ node }: FunctionDefinition): readonly string[] {
  const body = bodyOf(node);
  const kinds = [SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral, SyntaxKind.TemplateExpression];
  return (body ? allNodes(body, kinds) : [])
    .map((one) => one.getText().slice(1, -1))
    .filter((text) => QUERY.test(text))
    .map((text) => text.trim().replaceAll(/\s+/g, ' '));
}

/** It only logs, assigns or does nothing. */
function isTrivial({ node }: FunctionDefinition, calls: readonly CallMade[]): boolean {
  const body = bodyOf(node);
  if (!body || !Node.isBlock(body)) return false;
  const busy = ownNodes(body, [
    SyntaxKind.AwaitExpression,
    SyntaxKind.WhileStatement,
    SyntaxKind.ForOfStatement,
    SyntaxKind.ForStatement,
    SyntaxKind.ThrowStatement,
    SyntaxKind.NewExpression,
  ]);
  return busy.length === 0 && calls.every((call) => call.mode !== 'spawned' && isCheapCall(call));
}
