import type { Node } from 'ts-morph';
import type { ClassDefinition, Definition, Modules } from '../modules/definition.ts';
import { nameOf } from '../modules/written-values.ts';
import { bodyOf } from '../tree/own-nodes.ts';

/** The method of a class that a call by this name runs: its own, or that of the nearest class that it extends. */
export function memberOfClass(of: ClassDefinition, name: string, modules: Modules): Definition | undefined {
  for (const at of lineage(of, modules)) {
    const method = [...at.node.getInstanceMethods(), ...at.node.getStaticMethods()].find(
      (one) => one.getName() === name,
    );
    if (!method) continue;
    const node: Node = method.getImplementation() ?? method;
    if (bodyOf(node)) return { kind: 'function', module: at.module, node, name: nameOf(node), owner: at.node };
  }
  return undefined;
}

/** A class and the project's classes that it extends, nearest first. */
export function lineage(of: ClassDefinition, modules: Modules): readonly ClassDefinition[] {
  const found = [of];
  for (let at = of; found.length < MOST_BASES; ) {
    const base = at.node.getExtends()?.getExpression();
    const parent = base && modules.resolve(base);
    if (parent?.kind !== 'class' || found.some((one) => one.node === parent.node)) break;
    found.push(parent);
    at = parent;
  }
  return found;
}

/** Whether two classes are one, or one extends the other. */
export function isRelated(one: ClassDefinition, other: ClassDefinition, modules: Modules): boolean {
  return (
    lineage(one, modules).some((base) => base.node === other.node) ||
    lineage(other, modules).some((base) => base.node === one.node)
  );
}

const MOST_BASES = 8;
