import type { CalleeBody, Cost, ProjectFiles } from '../../../core/index.ts';
import type { Definition, Modules } from '../modules/definition.ts';
import { createCalleeReader } from './callee-body.ts';
import { createPromiseReader } from './promises.ts';

/** What is known of the functions behind callees, each read once and only when it is asked for. */
export interface Callees {
  calleeBody(definition: Definition): CalleeBody | undefined;
  cost(definition: Definition | undefined): Cost;
  isAsync(definition: Definition | undefined): boolean | undefined;
}

export function createCallees(modules: Modules, project: ProjectFiles): Callees {
  const { calleeBody, cost } = createCalleeReader(modules, project);
  return { calleeBody, cost, isAsync: createPromiseReader(modules) };
}
