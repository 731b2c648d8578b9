import type { HookBody, YieldStatement } from '../../../core/index.ts';
import type { HookDefinition } from '../modules/definition.ts';
import { allNodes, endOf, lineOf, ownNodes, rangeOf, statementsOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { indentOf } from '../tree/text-ranges.ts';
import { isAsync } from './calls.ts';
import { isDocstring, statementAround, yieldsIn } from './hook-flow.ts';
import { identifiersIn } from './identifiers.ts';
import { bindingsIn } from './name-uses.ts';

/** Where text can be written into a hook. */
export function hookBody(definition: HookDefinition, body: Node): HookBody {
  const { text, root } = definition.module;
  const statements = statementsOf(body);
  const docstring = statements[0] && isDocstring(statements[0]) ? statements[0] : undefined;
  const first = (docstring ? statements[1] : statements[0]) ?? docstring ?? body;
  const start = first.id === docstring?.id ? endOf(first) : first.startIndex;
  return {
    start,
    indent: indentOf(text, first.startIndex),
    end: endOf(statements.at(-1) ?? body),
    kind: definition.kind,
    isAsync: isAsync(definition.node),
    yields: (definition.serving?.waits ?? yieldsIn(body)).map((node) => yieldStatement(node, text)),
    ...(definition.serving?.condition === undefined ? {} : { releasedWhen: definition.serving.condition }),
    returns: ownNodes(body, ['return_statement']).map(rangeOf),
    ...(definition.keptAt === undefined ? {} : { keptAt: definition.keptAt }),
    takenNames: takenNames(definition, root),
  };
}

function yieldStatement(node: Node, text: string): YieldStatement {
  const statement = statementAround(node);
  return { range: rangeOf(statement), indent: indentOf(text, statement.startIndex), line: lineOf(statement) };
}

/** Names of the module, of the functions around the hook, and of the hook itself. */
function takenNames({ node }: HookDefinition, root: Node): string[] {
  const names = new Set(bindingsIn(root).map((use) => use.path));
  for (const scope of allNodes(node, ['function_definition', 'lambda'])) addNames(scope, names);
  for (let outer = node.parent; outer; outer = outer.parent)
    if (outer.type === 'function_definition') addNames(outer, names);
  for (const declared of allNodes(node, ['global_statement', 'nonlocal_statement']))
    for (const name of declared.namedChildren) if (name) names.add(name.text);
  return [...names].filter((name) => !name.includes('.')).sort();
}

function addNames(scope: Node, names: Set<string>): void {
  const parameters = scope.childForFieldName('parameters');
  const body = scope.childForFieldName('body');
  if (parameters) for (const name of identifiersIn(parameters)) names.add(name.text);
  if (body) for (const use of bindingsIn(body)) names.add(use.path);
}
