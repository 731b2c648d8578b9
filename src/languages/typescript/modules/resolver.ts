import { Node, SyntaxKind, type Symbol as TypeSymbol } from 'ts-morph';
import { bodyOf, isFunction, unwrapped } from '../tree/own-nodes.ts';
import type { ClassDefinition, ClassNode, Definition, FunctionNode } from './definition.ts';
import { external, memberOfExternal, resultOfExternal } from './externals.ts';
import type { ImportResolver } from './import-paths.ts';
import { requiredBy, type SourceFiles } from './source-files.ts';
import {
  assignedField,
  assignmentTo,
  exportAssignment,
  firstReference,
  nameOf,
  requiredSpecifier,
  returnedBy,
  wholeExport,
} from './written-values.ts';

/** How many steps a value is traced back: aliases, returned values, fields. */
const MOST_STEPS = 12;

/** Answers what expressions mean, by the compiler's symbols, and by tracing values where packages have no types here. */
export function createResolver(files: SourceFiles, imports: ImportResolver) {
  const remembered = new WeakMap<Node, Definition | 'unknown'>();

  function resolve(expression: Node, steps = 0): Definition | undefined {
    const known = remembered.get(expression);
    if (known) return known === 'unknown' ? undefined : known;
    if (steps > MOST_STEPS) return undefined;
    // A value that is made from itself has no meaning.
    remembered.set(expression, 'unknown');
    const found = meaningOf(unwrapped(expression), steps + 1);
    remembered.set(expression, found ?? 'unknown');
    return found;
  }

  function meaningOf(node: Node, steps: number): Definition | undefined {
    if (isFunction(node)) return functionOf(node);
    if (Node.isClassExpression(node)) return classOf(node);
    if (Node.isIdentifier(node)) return bySymbol(node.getSymbol(), steps) ?? globalOf(node);
    if (Node.isPropertyAccessExpression(node)) return memberAt(node, steps);
    if (Node.isThisExpression(node)) return thisAt(node);
    if (Node.isSuperExpression(node)) return superAt(node, steps);
    return madeBy(node, steps);
  }

  /** What an operator or a call makes. */
  function madeBy(node: Node, steps: number): Definition | undefined {
    if (Node.isAwaitExpression(node)) return resolve(node.getExpression(), steps);
    if (Node.isCallExpression(node)) return resultOf(node, steps);
    if (Node.isNewExpression(node)) return instanceOf(resolve(node.getExpression(), steps));
    if (Node.isBinaryExpression(node)) return eitherSide(node, steps);
    if (!Node.isConditionalExpression(node)) return undefined;
    return resolve(node.getWhenTrue(), steps) ?? resolve(node.getWhenFalse(), steps);
  }

  function memberAt(node: Node, steps: number): Definition | undefined {
    if (!Node.isPropertyAccessExpression(node)) return undefined;
    const found = bySymbol(node.getNameNode().getSymbol(), steps);
    if (found && found.kind !== 'value') return found;
    if (/^(module\.)?exports$/.test(node.getExpression().getText())) return exportedAs(node, steps);
    const receiver = resolve(node.getExpression(), steps);
    return (receiver && memberOf(receiver, node.getName(), steps)) ?? found;
  }

  /** `exports.start` in a TypeScript file, where the compiler sees no export in it. */
  function exportedAs(node: Node, steps: number): Definition | undefined {
    const made = exportAssignment(node.getSourceFile(), node.getText());
    return made && named(made, node.getText().replace(/^.*\./, ''), steps);
  }

  function memberOf(receiver: Definition, name: string, steps: number): Definition | undefined {
    if (receiver.kind === 'external') return memberOfExternal(receiver, name);
    if (receiver.kind === 'instance') return classMember(receiver.of, name, false, steps);
    if (receiver.kind === 'class') return classMember(receiver, name, true, steps);
    if (receiver.kind === 'module') return exportOf(receiver.module.root, name, steps);
    if (receiver.kind === 'value') return propertyOf(receiver.node, name, steps);
    return undefined;
  }

  function exportOf(root: Node, name: string, steps: number): Definition | undefined {
    return bySymbol(root.getSymbol()?.getExport(name), steps);
  }

  function classMember(of: ClassDefinition, name: string, isStatic: boolean, steps: number): Definition | undefined {
    for (let at: ClassDefinition | undefined = of, seen = 0; at && seen < MOST_STEPS; seen++) {
      const members = isStatic ? at.node.getStaticMembers() : at.node.getInstanceMembers();
      const member = members.find((one) => one.getName() === name);
      if (member) return declared(member, steps);
      const assigned = assignedField(at.node, name);
      if (assigned) return resolve(assigned, steps);
      const base: Node | undefined = at.node.getExtends()?.getExpression();
      const parent: Definition | undefined = base && resolve(base, steps);
      if (parent?.kind === 'external') return memberOfExternal(parent, name);
      at = parent?.kind === 'class' ? parent : undefined;
    }
    return undefined;
  }

  function propertyOf(value: Node, name: string, steps: number): Definition | undefined {
    const object = unwrapped(value);
    if (!Node.isObjectLiteralExpression(object)) return undefined;
    const property = object.getProperty(name);
    return property && declared(property, steps);
  }

  function bySymbol(symbol: TypeSymbol | undefined, steps: number): Definition | undefined {
    if (!symbol) return undefined;
    const target = symbol.isAlias() ? (symbol.getAliasedSymbol() ?? symbol) : symbol;
    const declarations = target.getDeclarations();
    const found = firstOf(declarations, steps);
    if (found || target === symbol) return found;
    return firstOf(symbol.getDeclarations(), steps);
  }

  function firstOf(declarations: readonly Node[], steps: number): Definition | undefined {
    for (const declaration of declarations) {
      const found = files.of(declaration) && declared(declaration, steps);
      if (found) return found;
    }
    return undefined;
  }

  function declared(node: Node, steps: number): Definition | undefined {
    if (isFunction(node)) return functionOf(node) ?? implementationOf(node);
    if (Node.isClassDeclaration(node) || Node.isClassExpression(node)) return classOf(node);
    if (Node.isSourceFile(node)) return moduleOf(node);
    return importedAs(node, steps) ?? valueDeclared(node, steps);
  }

  /** What an import, or an export of what another module exports, stands for. */
  function importedAs(node: Node, steps: number): Definition | undefined {
    if (Node.isImportSpecifier(node) || Node.isImportClause(node) || Node.isNamespaceImport(node))
      return imported(node);
    if (Node.isImportEqualsDeclaration(node)) return importedModule(node, requiredSpecifier(node));
    if (Node.isExportSpecifier(node)) return exportedAgain(node);
    return Node.isExportAssignment(node) ? resolve(node.getExpression(), steps) : undefined;
  }

  function valueDeclared(node: Node, steps: number): Definition | undefined {
    if (Node.isVariableDeclaration(node)) return variable(node, steps);
    if (Node.isBindingElement(node)) return bound(node, steps);
    if (Node.isParameterDeclaration(node)) return typed(node, steps);
    if (Node.isShorthandPropertyAssignment(node)) return bySymbol(node.getValueSymbol(), steps);
    if (Node.isPropertyAssignment(node) || Node.isPropertyDeclaration(node)) return valued(node, steps);
    return assignedAt(node, steps);
  }

  /** `exports.warm = async () => {}`, `this.cache = new Cache()`: the compiler names either side as the declaration. */
  function assignedAt(node: Node, steps: number): Definition | undefined {
    const assignment = Node.isBinaryExpression(node) ? node : node.getParentIfKind(SyntaxKind.BinaryExpression);
    if (!assignment || (assignment !== node && assignment.getLeft() !== node)) return undefined;
    const target = assignment.getLeft();
    const name = Node.isPropertyAccessExpression(target) ? target.getName() : target.getText();
    return named(assignment.getRight(), name, steps) ?? valueAt(assignment.getRight());
  }

  function variable(node: Node, steps: number): Definition | undefined {
    if (!Node.isVariableDeclaration(node)) return undefined;
    const written = node.getInitializer();
    const made = written && isNothing(written) ? undefined : written;
    const found = (made && named(made, node.getName(), steps)) ?? typed(node, steps);
    if (found || made) return found ?? (made && valueAt(made));
    const assigned = assignmentTo(node);
    return assigned && (resolve(assigned, steps) ?? valueAt(assigned));
  }

  function valued(node: Node, steps: number): Definition | undefined {
    if (!Node.isPropertyAssignment(node) && !Node.isPropertyDeclaration(node)) return undefined;
    const written = node.getInitializer();
    const made = written && isNothing(written) ? undefined : written;
    const found = made && named(made, node.getName(), steps);
    if (found) return found;
    const byType = Node.isPropertyDeclaration(node) ? typed(node, steps) : undefined;
    if (byType) return byType;
    const owner = node.getParent();
    const assigned =
      Node.isClassDeclaration(owner) || Node.isClassExpression(owner)
        ? assignedField(owner, node.getName())
        : undefined;
    return (assigned && resolve(assigned, steps)) ?? (made && valueAt(made));
  }

  /** A function without a name has that of the variable or property that it is given to. */
  function named(made: Node, name: string, steps: number): Definition | undefined {
    const value = unwrapped(made);
    const found = resolve(value, steps);
    return found?.kind === 'function' && found.name === 'default' ? { ...found, name } : found;
  }

  /** An injected or typed value is an instance of its class. */
  function typed(node: Node, steps: number): Definition | undefined {
    const annotation = Node.isTyped(node) ? node.getTypeNode() : undefined;
    const reference = annotation && firstReference(annotation);
    const found = reference && bySymbol(reference.getSymbol(), steps);
    return instanceOf(found);
  }

  function bound(node: Node, steps: number): Definition | undefined {
    if (!Node.isBindingElement(node)) return undefined;
    const declaration = node.getFirstAncestorByKind(SyntaxKind.VariableDeclaration);
    const made = declaration?.getInitializer();
    if (!made || node.getParent().getParent() !== declaration) return undefined;
    const whole = resolve(made, steps) ?? valueAt(made);
    return whole && memberOf(whole, node.getPropertyNameNode()?.getText() ?? node.getName(), steps);
  }

  function resultOf(call: Node, steps: number): Definition | undefined {
    if (!Node.isCallExpression(call)) return undefined;
    const specifier = requiredBy(call);
    if (specifier !== undefined) return importedModule(call, specifier);
    const callee = resolve(call.getExpression(), steps);
    const [first] = call.getArguments();
    if (first && callee?.kind === 'external' && /^Object\.(freeze|seal)$/.test(callee.qualifiedName))
      return resolve(first, steps) ?? valueAt(first);
    if (callee?.kind === 'external') return resultOfExternal(callee);
    if (callee?.kind !== 'function') return undefined;
    const values = returnedBy(callee.node);
    for (const value of values) {
      const found = resolve(value, steps) ?? valueAt(value);
      if (found) return found;
    }
    return typedResult(callee.node, steps);
  }

  function typedResult(node: FunctionNode, steps: number): Definition | undefined {
    const annotation = Node.isReturnTyped(node) ? node.getReturnTypeNode() : undefined;
    const reference = annotation && firstReference(annotation);
    return instanceOf(reference && bySymbol(reference.getSymbol(), steps));
  }

  function eitherSide(node: Node, steps: number): Definition | undefined {
    if (!Node.isBinaryExpression(node)) return undefined;
    const operator = node.getOperatorToken().getText();
    if (/^(=|\?\?=|\|\|=|,)$/.test(operator)) return resolve(node.getRight(), steps);
    if (!/^(\|\||\?\?|&&)$/.test(operator)) return undefined;
    return resolve(node.getLeft(), steps) ?? resolve(node.getRight(), steps);
  }

  function imported(node: Node): Definition | undefined {
    const declaration = node.getFirstAncestorByKind(SyntaxKind.ImportDeclaration);
    const specifier = declaration?.getModuleSpecifierValue();
    if (specifier === undefined) return undefined;
    if (Node.isImportSpecifier(node)) return external(specifier, node.getName());
    return Node.isNamespaceImport(node) ? importedModule(node, specifier) : external(specifier, 'default');
  }

  function exportedAgain(node: Node): Definition | undefined {
    const specifier = Node.isExportSpecifier(node) ? node.getExportDeclaration().getModuleSpecifierValue() : undefined;
    return specifier === undefined || !Node.isExportSpecifier(node) ? undefined : external(specifier, node.getName());
  }

  function importedModule(at: Node, specifier: string | undefined): Definition | undefined {
    if (specifier === undefined) return undefined;
    const path = imports(files.of(at)?.path ?? '', specifier);
    if (path === undefined) return external(specifier);
    const module = files.at(path);
    return module && moduleOf(module.root);
  }

  /** A module that is what it assigns to `module.exports`, or the module itself. */
  function moduleOf(root: Node): Definition | undefined {
    const module = files.of(root);
    if (!module) return undefined;
    const whole = wholeExport(root);
    return (
      (whole && resolve(whole)) ??
      (whole && !Node.isObjectLiteralExpression(whole) ? valueAt(whole) : { kind: 'module', module })
    );
  }

  function functionOf(node: FunctionNode): Definition | undefined {
    const module = files.of(node);
    if (!module || !bodyOf(node)) return undefined;
    const owner = node.getParent();
    const isMember = Node.isClassDeclaration(owner) || Node.isClassExpression(owner);
    const name = nameOf(node);
    return { kind: 'function', module, node, name, ...(isMember ? { owner } : {}) };
  }

  function implementationOf(node: Node): Definition | undefined {
    const implementation = Node.isOverloadable(node) ? node.getImplementation() : undefined;
    return implementation && functionOf(implementation);
  }

  function classOf(node: ClassNode): ClassDefinition | undefined {
    const module = files.of(node);
    return module && { kind: 'class', module, node };
  }

  function thisAt(node: Node): Definition | undefined {
    const owner = node.getFirstAncestor((one) => Node.isClassDeclaration(one) || Node.isClassExpression(one));
    return owner && (Node.isClassDeclaration(owner) || Node.isClassExpression(owner))
      ? instanceOf(classOf(owner))
      : undefined;
  }

  function superAt(node: Node, steps: number): Definition | undefined {
    const base = node.getFirstAncestorByKind(SyntaxKind.ClassDeclaration)?.getExtends()?.getExpression();
    return instanceOf(base && resolve(base, steps));
  }

  function valueAt(node: Node): Definition | undefined {
    const module = isNothing(node) ? undefined : files.of(node);
    return module && { kind: 'value', module, node: unwrapped(node) };
  }

  return { resolve: (expression: Node) => resolve(expression) };
}

/** `null` and `undefined` stand where the value comes later. */
function isNothing(node: Node): boolean {
  return /^(null|undefined|void 0)$/.test(unwrapped(node).getText());
}

/** A name that nothing in the program declares belongs to the platform: `process`, `Bun`, `fetch`. */
function globalOf(node: Node): Definition | undefined {
  const symbol = node.getSymbol();
  const isDeclared = symbol?.getDeclarations().some((one) => !one.getSourceFile().isDeclarationFile()) ?? false;
  return isDeclared ? undefined : { kind: 'external', qualifiedName: node.getText() };
}

function instanceOf(found: Definition | undefined): Definition | undefined {
  if (found?.kind === 'class') return { kind: 'instance', of: found };
  return found?.kind === 'external' || found?.kind === 'instance' ? found : undefined;
}
