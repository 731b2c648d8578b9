import { Node, SyntaxKind } from 'ts-morph';
import type { ProjectFiles, StateReader } from '../../../core/index.ts';
import { isTestFile } from '../hooks/test-files.ts';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { isFunction, lineOf } from '../tree/own-nodes.ts';
import { howItCopes } from './coping.ts';
import type { Reached } from './reached.ts';
import type { SharedState } from './state-effects.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;
const MOST_READERS = 12;
/** So many files may be looked through for one variable. */
const MOST_FILES = 30;

/** Startup and shutdown look after the state themselves. */
const LIFECYCLE =
  /^(constructor|onModule\w+|onApplication\w+|before\w*Shutdown|(stop|close|shutdown|destroy|disconnect|dispose|teardown|cleanup|reset|end|stopped|started)\w*|init\w*|start\w*|connect|setup\w*|bootstrap)$/i;

/** Finds the functions outside the startup path that read shared state; tests left out. */
export function createReaderSearch(project: ProjectFiles, modules: Modules) {
  return (state: SharedState, reached: readonly Reached[]): readonly StateReader[] => {
    const path = new Set(reached.map(({ of }) => of.node));
    const found: StateReader[] = [];
    for (const module of modulesFor(state, project, modules)) {
      for (const access of accessesIn(module, state, modules)) {
        const reader = access.getFirstAncestor(isFunction);
        if (!reader || path.has(reader) || isWritten(access) || LIFECYCLE.test(nameOf(reader))) continue;
        const how = howItCopes(access, reader);
        found.push({
          at: { path: module.path, line: lineOf(access) },
          copes: how !== undefined,
          ...(how ? { how } : {}),
        });
        if (found.length >= MOST_READERS) return found;
      }
    }
    return found;
  };
}

/** The file of the state, and those that may reach it. */
function modulesFor(state: SharedState, project: ProjectFiles, modules: Modules): readonly SourceModule[] {
  const own = modules.at(state.path);
  const isPrivate = state.kind === 'global' ? !isExported(state.declaration) : /^[_#]/.test(state.name);
  if (isPrivate && state.kind !== 'anywhere') return own ? [own] : [];
  const word = state.kind === 'anywhere' ? state.name : state.name;
  const paths = EXTENSIONS.flatMap((extension) => project.containing(word, extension)).filter(
    (path) => path !== state.path && !isTestFile(path),
  );
  if (paths.length > MOST_FILES) return own ? [own] : [];
  return [own, ...paths.map((path) => modules.at(path))].filter((one) => one !== undefined);
}

function isExported(declaration: Node): boolean {
  const statement = Node.isVariableDeclaration(declaration) ? declaration.getVariableStatement() : undefined;
  const name = Node.isVariableDeclaration(declaration) ? declaration.getName() : '';
  return (
    (statement?.isExported() ?? false) ||
    new RegExp(
      `exports[^;\\n]*\\b${name.replace(/\W/g, '')}\\b|export\\s*(default\\s+)?\\{?[^}\\n]*\\b${name.replace(/\W/g, '')}\\b`,
    ).test(declaration.getSourceFile().getFullText())
  );
}

function accessesIn(module: SourceModule, state: SharedState, modules: Modules): readonly Node[] {
  if (!module.text.includes(state.kind === 'anywhere' ? (state.name.split('.').at(-1) ?? '') : state.name)) return [];
  if (state.kind === 'anywhere')
    return module.root
      .getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)
      .filter((one) => one.getText().replace(/\?/g, '').endsWith(state.name));
  if (state.kind === 'global')
    return module.root
      .getDescendantsOfKind(SyntaxKind.Identifier)
      .filter((one) => one.getText() === state.name && meansGlobal(one, state.declaration));
  return module.root
    .getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)
    .filter((one) => one.getName() === state.name && isOfClass(one.getExpression(), state, modules));
}

function meansGlobal(name: Node, declaration: Node): boolean {
  if (name.getParent() === declaration) return false;
  const symbol = name.getSymbol();
  const target = symbol?.isAlias() ? symbol.getAliasedSymbol() : symbol;
  return target?.getDeclarations().includes(declaration) ?? false;
}

function isOfClass(receiver: Node, state: Extract<SharedState, { kind: 'field' }>, modules: Modules): boolean {
  if (Node.isThisExpression(receiver)) return receiver.getFirstAncestor((one) => one === state.owner) !== undefined;
  const found = modules.resolve(receiver);
  return (
    (found?.kind === 'instance' && found.of.node === state.owner) ||
    (found?.kind === 'class' && found.node === state.owner)
  );
}

function isWritten(access: Node): boolean {
  const parent = access.getParent();
  return (
    Node.isBinaryExpression(parent) &&
    parent.getLeft() === access &&
    /^(=|\?\?=|\|\|=)$/.test(parent.getOperatorToken().getText())
  );
}

function nameOf(node: Node): string {
  if (Node.isConstructorDeclaration(node)) return 'constructor';
  const own = Node.hasName(node) ? node.getName() : Node.isNameable(node) ? node.getName() : undefined;
  const holder = node.getParent();
  return (
    own ??
    (Node.isVariableDeclaration(holder) || Node.isPropertyAssignment(holder) || Node.isPropertyDeclaration(holder)
      ? holder.getName()
      : '')
  );
}
