import { ts } from 'ts-morph';
import type { SourceFile, TextRange } from '../../core/index.ts';
import { withoutFlow } from './modules/flow-types.ts';
import { AT_TOP, misplacedIn } from './verify/misplaced.ts';
import { hashbangOf, prologuesOf } from './verify/prologues.ts';
import { tokensOf } from './verify/tokens.ts';

/** Why the new text must not be written; empty where it may. The messages follow `the rewritten text`. */
export function verify(before: SourceFile, after: string, edited: readonly TextRange[]): readonly string[] {
  const [old, now] = [parsed(before.path, before.text), parsed(before.path, after)];
  if (now.error !== undefined) return [now.error];
  const lost = lostToken(tokensOf(old.tree, before.text, edited), tokensOf(now.tree, after, []));
  if (lost !== undefined) return [`has lost ${lost}`];
  if (hashbangOf(before.text) !== hashbangOf(after)) return ['has a line above its hashbang'];
  const moved = firstMore(prologuesOf(now.tree), prologuesOf(old.tree));
  if (moved !== undefined) return [`has a statement above its ${moved}`];
  const misplaced = newlyMisplaced(old.tree, now.tree);
  return misplaced === undefined ? [] : [`has ${misplaced}`];
}

function newlyMisplaced(before: ts.SourceFile, after: ts.SourceFile): string | undefined {
  const old = misplacedIn(before).map(({ what }) => what);
  const now = misplacedIn(after).map(({ what }) => what);
  return firstMore(old, old.includes(AT_TOP) ? now.filter((what) => what !== AT_TOP) : now);
}

interface Parsed {
  readonly tree: ts.SourceFile;
  readonly error?: string;
}

/** The tree of the text as it is; an error is one only where no other parser reads the text either. */
function parsed(path: string, text: string): Parsed {
  const tree = treeOf(path, text);
  const error = errorIn(tree);
  if (error === undefined) return { tree };
  const readable = withoutFlow(path, text);
  return readable !== undefined && errorIn(treeOf(path, readable)) === undefined ? { tree } : { tree, error };
}

/** The kind of a script is told by its extension. */
function treeOf(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function errorIn(tree: ts.SourceFile): string | undefined {
  const { parseDiagnostics } = tree as unknown as { readonly parseDiagnostics?: readonly ts.Diagnostic[] };
  const first = parseDiagnostics?.[0];
  if (!first) return undefined;
  const { line } = tree.getLineAndCharacterOfPosition(Math.min(first.start ?? 0, tree.end));
  return `has a syntax error at line ${line + 1}`;
}

/** The first token that does not come again, in order, in the new text. */
function lostToken(kept: readonly string[], present: readonly string[]): string | undefined {
  let at = 0;
  for (const token of kept) {
    while (at < present.length && present[at] !== token) at++;
    if (at === present.length) return `\`${token.slice(0, 40)}\``;
    at++;
  }
  return undefined;
}

/** The first of some texts that occurs more often than among others. */
function firstMore(fewer: readonly string[], more: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of fewer) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const text of more) {
    const left = (counts.get(text) ?? 0) - 1;
    if (left < 0) return text;
    counts.set(text, left);
  }
  return undefined;
}
