import type { Node } from '../tree/parse.ts';
import { argumentsOf, lastName, objectOf } from '../tree/shapes.ts';

/** `asyncio.run(main())`, `loop.run_until_complete(main())`, `anyio.run(main)`. */
export function isLoopRun(call: Node): boolean {
  const callee = call.childForFieldName('function');
  const name = lastName(callee);
  if (name === 'run_until_complete' || name === 'run_forever') return true;
  const owner = callee && objectOf(callee)?.text;
  return name === 'run' && typeof owner === 'string' && LOOP_MODULES.has(owner);
}

/** What a loop is told to run: `main` of `asyncio.run(main())`, `anyio.run(main)` and `IOLoop.current().run_sync(main)`. */
export function functionRun(call: Node): Node | undefined {
  const isRun = isLoopRun(call) || lastName(call.childForFieldName('function')) === 'run_sync' || isRunnersRun(call);
  const first = isRun ? argumentsOf(call).positional[0] : undefined;
  return first?.type === 'call' ? (first.childForFieldName('function') ?? undefined) : first;
}

/** `runner.run(main())` of an `asyncio.Runner`. */
function isRunnersRun(call: Node): boolean {
  const callee = call.childForFieldName('function');
  return lastName(callee) === 'run' && /(^|[._])runner$/i.test((callee && objectOf(callee)?.text) ?? '');
}

const LOOP_MODULES: ReadonlySet<string> = new Set(['asyncio', 'anyio', 'trio', 'uvloop', 'aiorun']);
