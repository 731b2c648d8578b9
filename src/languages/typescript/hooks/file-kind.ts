import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import type { FileKind } from '../../../core/index.ts';
import type { Modules, SourceModule } from '../modules/definition.ts';
import { lineOf } from '../tree/own-nodes.ts';
import { exportsSomething, programRun } from './program-run.ts';
import { serves } from './serves.ts';

/** What a file is, with the reason where it is no server. */
export interface KindOfFile {
  readonly kind: FileKind;
  readonly why?: string;
}

/** A file with hooks is a server; a program that runs something asynchronous and listens nowhere is a standalone script. */
export function fileKind(module: SourceModule, hasHooks: boolean, modules: Modules): KindOfFile {
  if (hasHooks) return { kind: 'server' };
  const run = programRun(module, modules);
  if (run && !serves(module, modules))
    return { kind: 'standalone', why: `runs no server: ${shortText(run)} at line ${lineOf(run)}` };
  const isScript = module.text.startsWith('#!') && !exportsSomething(module) && !serves(module, modules);
  return isScript && !run
    ? { kind: 'standalone', why: 'runs no server: a script with #! at line 1' }
    : { kind: 'other' };
}

/** `main()`, `await migrate()`, cut where it is long. */
function shortText(run: Node): string {
  const text = run.getText().replaceAll(/\s+/g, ' ');
  if (text.length <= 60) return text;
  const call = Node.isAwaitExpression(run) ? run.getFirstDescendantByKind(SyntaxKind.CallExpression) : run;
  return Node.isCallExpression(call) ? shortCall(call) : `${text.slice(0, 57)}...`;
}

function shortCall(call: CallExpression): string {
  const callee = call.getExpression().getText().replaceAll(/\s+/g, ' ');
  if (callee.length > 50) return '(async () => …)()';
  return `${callee}(${call.getArguments().length > 0 ? '…' : ''})`;
}
