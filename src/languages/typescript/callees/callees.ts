import { Node } from 'ts-morph';
import type { CalleeBody, Cost, ProjectFiles } from '../../../core/index.ts';
import type { ClassDefinition, Definition, Modules } from '../modules/definition.ts';
import { createBodyReader } from './callee-body.ts';
import { createCallReader, type FunctionDefinition } from './calls-made.ts';
import { createCostReader } from './cost.ts';
import { givesPromise } from './promises.ts';

/** Answers what the functions behind callees do, each read once. */
export interface Callees {
  calleeBody(definition: Definition): CalleeBody | undefined;
  cost(definition: Definition | undefined): Cost;
  isAsync(definition: Definition | undefined): boolean | undefined;
}

export function createCallees(modules: Modules, project: ProjectFiles): Callees {
  const callsOf = createCallReader(modules);
  const costOf = createCostReader(modules, callsOf);
  const read = createBodyReader(project, modules, callsOf, costOf);
  const known = new Map<Node, CalleeBody>();
  const promises = new Map<Node, boolean | undefined>();
  return {
    calleeBody(definition) {
      const of = functionBehind(definition, modules);
      if (!of) return undefined;
      const body = known.get(of.node) ?? read(of);
      known.set(of.node, body);
      return body;
    },
    cost: (definition) => costOf(definition && (functionBehind(definition, modules) ?? definition)).cost,
    isAsync(definition) {
      if (definition?.kind !== 'function') return undefined;
      if (!promises.has(definition.node)) promises.set(definition.node, givesPromise(definition, modules));
      return promises.get(definition.node);
    },
  };
}

/** The function that a call to the definition runs: a constructor for a class. */
function functionBehind(definition: Definition, _modules: Modules): FunctionDefinition | undefined {
  if (definition.kind === 'class') return constructorOf(definition);
  if (definition.kind !== 'function') return undefined;
  return Node.isMethodDeclaration(definition.node) && definition.node.isAbstract() ? undefined : definition;
}

function constructorOf({ node, module }: ClassDefinition): FunctionDefinition | undefined {
  const [made] = node.getConstructors();
  return made && { kind: 'function', module, node: made, name: 'constructor', owner: node };
}
