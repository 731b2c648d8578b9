import { type CallExpression, Node } from 'ts-morph';
import { unwrapped } from '../tree/own-nodes.ts';

/**
 * What stands in lists that a call is given, for it to call one after the other: `bootstrap({ loaders: [loadDatabase,
 * loadServer] })`, `runSteps([connect, listen])`.
 */
export function handedLists(call: CallExpression): readonly Node[] {
  const lists = call.getArguments().flatMap((one) => {
    const argument = unwrapped(one);
    if (!Node.isObjectLiteralExpression(argument)) return [argument];
    return argument
      .getProperties()
      .flatMap((property) => (Node.isPropertyAssignment(property) ? (property.getInitializer() ?? []) : []));
  });
  return lists.flatMap((list) => (Node.isArrayLiteralExpression(list) ? list.getElements() : []));
}
