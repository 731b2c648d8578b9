import type { Node } from '../tree/parse.ts';

/** What a `with` statement enters, as written: `asyncio.timeout(5)`. */
export function withText(statement: Node): string {
  return statement.namedChildren.find((child) => child.type === 'with_clause')?.text ?? '';
}
