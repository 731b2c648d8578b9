import { Node } from 'ts-morph';
import type { Definition, FunctionNode, Modules } from '../modules/definition.ts';
import { returnedBy } from '../modules/written-values.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isAsyncFunction, unwrapped } from '../tree/own-nodes.ts';

/** Whether a call to a definition gives a promise; `undefined` where nothing is known. Asked once a function. */
export function createPromiseReader(modules: Modules): (definition: Definition | undefined) => boolean | undefined {
  const known = new WeakMap<Node, boolean | 'unknown'>();

  function isAsync(definition: Definition | undefined, depth: number): boolean | undefined {
    if (definition?.kind !== 'function' || depth > MAX_DEPTH) return undefined;
    const { node } = definition;
    const found = known.get(node);
    if (found !== undefined) return found === 'unknown' ? undefined : found;
    known.set(node, 'unknown');
    const answer = read(node, depth);
    known.set(node, answer ?? 'unknown');
    return answer;
  }

  function read(node: FunctionNode, depth: number): boolean | undefined {
    // What a generator gives is iterated over.
    if (Node.isGeneratorable(node) && node.isGenerator()) return false;
    if (isAsyncFunction(node)) return true;
    return byAnnotation(node) ?? byReturns(node, depth);
  }

  function byReturns(node: FunctionNode, depth: number): boolean | undefined {
    const answers = returnedBy(node).map((one) => isPromise(unwrapped(one), depth));
    if (answers.some((one) => one === true)) return true;
    return answers.every((one) => one === false) ? false : undefined;
  }

  function isPromise(value: Node, depth: number): boolean | undefined {
    if (Node.isNewExpression(value)) return value.getExpression().getText() === 'Promise' ? true : undefined;
    if (Node.isConditionalExpression(value)) {
      const sides = [value.getWhenTrue(), value.getWhenFalse()].map((one) => isPromise(unwrapped(one), depth));
      return sides.some((one) => one === true) ? true : sides.every((one) => one === false) ? false : undefined;
    }
    if (isPlainValue(value)) return false;
    if (!Node.isCallExpression(value)) return undefined;
    if (MAKES_PROMISE.test(calleeText(value.getExpression()))) return true;
    return isAsync(modules.resolve(value.getExpression()), depth + 1);
  }

  return (definition) => isAsync(definition, 0);
}

const MAX_DEPTH = 4;

const MAKES_PROMISE = /\.(then|catch|finally)$|^Promise\.(all|race|resolve|reject|allSettled|any)$/;

function byAnnotation(node: FunctionNode): boolean | undefined {
  const annotation = Node.isReturnTyped(node) ? node.getReturnTypeNode()?.getText() : undefined;
  if (annotation === undefined) return undefined;
  if (/^(Promise|PromiseLike|Bluebird)\b/.test(annotation) && !/\|/.test(annotation.replace(/<.*>/s, ''))) return true;
  return PLAIN.test(annotation) ? false : undefined;
}

const PLAIN = /^(void|string|number|boolean|bigint|never|null|undefined|asserts .*|\w+ is .*)(\[\])*$/;

function isPlainValue(node: Node): boolean {
  return (
    Node.isLiteralExpression(node) ||
    Node.isTemplateExpression(node) ||
    Node.isObjectLiteralExpression(node) ||
    Node.isArrayLiteralExpression(node) ||
    Node.isArrowFunction(node) ||
    Node.isFunctionExpression(node) ||
    Node.isPrefixUnaryExpression(node) ||
    /^(true|false|null|undefined|this)$/.test(node.getText())
  );
}
