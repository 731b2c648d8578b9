import { classMember } from '../modules/classes.ts';
import type { Definition } from '../modules/definition.ts';
import { classAround } from '../modules/lookup.ts';
import { qualifiedName } from '../modules/qualified-name.ts';
import type { FunctionDefinition, Resolver } from '../modules/resolver.ts';
import type { Node } from '../tree/parse.ts';
import { argumentsOf, enclosing, field, keyOf, ownNodes } from '../tree/tree.ts';
import { writtenCallee } from './dotted-call.ts';

/**
 * How a call is made: `awaited` (through gather and its kin too), as a task or job of its own, in a thread that is
 * waited for, or plainly.
 */
export type CallMode = 'awaited' | 'spawned' | 'threaded' | 'plain';

/** One call that a function makes itself. */
export interface CallMade {
  readonly node: Node;
  /** Dotted name with its imports resolved, as far as they are known. */
  readonly name: string;
  readonly target?: Definition;
  readonly mode: CallMode;
}

const SPAWNS =
  /(^|[._])(create_task|ensure_future|run_coroutine_threadsafe|call_soon|call_later|add_job|submit|add_task)$/;
const THREADS = /(^|\.)(to_thread|run_in_executor|run_in_threadpool|run_sync|run_async_in_thread)$/;
const GROUPS = /(^|\.)\w*(tg|task_?group|nursery)\.(create_task|start_soon|start)$/;
const FORWARDS = /(^|\.)(gather|wait_for|shield|wait|as_completed|move_on_after|fail_after|timeout)$/;

export function isSpawn(name: string): boolean {
  return SPAWNS.test(name) && !GROUPS.test(name);
}

/** Reads the calls of functions, once each. */
export function createCallReader(resolver: Resolver): (of: FunctionDefinition) => readonly CallMade[] {
  const known = new Map<string, readonly CallMade[]>();
  return (of) => {
    const key = functionKey(of);
    const calls = known.get(key) ?? callsOf(of, resolver);
    known.set(key, calls);
    return calls;
  };
}

/** Tells a function apart, and a method by the class that it is called on too. */
export function functionKey(of: FunctionDefinition): string {
  return `${keyOf(of.module, of.node)} ${of.owner ? keyOf(of.owner.module, of.owner.node) : ''}`;
}

function callsOf(of: FunctionDefinition, resolver: Resolver): readonly CallMade[] {
  const body = field(of.node, 'body');
  const calls = (body ? ownNodes(body) : []).filter((node) => node.type === 'call');
  return calls.flatMap((node) => [callMade(node, of, resolver), ...passedFunctions(node, of, resolver)]);
}

function callMade(node: Node, of: FunctionDefinition, resolver: Resolver): CallMade {
  const callee = field(node, 'function') ?? node;
  return named(callee, node, modeOf(node, of.node), of, resolver);
}

function named(callee: Node, node: Node, mode: CallMode, of: FunctionDefinition, resolver: Resolver): CallMade {
  const target = targetOf(callee, of, resolver);
  const isNamed = target !== undefined && target.kind !== 'value';
  const name = isNamed ? qualifiedName(target) : writtenCallee(callee);
  return { node, name, mode, ...(target && { target }) };
}

/** A method of `self` is that of the class on which the function was called, which may override it. */
function targetOf(callee: Node, of: FunctionDefinition, resolver: Resolver): Definition | undefined {
  const object = callee.type === 'attribute' ? field(callee, 'object') : undefined;
  const isSelf = object?.text === 'self' && of.owner && classAround(of.node, of.module);
  const attribute = isSelf ? field(callee, 'attribute')?.text : undefined;
  const overriding = attribute && of.owner ? classMember(of.owner, attribute, true, resolver) : undefined;
  return overriding ?? resolver.resolve(callee, of.module);
}

/** `to_thread(load, path)`, `add_job(purge)`, `Thread(target=poll)`, `tg.start_soon(poll)`: the function that is handed over. */
function passedFunctions(call: Node, of: FunctionDefinition, resolver: Resolver): readonly CallMade[] {
  const written = writtenCallee(field(call, 'function') ?? call);
  const mode = modeOfPassed(written, call);
  if (!mode) return [];
  const { positional, keywords } = argumentsOf(call);
  const passed = [...positional, ...['target', 'func'].map((name) => keywords.get(name))].filter(
    (node) => node !== undefined,
  );
  return passed
    .filter((node) => node.type === 'identifier' || node.type === 'attribute')
    .map((node) => named(node, call, mode, of, resolver))
    .filter((made) => made.target?.kind === 'function');
}

function modeOfPassed(written: string, call: Node): CallMode | undefined {
  if (GROUPS.test(written)) return groupMode(written, call);
  if (SPAWNS.test(written) || /(^|\.)(Thread|Process|Timer)$/.test(written)) return 'spawned';
  return THREADS.test(written) ? 'threaded' : undefined;
}

function modeOf(call: Node, owner: Node): CallMode {
  for (let at = call, outer = at.parent; outer && outer.id !== owner.id; at = outer, outer = at.parent) {
    if (outer.type === 'await') return 'awaited';
    if (outer.type === 'call' && field(outer, 'function')?.id !== at.id) {
      const written = writtenCallee(field(outer, 'function') ?? outer);
      if (GROUPS.test(written)) return groupMode(written, outer);
      if (SPAWNS.test(written)) return 'spawned';
      if (!FORWARDS.test(written)) return 'plain';
    } else if (/_statement$|^block$|^attribute$|^assignment$/.test(outer.type)) return 'plain';
  }
  return 'plain';
}

/** A task group that is entered in the same function waits for its tasks there; another one does so elsewhere. */
function groupMode(written: string, call: Node): CallMode {
  const group = written.slice(0, written.lastIndexOf('.'));
  for (let around = enclosing(call, ['with_statement']); around; around = enclosing(around, ['with_statement'])) {
    const clause = around.namedChildren.find((child) => child.type === 'with_clause');
    if (clause?.text.replaceAll(/\s+/g, ' ').includes(` as ${group}`)) return 'awaited';
  }
  return 'spawned';
}
