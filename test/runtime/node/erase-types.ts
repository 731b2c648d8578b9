import { execFileSync } from 'node:child_process';
import { ts } from 'ts-morph';

/** The JavaScript modules that stand for the TypeScript text: without its types, and with everything else as it is written. */
export function eraseTypes(typescript: string): string {
  const file = ts.createSourceFile('startup-tasks.ts', typescript, ts.ScriptTarget.Latest, true);
  const ranges: Range[] = [];
  const visit = (node: ts.Node): void => {
    ranges.push(...typesOf(node, file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return formatted(without(typescript, ranges), 'startup-tasks.mjs');
}

/** The same for a project whose `.js` files are CommonJS. */
export function asCommonJs(esm: string): string {
  const required = esm.replace(/^import (\{.*?\}) from (".*?");$/gm, 'const $1 = require($2);');
  const [, names = ''] = /^export class (\w+)/m.exec(required) ?? [];
  const [header, ...rest] = required.replace(/^export /gm, '').split('\n');
  return [header, '"use strict";', '', ...rest, `module.exports = { ${names} };`, ''].join('\n');
}

type Range = readonly [start: number, end: number];

function typesOf(node: ts.Node, file: ts.SourceFile): readonly Range[] {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [[node.pos, node.end]];
  if (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly) return [[node.pos, node.end]];
  if (ts.isAsExpression(node)) return [[node.expression.end, node.end]];
  const ranges: Range[] = [];
  if (hasType(node) && node.type) ranges.push([startOfType(node, node.type, file), node.type.end]);
  if (hasTypeArguments(node) && node.typeArguments) {
    ranges.push([node.typeArguments.pos - 1, node.typeArguments.end + 1]);
  }
  if (ts.isPropertyDeclaration(node)) ranges.push(...modifiersOf(node));
  return ranges;
}

/** From the end of the name, so that a question mark goes too, or of the parameters. */
function startOfType(node: Typed, type: ts.TypeNode, file: ts.SourceFile): number {
  if (!ts.isFunctionLike(node)) return node.name.end;
  return file.text.lastIndexOf(')', type.getStart(file)) + 1;
}

type Typed = ts.ParameterDeclaration | ts.PropertyDeclaration | ts.VariableDeclaration | ts.FunctionLikeDeclaration;

function hasType(node: ts.Node): node is Typed {
  return (
    ts.isParameter(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    (ts.isFunctionLike(node) && 'body' in node)
  );
}

function hasTypeArguments(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

function modifiersOf(property: ts.PropertyDeclaration): readonly Range[] {
  return (property.modifiers ?? []).map((modifier) => [modifier.getStart(), modifier.end + 1] as const);
}

/** Ranges inside of others go with them. */
function without(text: string, ranges: readonly Range[]): string {
  let kept = '';
  let position = 0;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (start >= position) kept += text.slice(position, start);
    position = Math.max(position, end);
  }
  return kept + text.slice(position);
}

/** A signature that has become shorter may fit on one line. */
function formatted(text: string, path: string): string {
  const biome = ['node_modules/@biomejs/biome/bin/biome', 'format', `--stdin-file-path=src/runtime/typescript/${path}`];
  return execFileSync(process.execPath, biome, { input: text, encoding: 'utf8' });
}
