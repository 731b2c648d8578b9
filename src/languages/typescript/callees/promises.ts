import { Node } from 'ts-morph';
import type { Definition, Modules } from '../modules/definition.ts';
import { returnedBy } from '../modules/written-values.ts';
import { isAsyncFunction, unwrapped } from '../tree/own-nodes.ts';

/** How far returned calls are followed. */
const DEPTH = 4;

/** Whether a call to it gives a promise: `false` only where that is certain. */
export function givesPromise(definition: Definition | undefined, modules: Modules, depth = 0): boolean | undefined {
  if (definition?.kind !== 'function' || depth > DEPTH) return undefined;
  const { node } = definition;
  if (isAsyncFunction(node)) return true;
  const annotation = Node.isReturnTyped(node) ? node.getReturnTypeNode()?.getText() : undefined;
  if (annotation !== undefined) return /^(Promise|PromiseLike|Bluebird)\b/.test(annotation);
  const answers = returnedBy(node).map((one) => valueIsPromise(unwrapped(one), modules, depth));
  if (answers.some((one) => one === true)) return true;
  return answers.every((one) => one === false) ? false : undefined;
}

function valueIsPromise(value: Node, modules: Modules, depth: number): boolean | undefined {
  if (Node.isNewExpression(value)) return value.getExpression().getText() === 'Promise';
  if (Node.isLiteralExpression(value) || Node.isObjectLiteralExpression(value)) return false;
  if (!Node.isCallExpression(value)) return undefined;
  const callee = value.getExpression();
  if (/\.(then|catch|finally)$|^Promise\.(all|race|resolve|reject|allSettled|any)$/.test(callee.getText())) return true;
  return givesPromise(modules.resolve(callee), modules, depth + 1);
}
