import type { Node } from 'ts-morph';
import type { FunctionDefinition } from './functions.ts';

/** Reads something of a function once, however many callees lead to it; what it says must not depend on the class it is called on. */
export function rememberedByFunction<Fact>(read: (of: FunctionDefinition) => Fact): (of: FunctionDefinition) => Fact {
  const known = new WeakMap<Node, { readonly fact: Fact }>();
  return (of) => {
    const found = known.get(of.node) ?? { fact: read(of) };
    known.set(of.node, found);
    return found.fact;
  };
}
