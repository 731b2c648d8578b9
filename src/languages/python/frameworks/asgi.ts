import type { Framework, Registration } from '../hooks/framework.ts';
import type { PythonModule } from '../modules/definition.ts';
import type { Node } from '../tree/parse.ts';
import { descendants, enclosing, enclosingFunction, lastName, outerOf, stringValue } from '../tree/shapes.ts';
import { isAsync, nameOf } from '../tree/tree.ts';

const COMPLETE = 'lifespan.startup.complete';

/**
 * Applications that speak the lifespan protocol themselves: what stands before the answer to `lifespan.startup`. The same function is called
 * for every request, and comes round again for the shutdown. https://asgi.readthedocs.io/en/latest/specs/lifespan.html
 */
export const asgi: Framework = {
  id: 'asgi',
  anchors: [COMPLETE],
  findHooks: (module) => descendants(module.root, 'call').flatMap((call) => answered(call, module)),
  findInclusions: () => [],
};

/** `await send({"type": "lifespan.startup.complete"})`. */
function answered(call: Node, module: PythonModule): readonly Registration[] {
  const node = enclosingFunction(call);
  const block = node && startupBlock(call);
  if (!node || !block || !isAsync(node) || !answers(call)) return [];
  const place = { path: module.path, offset: call.startIndex };
  const owner = { id: `${module.path}:${nameOf(node)}:${call.startIndex}`, isRouter: false, isKnown: true };
  return [
    {
      definition: {
        framework: 'asgi',
        form: 'before-listen',
        module,
        node,
        outer: outerOf(node),
        kind: 'function',
        serving: { listens: [call], waits: [], block },
        adviceOnly: 'it speaks the lifespan protocol itself, message by message',
        notes: [],
      },
      owner,
      via: 'lifespan',
      place,
    },
  ];
}

function answers(call: Node): boolean {
  const isSend = lastName(call.childForFieldName('function')) === 'send';
  return isSend && descendants(call, 'string').some((text) => stringValue(text) === COMPLETE);
}

/** The branch for the message, a `try` or `with` around the answer looked through. */
function startupBlock(call: Node): Node | undefined {
  let block = enclosing(call, 'block');
  for (;;) {
    const around = block?.parent;
    const isElse = around?.type === 'else_clause' && around.parent?.type === 'try_statement';
    if (!block || !around || !(isElse || /^(try|with)_statement$/.test(around.type))) return block;
    block = enclosing(block, 'block');
  }
}
