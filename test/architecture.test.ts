import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** Every layer with its files, and what it may import: layers, and packages. A file belongs to the first layer that matches. */
const LAYERS = [
  { name: 'core', files: /^src\/core\//, layers: [], packages: ['diff'] },
  { name: 'classify', files: /^src\/classify\//, layers: ['core'], packages: [] },
  { name: 'runtime', files: /^src\/runtime\//, layers: [], packages: ['node:fs', 'node:url'] },
  {
    name: 'grammar',
    files: /^src\/languages\/python\/tree\/(parse|syntax-node)\.ts$/,
    layers: ['core'],
    packages: ['web-tree-sitter', 'node:fs', 'node:module', 'node:url'],
  },
  { name: 'wording', files: /^src\/languages\/wording\//, layers: [], packages: [] },
  {
    name: 'python',
    files: /^src\/languages\/python\//,
    layers: ['core', 'grammar', 'runtime', 'wording'],
    packages: [],
  },
  {
    name: 'legacy-syntax',
    files: /^src\/languages\/typescript\/modules\/flow-types\.ts$/,
    layers: ['core'],
    packages: ['node:module', 'jscodeshift/src/getParser.js'],
  },
  {
    name: 'typescript',
    files: /^src\/languages\/typescript\//,
    layers: ['core', 'runtime', 'wording', 'legacy-syntax'],
    packages: ['ts-morph'],
  },
  { name: 'languages', files: /^src\/languages\/index\.ts$/, layers: ['core', 'python', 'typescript'], packages: [] },
  {
    name: 'project',
    files: /^src\/project\//,
    layers: ['core'],
    packages: ['node:*', 'ignore', 'jsonc-parser', 'smol-toml', 'yaml', 'zod'],
  },
  { name: 'transforms', files: /^transforms\//, layers: ['core'], packages: [] },
  {
    name: 'pipeline',
    files:
      /^src\/(scan|analyse|plan|verify|apply|report|findings|budget|explain|ways-to-change|starter-config|init|pull-request|checklist)\.ts$|^src\/traps\//,
    layers: ['core', 'classify', 'languages', 'project', 'transforms'],
    packages: ['node:path'],
  },
  { name: 'review', files: /^src\/review\//, layers: ['core', 'pipeline'], packages: ['diff', 'node:crypto'] },
  {
    name: 'api',
    files: /^src\/index\.ts$/,
    layers: ['core', 'pipeline', 'review', 'project', 'transforms', 'languages'],
    packages: [],
  },
  { name: 'jscodeshift', files: /^src\/jscodeshift\//, layers: ['api'], packages: ['node:*'] },
  {
    name: 'cli',
    files: /^src\/cli\//,
    layers: ['api', 'core'],
    packages: [
      'commander',
      'diff',
      'highlight.js/*',
      'picocolors',
      'picocolors/types.js',
      'prompts',
      'sarif',
      'string-width',
      'zod',
      'node:*',
    ],
  },
] as const;

const sources = [...typescriptFiles('src'), ...typescriptFiles('transforms')];

describe('the dependency rule', () => {
  it.each(sources)('%s imports only what its layer may', (path) => {
    const layer = layerOf(path);
    expect(layer, `${path} is in no layer`).toBeDefined();
    const forbidden = importsOf(path).filter((target) => !isAllowed(path, target, layer));
    expect(forbidden).toEqual([]);
  });
});

describe('printing, asking and exiting', () => {
  const silent = sources.filter((path) => !path.startsWith('src/cli/'));
  it.each(silent)('%s does none of them', (path) => {
    expect(read(path)).not.toMatch(/\bconsole\.|process\.(exit|stdout|stderr|stdin)\b/);
  });
});

describe('registries list every file beside them', () => {
  it.each([
    ['src/classify/rules', 'index.ts'],
    ['src/languages/python/frameworks', 'index.ts'],
    ['src/languages/typescript/frameworks', 'index.ts'],
    ['transforms', 'index.ts'],
  ])('%s', (folder, index) => {
    const listed = importsOf(`${folder}/${index}`).map((target) => target.replace('./', ''));
    const files = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ts') && name !== index);
    expect(files.filter((name) => !listed.includes(name))).toEqual([]);
  });
});

function layerOf(path: string) {
  return LAYERS.find((layer) => layer.files.test(path));
}

function isAllowed(path: string, target: string, layer: ReturnType<typeof layerOf>): boolean {
  if (!layer) return false;
  if (target.startsWith('.')) {
    const other = layerOf(relative(ROOT, join(ROOT, dirname(path), target)));
    return (
      other !== undefined && (other.name === layer.name || (layer.layers as readonly string[]).includes(other.name))
    );
  }
  return layer.packages.some((name) => target === name || (name.endsWith('*') && target.startsWith(name.slice(0, -1))));
}

/** Targets of `from '…'`, `import('…')` and a bare `import '…'`, outside of comments. */
function importsOf(path: string): readonly string[] {
  const code = read(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?'([^']+)'|import\('([^']+)'\)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
}

function typescriptFiles(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
