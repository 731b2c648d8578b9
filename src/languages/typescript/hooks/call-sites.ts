import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { SourceModule } from '../modules/definition.ts';
import { folderOf } from '../modules/import-paths.ts';
import type { NodeProject } from './framework.ts';
import { isTestFile } from './test-files.ts';

/** The calls of a function in its own file, and in the files that import it. */
export function callSites(node: Node, project: NodeProject): readonly CallExpression[] {
  const name = callableName(node);
  if (name === undefined) return [];
  const own = project.modules.of(node);
  const importing = isVisible(node, own) ? importers(own, name, project) : [];
  return [own, ...importing].flatMap((module) => callsOf(node, name, module, project));
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

/** Files whose text names the function's module in an import. */
function importers(own: SourceModule, name: string, project: NodeProject): readonly SourceModule[] {
  const stem = own.path.slice(own.path.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '');
  const word = stem === 'index' ? folderOf(own.path).split('/').at(-1) || 'index' : stem;
  const specifier = new RegExp(
    `(from|require\\(|import\\()\\s*['"][^'"]*\\b${word.replace(/[^\w-]/g, '.')}(/index)?(\\.[cm]?[jt]s)?['"]`,
  );
  const paths = project.containing(word).filter((path) => {
    const text = path === own.path || isTestFile(path) ? undefined : project.read(path);
    return text !== undefined && (name === '' || text.includes(name)) && specifier.test(text);
  });
  if (paths.length > MOST_IMPORTERS) return [];
  project.modules.load(paths);
  return paths.flatMap((path) => project.modules.at(path) ?? []);
}

/** What more files import than this is no startup function. */
const MOST_IMPORTERS = 40;

function callsOf(node: Node, name: string, module: SourceModule, { modules }: NodeProject): readonly CallExpression[] {
  return module.root.getDescendantsOfKind(SyntaxKind.CallExpression).filter((call) => {
    const callee = call.getExpression();
    const called = Node.isPropertyAccessExpression(callee)
      ? callee.getName()
      : Node.isIdentifier(callee)
        ? callee.getText()
        : undefined;
    if (called === undefined || (name !== '' && called !== name && !isRenamed(called, name, module))) return false;
    const found = modules.resolve(callee);
    return found?.kind === 'function' && found.node === node;
  });
}

/** `import { startServer as boot }`. */
function isRenamed(called: string, name: string, module: SourceModule): boolean {
  return (
    new RegExp(`\\b(${name}|default)(\\s+as|\\s*:)\\s+${called.replace(/\$/g, '\\$')}\\b`).test(module.text) ||
    new RegExp(`import\\s+${called}\\b`).test(module.text)
  );
}
