import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** What the compiler does not carry into `dist`: the grammar with its licence, the runtime helpers, the schemas of configuration and report. */
const grammar = dirname(createRequire(import.meta.url).resolve('tree-sitter-python/package.json'));

copy(`${grammar}/tree-sitter-python.wasm`, 'dist/src/languages/python/tree/tree-sitter-python.wasm');
copy(`${grammar}/LICENSE`, 'dist/src/languages/python/tree/tree-sitter-python.LICENSE');
copy('src/runtime/python/startup_tasks.py', 'dist/src/runtime/python/startup_tasks.py');
for (const name of ['startup-tasks.ts', 'startup-tasks.mjs', 'startup-tasks.cjs']) {
  copy(`src/runtime/typescript/${name}`, `dist/src/runtime/typescript/${name}`);
}

const { configJsonSchema } = await import('../dist/src/project/config-schema.js');
writeJson('dist/startup-codemod.schema.json', configJsonSchema());
const { reportJsonSchema } = await import('../dist/src/cli/reporters/json/schema.js');
writeJson('dist/startup-codemod.report-schema.json', reportJsonSchema());

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
