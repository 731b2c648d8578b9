import { describe, expect, it } from 'vitest';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { textStyle } from '../../src/languages/typescript/placing/text-style.ts';
import { memoryProject } from '../memory-project.ts';

type Files = Readonly<Record<string, string>>;

function styleOf(files: Files, path = 'src/main.ts') {
  const project = memoryProject(files);
  const module = createModules(project).at(path);
  if (!module) throw new Error(`${path} was not read`);
  return textStyle(module, project);
}

describe('the style of a file', () => {
  it('is read from its own text', () => {
    const text = [
      'import { warmCache } from "./cache"',
      'const places = {',
      '\tzürich: 1,',
      '}',
      'async function main() {',
      '\tawait warmCache("eu", places)',
      '}',
      '',
    ].join('\r\n');
    expect(styleOf({ 'src/main.ts': text, '.prettierrc': '{"singleQuote": true, "tabWidth": 4}' })).toEqual({
      eol: '\r\n',
      indentUnit: '\t',
      quote: '"',
      lineLength: 80,
      semicolons: false,
      trailingCommas: 'all',
      arrowParens: 'always',
    });
  });

  it('is what most of the file does', () => {
    const text =
      "import a from 'a';\nimport b from \"b\"\nimport c from 'c';\nif (a) {\n    b();\n}\nif (b) {\n  c();\n}\nif (c) {\n    a();\n}\n";
    expect(styleOf({ 'src/main.ts': text })).toMatchObject({ indentUnit: '    ', quote: "'", semicolons: true });
  });

  it.each([
    ['soups.map(soup => soup.name);\nsoups.map(async größe => größe);\nsoups.map((a, b) => b);\n', 'avoid'],
    ['soups.map((soup) => soup.name);\nsoups.map(() => 1);\n', 'always'],
    ['soups.map((soup: Soup) => soup.name);\nsoups.map(({ name }) => name);\n', 'always'],
  ] as const)('sees the parameters of %j as %s', (text, parens) => {
    expect(styleOf({ 'src/main.ts': text }).arrowParens).toBe(parens);
  });

  it('does not count quotes that are written so for what they hold, or attributes', () => {
    const text = 'const a = "it\'s";\nconst b = <p id="x" className="y">{\'ü\'}</p>;\n';
    expect(styleOf({ 'src/main.tsx': text }, 'src/main.tsx').quote).toBe("'");
  });

  it.each([
    ['const a = {\n  b: 1,\n};\ncall(\n  a,\n);\n', 'all'],
    ['const a = {\n  b: 1,\n};\ncall(\n  a,\n  a\n);\n', 'es5'],
    ['const a = {\n  b: 1\n};\n', 'none'],
    ['const a = { b: 1 };\ncall(a, () => {\n  a();\n});\n', 'none'],
    ['const a = [\n  1, // one\n  2, // two\n];\n', 'es5'],
    ['function f(\n  a,\n  ...rest\n) {}\n', 'none'],
  ] as const)('sees the commas of %j as %s', (text, commas) => {
    expect(styleOf({ 'src/main.ts': text }).trailingCommas).toBe(commas);
  });
});

describe('the style of a file that shows nothing', () => {
  it.each([
    [
      'Prettier in JSON',
      { '.prettierrc': '{ "semi": false, "singleQuote": true, "printWidth": 100 }' },
      { semicolons: false, quote: "'", lineLength: 100, trailingCommas: 'all' },
    ],
    ['Prettier that leaves out parentheses', { '.prettierrc': 'arrowParens: avoid\n' }, { arrowParens: 'avoid' }],
    ['Prettier 1', { 'package.json': '{"devDependencies": {"prettier": "1.19.1"}}' }, { arrowParens: 'avoid' }],
    [
      'Prettier in YAML',
      {
        'src/.prettierrc.yaml':
          '# ours\nsemi: false\ntrailingComma: none\nuseTabs: true\noverrides:\n  - files: "*.md"\n    options:\n      semi: true\n',
      },
      { semicolons: false, quote: '"', trailingCommas: 'none', indentUnit: '\t' },
    ],
    [
      'Prettier in a script',
      { 'prettier.config.js': "/** @type {x} */\nmodule.exports = { tabWidth: 4, trailingComma: 'es5' };\n" },
      { indentUnit: '    ', trailingCommas: 'es5', semicolons: true },
    ],
    [
      'Prettier in the manifest',
      { 'package.json': '{"prettier": {"printWidth": 120}, "devDependencies": {"prettier": "^2.8"}}' },
      { lineLength: 120, trailingCommas: 'es5' },
    ],
    [
      'Prettier without settings',
      { 'package.json': '{"devDependencies": {"prettier": "3.0.0"}}' },
      { lineLength: 80, trailingCommas: 'all', quote: '"' },
    ],
    [
      'Biome',
      {
        'biome.json':
          '{"formatter": {"indentStyle": "space", "lineWidth": 110}, "javascript": {"formatter": {"semicolons": "asNeeded", "quoteStyle": "single"}}}',
      },
      { indentUnit: '  ', lineLength: 110, semicolons: false, quote: "'" },
    ],
    [
      'an editor configuration',
      {
        '.editorconfig':
          'root = true\n[*]\nindent_style = space\nindent_size = 4\nmax_line_length = 110\n[*.md]\nindent_size = 8\n',
      },
      { indentUnit: '    ', lineLength: 110 },
    ],
    [
      'nothing at all',
      {},
      { indentUnit: '  ', lineLength: 80, quote: "'", semicolons: true, trailingCommas: 'none', eol: '\n' },
    ],
    ['a width that means none', { '.prettierrc': '{"printWidth": 9999}' }, { lineLength: 80 }],
    [
      'settings that are broken',
      { '.prettierrc': '{{{', 'biome.json': '[]', '.editorconfig': '=\n[' },
      { lineLength: 80 },
    ],
  ])('comes from %s', (_name, files: Files, expected) => {
    expect(styleOf({ ...files, 'src/main.ts': '' })).toMatchObject(expected);
  });

  it('stops at the nearest formatter', () => {
    const files = {
      '.prettierrc': '{"printWidth": 120, "semi": false}',
      'apps/api/.prettierrc': '{}',
      'apps/api/src/main.ts': '',
    };
    expect(styleOf(files, 'apps/api/src/main.ts')).toMatchObject({ lineLength: 80, semicolons: true });
  });
});
