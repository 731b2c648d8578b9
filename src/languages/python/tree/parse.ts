import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';
import { type Node, rememberingTree, type Tree } from './syntax-node.ts';

export type { Node, Tree } from './syntax-node.ts';

let parser: Parser | undefined;

/** Loads the grammar, once a process. Must have finished before the first `parsePython`. */
export async function loadPython(): Promise<void> {
  if (parser) return;
  await Parser.init();
  const grammar = await Language.load(grammarPath());
  parser = new Parser();
  parser.setLanguage(grammar);
}

/** The syntax tree of a text; offsets are UTF-16 code units of that text. The caller deletes the tree. */
export function parsePython(text: string): Tree {
  if (!parser) throw new Error('parsePython was called before loadPython had finished');
  const tree = parser.parse(text);
  if (!tree) throw new Error('the parser returned no tree');
  return rememberingTree(tree, text);
}

/** The first syntax error of a tree, or `undefined`. */
export function syntaxError(root: Node): Node | undefined {
  if (!root.hasError) return undefined;
  for (const child of root.children) {
    if (child.isError || child.isMissing) return child;
    const inner = child.hasError ? syntaxError(child) : undefined;
    if (inner) return inner;
  }
  return root;
}

/** The build copies the grammar beside this file, so that users need not install the package that carries it. */
function grammarPath(): string {
  const packaged = fileURLToPath(new URL('./tree-sitter-python.wasm', import.meta.url));
  if (existsSync(packaged)) return packaged;
  return createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm');
}
