import { ts } from 'ts-morph';

/** `#!/usr/bin/env node`, which is one in the first line only. */
export function hashbangOf(text: string): string | undefined {
  return /^#![^\r\n]*/.exec(text)?.[0];
}

/** The directives that stand first in the file or in a function: `'use strict'`, `'use server'`. */
export function prologuesOf(tree: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const stack: ts.Node[] = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (ts.isSourceFile(node) || (ts.isBlock(node) && ts.isFunctionLike(node.parent)))
      found.push(...directivesOf(node.statements));
    ts.forEachChild(node, (child) => {
      stack.push(child);
    });
  }
  return found;
}

function directivesOf(statements: readonly ts.Statement[]): readonly string[] {
  const first = statements.findIndex((one) => !ts.isExpressionStatement(one) || !ts.isStringLiteral(one.expression));
  return statements.slice(0, first < 0 ? undefined : first).map((one) => one.getText().replace(/;$/, ''));
}
