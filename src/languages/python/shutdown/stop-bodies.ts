import { failsUnstarted } from '../../wording/stop-words.ts';
import type { ClassDefinition, Definition, Modules, PythonModule } from '../modules/definition.ts';
import { callsIn } from '../steps/calls.ts';
import { bindsOf } from '../steps/name-uses.ts';
import type { HookContext } from '../steps/steps.ts';
import { calleeText, dottedName } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { ownNodes } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { isConditionalOn } from './guarded-uses.ts';
import { isSetLate } from './late-values.ts';

/** Whether code can run after a start that failed or never ran. */
export type Copes = 'yes' | 'no' | 'unknown';

/** Whether a shutdown statement can run although its start did not: read from the statement and the bodies that it calls. */
export function copesWithoutStart(statement: Node, { definition, modules, flow }: HookContext): Copes {
  const made = flow.startup.filter((leaf) => callsIn(leaf.node).length > 0).flatMap((leaf) => bindsOf([leaf.node]));
  const uses = dereferences(statement).filter(
    ({ path, node }) => made.includes(path) && !isConditionalOn(node, path, statement),
  );
  if (uses.length > 0) return 'no';
  return copesOf(statement, { module: definition.module, modules, depth: 0 });
}

interface Reading {
  readonly module: PythonModule;
  readonly modules: Modules;
  readonly owner?: ClassDefinition;
  /** How many bodies were entered to get here. */
  readonly depth: number;
}

const MOST_BODIES_DEEP = 3;

function copesOf(root: Node, reading: Reading): Copes {
  if (reading.depth > 0 && refusesToRun(root)) return 'no';
  const late = dereferences(root).filter(({ path }) => isSetLate(path, reading.module, reading.owner));
  if (late.some(({ path, node }) => !isConditionalOn(node, path, root))) return 'no';
  return worst(ownNodes(root, ['call']).map((call) => copesOfCall(call, root, reading)));
}

function copesOfCall(call: Node, root: Node, reading: Reading): Copes {
  const callee = call.childForFieldName('function');
  if (!callee || isLogCall(call)) return 'yes';
  const name = calleeText(callee);
  if (HARMLESS.test(name) || isConditionalOn(call, receiverOf(callee), root)) return 'yes';
  const definition = reading.modules.resolve(callee, reading.module);
  if (definition?.kind === 'function') return copesOfFunction(definition, reading);
  if (definition?.kind === 'class') return 'yes';
  if (definition?.kind === 'external' && COPES_BY_ITSELF.test(definition.qualifiedName)) return 'yes';
  return reading.depth > 0 && !failsUnstarted(name) ? 'yes' : 'unknown';
}

function copesOfFunction(definition: Extract<Definition, { kind: 'function' }>, reading: Reading): Copes {
  if (reading.depth >= MOST_BODIES_DEEP) return 'unknown';
  const inner = { module: definition.module, modules: reading.modules, depth: reading.depth + 1 };
  const body = definition.node.childForFieldName('body');
  if (!body) return 'unknown';
  return copesOf(body, definition.owner ? { ...inner, owner: definition.owner } : inner);
}

/** `if not self._running: raise RuntimeError("not started")`. */
function refusesToRun(body: Node): boolean {
  return ownNodes(body, ['raise_statement']).some((raise) => {
    const branch = raise.parent?.parent;
    const condition = branch?.type === 'if_statement' ? (branch.childForFieldName('condition')?.text ?? '') : '';
    return /\b(start|run|init|connect|open|ready|None\b)|not\s/i.test(condition);
  });
}

/** Names that are used as objects: `self._task` in `self._task.cancel()`, `pool` in `await pool`. */
function dereferences(root: Node): { readonly path: string; readonly node: Node }[] {
  const attributes = ownNodes(root, ['attribute']).flatMap((node) => {
    const path = dottedName(node.childForFieldName('object'));
    return path ? [{ path, node }] : [];
  });
  const awaited = ownNodes(root, ['await', 'call']).flatMap((node) => {
    const value = node.type === 'await' ? node.namedChildren[0] : node.childForFieldName('function');
    const path = dottedName(value);
    return path ? [{ path, node }] : [];
  });
  return [...attributes, ...awaited];
}

function receiverOf(callee: Node): string {
  return dottedName(callee.type === 'attribute' ? callee.childForFieldName('object') : callee) ?? '';
}

/** Calls that do no harm to an object that was never started. */
const HARMLESS =
  /^(print|len|list|dict|set|tuple|str|int|float|repr|isinstance|hasattr|getattr|setattr|callable|reversed|sorted|iter|next|range|enumerate|zip|any|all|id|type|super\(\)?|suppress|contextlib\.suppress|asyncio\.\w+|time\.\w+|os\.(getenv|environ\.get)|datetime\.\w+)$|\.(set|clear|is_set|cancel|done|cancelled|pop|append|remove|discard|values|keys|items|get|copy|add|result|exception|is_alive)$/;

/** Objects of these libraries can be closed whatever they did before. */
const COPES_BY_ITSELF =
  /^(concurrent\.futures|threading|asyncio|httpx|aiohttp|redis|sqlalchemy|asyncpg|motor|aiofiles)\./;

function worst(answers: readonly Copes[]): Copes {
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}
