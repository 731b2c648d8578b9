import { Node, SyntaxKind } from 'ts-morph';
import type { ClassNode, SourceModule } from '../modules/definition.ts';
import { ownNodes } from '../tree/own-nodes.ts';

/** A value that is missing until something is started: `private worker?: Worker`, `let pool: Pool | null = null`. */
export function isSetLate(path: string, use: Node, module: SourceModule, owner: ClassNode | undefined): boolean {
  const parts = path.split('.');
  if (parts[0] === 'this') return parts.length === 2 && owner !== undefined && isLateField(parts[1] ?? '', owner);
  return parts.length === 1 && isLateVariable(use, path, module);
}

function isLateField(name: string, owner: ClassNode): boolean {
  const field = owner.getInstanceProperty(name) ?? owner.getInstanceProperty(`#${name.replace(/^#/, '')}`);
  if (Node.isParameterDeclaration(field)) return false;
  const made = Node.isPropertyDeclaration(field) ? field.getInitializer() : undefined;
  if (made && !isNothing(made)) return false;
  const inConstructor = owner.getConstructors().flatMap((one) => valuesOf(one.getBody(), name));
  if (inConstructor.length > 0) return inConstructor.every(isNothing);
  if (Node.isPropertyDeclaration(field)) return !isInjected(field);
  return owner.getInstanceMethods().some((method) => valuesOf(method.getBody(), name).length > 0);
}

/** `@InjectRepository() private users: Repository<User>`: the framework fills it before anything runs. */
function isInjected(field: Node): boolean {
  return Node.isDecoratable(field) && field.getDecorators().length > 0;
}

/** Values that a method assigns to a field of its own object. */
function valuesOf(body: Node | undefined, name: string): Node[] {
  return (body ? ownNodes(body, [SyntaxKind.BinaryExpression]) : []).flatMap((one) =>
    Node.isBinaryExpression(one) &&
    one.getOperatorToken().getKind() === SyntaxKind.EqualsToken &&
    one.getLeft().getText() === `this.${name}`
      ? [one.getRight()]
      : [],
  );
}

/** `let server;`, `let pool = null;` around the function that uses it. */
function isLateVariable(use: Node, name: string, module: SourceModule): boolean {
  const declaration = use
    .getAncestors()
    .filter((one) => Node.isBlock(one) || Node.isSourceFile(one))
    .flatMap((scope) => scope.getVariableDeclarations())
    .find((one) => one.getName() === name);
  if (!declaration || declaration.getSourceFile() !== module.root) return false;
  const made = declaration.getInitializer();
  const list = declaration.getVariableStatement();
  return list?.getDeclarationKind() !== 'const' && (made === undefined || isNothing(made));
}

function isNothing(value: Node): boolean {
  return /^(null|undefined)(\s+as\b.*)?$/.test(value.getText());
}
