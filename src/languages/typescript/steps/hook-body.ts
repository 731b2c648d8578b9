import { Node, SyntaxKind } from 'ts-morph';
import type { HookBody, TasksPlace } from '../../../core/index.ts';
import type { HookDefinition } from '../modules/definition.ts';
import { allNodes, isAsyncFunction, ownNodes, rangeOf, statementsOf } from '../tree/own-nodes.ts';
import { indentOf } from '../tree/text-ranges.ts';
import { yieldsIn } from './hook-flow.ts';

/** Where text can be written into a hook. */
export function hookBody(definition: HookDefinition, tasks: TasksPlace | undefined): HookBody {
  const { module, body, node, app } = definition;
  const statements = statementsOf(body);
  const first = statements[0] ?? body;
  return {
    start: first.getStart(),
    indent: indentOf(module.text, first.getStart()),
    end: (statements.at(-1) ?? body).getEnd(),
    kind: Node.isSourceFile(body) ? 'module' : 'function',
    isAsync: node ? isAsyncFunction(node) : awaitsAtTop(body),
    yields: yieldsIn(body).map((one) => ({
      range: rangeOf(one),
      indent: indentOf(module.text, one.getStart()),
      line: one.getStartLineNumber(),
    })),
    returns: ownNodes(body, [SyntaxKind.ReturnStatement]).map(rangeOf),
    ...(app === undefined ? {} : { app }),
    takenNames: takenNames(module.root),
    ...(tasks ? { tasks } : {}),
  };
}

/** A module may await at its top where it does so already. */
function awaitsAtTop(body: Node): boolean {
  return ownNodes(body, [SyntaxKind.AwaitExpression, SyntaxKind.ForOfStatement]).some(
    (node) => Node.isAwaitExpression(node) || (Node.isForOfStatement(node) && node.isAwaited()),
  );
}

/** Every name that the file declares, in whatever scope. */
function takenNames(root: Node): string[] {
  const names = allNodes(root, DECLARING).flatMap((node) => {
    const name = Node.hasName(node) || Node.isNameable(node) ? node.getName() : undefined;
    if (Node.isImportClause(node)) return node.getDefaultImport()?.getText() ?? [];
    if (Node.isImportSpecifier(node)) return node.getAliasNode()?.getText() ?? node.getName();
    return name !== undefined && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : [];
  });
  return [...new Set(names)].sort();
}

const DECLARING: readonly SyntaxKind[] = [
  SyntaxKind.VariableDeclaration,
  SyntaxKind.BindingElement,
  SyntaxKind.Parameter,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.EnumDeclaration,
  SyntaxKind.ImportClause,
  SyntaxKind.ImportSpecifier,
  SyntaxKind.NamespaceImport,
  SyntaxKind.ImportEqualsDeclaration,
];
