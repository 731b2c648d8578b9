import { Node, SyntaxKind } from 'ts-morph';
import type { CalleeBody, Cost } from '../../src/core/index.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { memoryProject } from '../memory-project.ts';

/** What is known of the callee of the last call in `src/main.ts`. */
export interface ReadCallee {
  readonly cost: Cost;
  readonly isAsync: boolean | undefined;
  readonly body: CalleeBody | undefined;
}

/** Reads the function `start` of `src/main.ts`, or what the code ends with a call of. */
export function readCallee(
  code: string,
  files: Readonly<Record<string, string>> = {},
  path = 'src/main.ts',
): ReadCallee {
  const modules = createModules(
    memoryProject({ ...files, [path]: `${code}\nasync function hook() {\n  await start();\n}\n` }),
  );
  const call = modules
    .at(path)
    ?.root.getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((one) => one.getFirstAncestorByKind(SyntaxKind.FunctionDeclaration)?.getName() === 'hook')
    .at(-1);
  const definition = Node.isCallExpression(call) ? modules.resolve(call.getExpression()) : undefined;
  return {
    cost: modules.cost(definition),
    isAsync: modules.isAsync(definition),
    body: definition && modules.calleeBody(definition),
  };
}
