import { Node } from 'ts-morph';
import type { CalleeBody, Cost, ProjectFiles } from '../../../core/index.ts';
import type { Definition, Modules } from '../modules/definition.ts';
import { returnedBy } from '../modules/written-values.ts';
import { isAsyncFunction, unwrapped } from '../tree/own-nodes.ts';

export interface Callees {
  calleeBody(definition: Definition): CalleeBody | undefined;
  cost(definition: Definition | undefined): Cost;
  isAsync(definition: Definition | undefined): boolean | undefined;
}

export function createCallees(modules: Modules, _project: ProjectFiles): Callees {
  return { calleeBody: () => undefined, cost: () => 'unknown', isAsync: (definition) => isAsync(definition, modules, 0) };
}

function isAsync(definition: Definition | undefined, modules: Modules, depth: number): boolean | undefined {
  if (definition?.kind !== 'function' || depth > 4) return undefined;
  const { node } = definition;
  if (isAsyncFunction(node)) return true;
  const annotation = Node.isReturnTyped(node) ? node.getReturnTypeNode()?.getText() : undefined;
  if (annotation !== undefined) return /^(Promise|PromiseLike|Bluebird)\b/.test(annotation);
  const returned = returnedBy(node).map(unwrapped);
  if (returned.length === 0) return false;
  const answers = returned.map((one) => {
    if (Node.isNewExpression(one)) return one.getExpression().getText() === 'Promise';
    if (!Node.isCallExpression(one)) return Node.isLiteralExpression(one) ? false : undefined;
    if (/\.(then|catch|finally)$|^Promise\.(all|race|resolve|allSettled|any)$/.test(one.getExpression().getText())) return true;
    return isAsync(modules.resolve(one.getExpression()), modules, depth + 1);
  });
  if (answers.some((one) => one === true)) return true;
  return answers.every((one) => one === false) ? false : undefined;
}
