import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { SourceModule } from '../modules/definition.ts';
import { folderOf } from '../modules/import-paths.ts';
import { requiredBy } from '../modules/source-files.ts';
import type { NodeProject } from './framework.ts';
import { handedLists } from './handed-lists.ts';
import { isTestFile } from './test-files.ts';

/** The calls of a function in its own file, and in the files that import it. */
export function callSites(node: Node, project: NodeProject): readonly CallExpression[] {
  const name = callableName(node);
  if (name === undefined) return [];
  const own = project.modules.of(node);
  const importing = isVisible(node, own) ? importers(own, node, name, project) : [];
  return [own, ...importing].flatMap((module) => callsOf(node, name, module, project));
}

/** The `import('./main')` of files that load a module so: as their own statements go on, not before them. */
export function importSites(root: Node, project: NodeProject): readonly Node[] {
  const own = project.modules.of(root);
  const paths = importingPaths(own, project).filter((path) => /\bimport\s*\(/.test(project.read(path) ?? ''));
  if (paths.length > MOST_IMPORTERS) return [];
  project.modules.load(paths);
  return paths.flatMap((path) => {
    const calls = project.modules.at(path)?.root.getDescendantsOfKind(SyntaxKind.CallExpression) ?? [];
    return calls.filter((call) => {
      const specifier = call.getExpression().getKind() === SyntaxKind.ImportKeyword ? requiredBy(call) : undefined;
      return specifier !== undefined && project.modules.resolveImport(path, specifier) === own.path;
    });
  });
}

/** The name by which a function can be called: its own, or that of the variable, property or method that it is. */
export function callableName(node: Node): string | undefined {
  if (Node.isMethodDeclaration(node) || Node.isFunctionDeclaration(node)) return node.getName() ?? defaultName(node);
  const holder = node.getParent();
  if (Node.isVariableDeclaration(holder) || Node.isPropertyAssignment(holder) || Node.isPropertyDeclaration(holder))
    return holder.getName();
  if (!Node.isBinaryExpression(holder)) return undefined;
  const target = holder.getLeft();
  return Node.isPropertyAccessExpression(target) && target.getText() !== 'module.exports'
    ? target.getName()
    : defaultName(node);
}

/** What is exported without a name is imported under that of its file, as a rule; any name will do. */
function defaultName(_node: Node): string {
  return '';
}

/** Not exported, it can be called in its own file only. */
function isVisible(node: Node, own: SourceModule): boolean {
  return /\bexport\b|\bexports\b/.test(own.text) && !Node.isConstructorDeclaration(node);
}

/** Files that may call it: they name its class or itself; of many, those whose imports name its file. */
function importers(own: SourceModule, node: Node, name: string, project: NodeProject): readonly SourceModule[] {
  const owner = node.getParent();
  const holder =
    (Node.isClassDeclaration(owner) || Node.isClassExpression(owner) ? owner.getName() : undefined) ?? name;
  const uses = new RegExp(`\\b${holder.replace(/[^\w]/g, '\\$&')}\\b`);
  const naming = (holder === '' ? [] : project.containing(holder)).filter(
    (path) => path !== own.path && !isTestFile(path) && uses.test(project.read(path) ?? ''),
  );
  const heirs = holder === name ? [] : project.containing(`extends ${holder}`);
  const paths =
    holder !== '' && naming.length <= FEW ? naming : [...new Set([...importingPaths(own, project), ...heirs])];
  if (paths.length > MOST_IMPORTERS) return [];
  project.modules.load(paths);
  return paths.flatMap((path) => project.modules.at(path) ?? []);
}

/** Files whose text names the function's module in an import. */
function importingPaths(own: SourceModule, project: NodeProject): readonly string[] {
  const stem = own.path.slice(own.path.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '');
  const word = stem === 'index' ? folderOf(own.path).split('/').at(-1) || 'index' : stem;
  const specifier = new RegExp(
    `(from|require\\(|import\\()\\s*['"][^'"]*\\b${word.replace(/[^\w-]/g, '.')}(/index)?(\\.[cm]?[jt]s)?['"]`,
  );
  return project.containing(word).filter((path) => {
    const text = path === own.path || isTestFile(path) ? undefined : project.read(path);
    return text !== undefined && specifier.test(text);
  });
}

/** So many files may name a function by chance. */
const FEW = 12;

/** What more files import than this is no startup function. */
const MOST_IMPORTERS = 40;

function callsOf(node: Node, name: string, module: SourceModule, { modules }: NodeProject): readonly CallExpression[] {
  const names = namesFor(name, module);
  const isIt = (callee: Node) => {
    const called = Node.isPropertyAccessExpression(callee)
      ? callee.getName()
      : Node.isIdentifier(callee)
        ? callee.getText()
        : '';
    if (called === '' || (name !== '' && !names.has(called))) return false;
    const found = modules.resolve(callee);
    return found?.kind === 'function' && found.node === node;
  };
  return module.root
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter(
      (call) =>
        isIt(call.getExpression()) || (handsOn(call) && [...call.getArguments(), ...handedLists(call)].some(isIt)),
    );
}

/** `connect().then(startServer)`, `boot(startServer)`: a function that is handed on is called there, unless for events and requests. */
function handsOn(call: CallExpression): boolean {
  const callee = call.getExpression();
  return !(
    Node.isPropertyAccessExpression(callee) &&
    /^(on|once|off|use|get|post|put|patch|delete|all|listen|add\w*|remove\w*|bind|map|forEach)$/.test(callee.getName())
  );
}

/** The function's name, and others: `import { startServer as boot }`, `const listen = secure ? listenHttps : listenHttp`. */
function namesFor(name: string, module: SourceModule): ReadonlySet<string> {
  const own = name.replace(/[^\w]/g, '\\$&');
  const renamed = new RegExp(`\\b(?:${own}|default)(?:\\s+as|\\s*:)\\s+([\\w$]+)`, 'g');
  const chosen = new RegExp(`([\\w$]+)\\s*=[^=;\\n]*\\b${own}\\b(?!\\s*\\()`, 'g');
  const found = [renamed, /\bimport\s+([\w$]+)/g, chosen].flatMap((pattern) =>
    [...module.text.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  return new Set([name, ...found]);
}
