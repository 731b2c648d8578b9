import { describe, expect, it } from 'vitest';
import { withoutFlow } from '../../src/languages/typescript/modules/flow-types.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { memoryProject } from '../memory-project.ts';

/** The text that TypeScript's parser gets, which it must read. */
function readable(text: string, path = 'src/main.js'): string | undefined {
  const result = withoutFlow(path, text);
  if (result !== undefined) {
    expect(result.length).toBe(text.length);
    expect(result.split('\n').map((line) => line.length)).toEqual(text.split('\n').map((line) => line.length));
    const modules = createModules(memoryProject({ [path]: result }));
    expect(modules.at(path), modules.errorAt(path)).toBeDefined();
  }
  return result?.replace(/ +/g, ' ');
}

describe('Flow', () => {
  it.each([
    [
      'types of parameters and results',
      'async function warm(region: ?string, n?: number = 1): Promise<void> {}',
      'async function warm(region , n? = 1) {}',
    ],
    [
      'type aliases',
      "// @flow\ntype Zürich = {| +id: number |};\nexport type { A } from './a';\nmain();",
      '// @flow\n \n \nmain();',
    ],
    [
      'opaque and declared types',
      'opaque type Id: string = string;\ndeclare var __DEV__: boolean;\ndeclare module.exports: { a: 1 };\nmain();',
      ' \n \n \nmain();',
    ],
    [
      'imports of types',
      "import type { A } from './a';\nimport typeof B from './b';\nimport { typeof C, type D, e } from './c';\n",
      " \n \nimport { C, type D, e } from './c';\n",
    ],
    ['casts', 'const a = ((b: any): Store);', 'const a = ((b ) );'],
    [
      'generics',
      'class A<+T: Object> extends B<T> implements C, D {\n  +x: T;\n  static y: number = 1;\n  declare z: T;\n}\nnew Map<string, number>();\nf<T>(x);',
      'class A extends B {\n x ;\n static y = 1;\n \n}\nnew Map ();\nf (x);',
    ],
    ['arrow functions', 'const f = async <T>(x: T): Promise<\n  T\n> => x;', 'const f = async (x ) \n \n => x;'],
    ['predicates', 'function isOk(x: mixed): boolean %checks { return !!x; }', 'function isOk(x ) { return !!x; }'],
    [
      'types that only Flow itself reads',
      "const a = '😀ü';\ntype A = T extends U ? 1 : 2;\nconst x: A = b;",
      "const a = '😀ü';\n \nconst x = b;",
    ],
    [
      'markup',
      'const App = (props: Props) => <p title="a: b">{(x: any)}</p>;',
      'const App = (props ) => <p title="a: b">{(x )}</p>;',
    ],
  ])('is blanked out: %s', (_name, text, expected) => {
    expect(readable(text)).toBe(expected.replace(/ +/g, ' '));
  });

  it('keeps strings, comments and lines that look like it', () => {
    const text = "const a: string = 'x: string'; // y: number\r\nconst b = `(a: any): any`;\r\n";
    expect(readable(text)).toBe("const a = 'x: string'; // y: number\r\nconst b = `(a: any): any`;\r\n");
  });
});

describe('syntax that never became part of the language', () => {
  it.each([
    ["export v from './v';\nmain();", ' \nmain();'],
    ['const start = queue::start;\n::this.stop;', 'const start = queue. start;\n this.stop;'],
    ['@Inject() @Other\nclass A { @field x = 1; }', '@Inject() @Other\nclass A { @field x = 1; }'],
  ])('%j is read', (text, expected) => {
    expect(readable(text)).toBe(expected.replace(/ +/g, ' '));
  });
});

describe('what nothing reads', () => {
  it('stays unread', () => {
    expect(withoutFlow('src/main.js', 'const = ;')).toBeUndefined();
    expect(withoutFlow('src/main.js', '<<<<<<< HEAD\nmain();\n')).toBeUndefined();
  });

  it('is not asked about TypeScript', () => {
    expect(withoutFlow('src/main.ts', 'type A = {| a: 1 |};')).toBeUndefined();
  });
});
