import { Node, SyntaxKind } from 'ts-morph';
import type { Place } from '../../../core/index.ts';
import type { ClassDefinition, Definition, Modules, SourceModule } from '../modules/definition.ts';
import { className } from '../modules/qualified-name.ts';
import { bodyOf, lineOf } from '../tree/own-nodes.ts';

/** A function of the project; `self` is the class that a method was called on, which may override what it calls. */
export type FunctionDefinition = Extract<Definition, { readonly kind: 'function' }> & {
  readonly self?: ClassDefinition;
};

/** Where a node stands. */
export function placeOf(module: SourceModule, node: Node): Place {
  return { path: module.path, line: lineOf(node) };
}

/** Tells a function apart, and a method by the class that it is called on too. */
export function functionKey(of: FunctionDefinition): string {
  const self = of.self ? ` ${of.self.module.path}:${of.self.node.getPos()}` : '';
  return `${nodeKey(of.module, of.node)}${self}`;
}

/** Tells a node of the project apart. */
export function nodeKey(module: SourceModule, node: Node): string {
  return `${module.path}:${node.getPos()}:${node.getEnd()}`;
}

/** The function that a call to the definition runs: a constructor for a class, the wrapped function for what wraps one. */
export function functionBehind(definition: Definition | undefined, modules: Modules): FunctionDefinition | undefined {
  if (definition?.kind === 'function') return isNotImplemented(definition.node) ? undefined : definition;
  if (definition?.kind === 'class') return constructorOf(definition);
  if (definition?.kind !== 'value' || !Node.isCallExpression(definition.node)) return undefined;
  const wrapped = definition.node.getArguments().map((one) => modules.resolve(one));
  const found = wrapped.find((one) => one?.kind === 'function');
  return found?.kind === 'function' ? found : undefined;
}

/** `Store.load`, or `warm` of a function that is no method. */
export function displayName(of: FunctionDefinition): string {
  const owner = classOf(of);
  return owner ? `${className(owner.node)}.${of.name}` : of.name;
}

/** The class whose method the function is. */
export function classOf(of: FunctionDefinition): ClassDefinition | undefined {
  if (of.self) return of.self;
  return of.owner && { kind: 'class', module: of.module, node: of.owner };
}

/** The class in which a node stands, and whose `this` it means. */
export function classAround(node: Node, module: SourceModule): ClassDefinition | undefined {
  for (let outer = node.getParent(); outer; outer = outer.getParent()) {
    if (Node.isClassDeclaration(outer) || Node.isClassExpression(outer)) return { kind: 'class', module, node: outer };
    const hasOwnThis = Node.isFunctionDeclaration(outer) || Node.isFunctionExpression(outer);
    if (hasOwnThis || Node.isObjectLiteralExpression(outer)) return undefined;
  }
  return undefined;
}

/** Its body runs bit by bit, for whoever iterates over it. */
export function isGenerator(of: FunctionDefinition): boolean {
  return Node.isGeneratorable(of.node) && of.node.isGenerator();
}

function constructorOf(definition: ClassDefinition): FunctionDefinition | undefined {
  const [node] = definition.node.getConstructors();
  if (!node || !bodyOf(node)) return undefined;
  return { kind: 'function', module: definition.module, node, name: 'constructor', owner: definition.node };
}

/** A method without work of its own that subclasses must write: `throw new Error('not implemented')`. */
function isNotImplemented(node: Node): boolean {
  const body = bodyOf(node);
  if (!Node.isMethodDeclaration(node) || !Node.isBlock(body)) return false;
  const [only, ...others] = body.getStatements();
  return others.length === 0 && only?.getKind() === SyntaxKind.ThrowStatement && NOT_IMPLEMENTED.test(only.getText());
}

const NOT_IMPLEMENTED = /not (yet )?implemented|must (be )?(implement|overrid)|abstract|subclass/i;
