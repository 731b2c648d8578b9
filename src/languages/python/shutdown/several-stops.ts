import { releases } from '../../wording/stop-words.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { ownNodes, statementsOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';

/** `if enabled: await worker.stop(); await poller.stop()`: one that fails must not keep the other from running. */
export function holdsSeveralStops(node: Node): boolean {
  const statements = statementsOf(node.childForFieldName('consequence'));
  const stops = statements.flatMap((statement) => {
    const call = statement.type === 'expression_statement' ? ownNodes(statement, ['call'])[0] : undefined;
    const name = calleeText(call?.childForFieldName('function') ?? statement);
    return call && releases(name) ? [name.split('.', 1)[0]] : [];
  });
  return new Set(stops).size > 1;
}
