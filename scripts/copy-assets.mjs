import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** What the compiler does not carry into `dist`: the grammar, with its licence, and the helper that is copied into users' projects. */
const grammar = createRequire(import.meta.url).resolve('tree-sitter-python/package.json');

copy(`${dirname(grammar)}/tree-sitter-python.wasm`, 'dist/src/languages/python/tree/tree-sitter-python.wasm');
copy(`${dirname(grammar)}/LICENSE`, 'dist/src/languages/python/tree/tree-sitter-python.LICENSE');
copy('src/runtime/python/startup_tasks.py', 'dist/src/runtime/python/startup_tasks.py');

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
