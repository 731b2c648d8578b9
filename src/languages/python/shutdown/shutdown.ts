import type { ShutdownStep } from '../../../core/index.ts';
import { announcesStop, flushes, looksOnly, releases } from '../../wording/stop-words.ts';
import { catchesAll, suppresses } from '../steps/failure.ts';
import { endsByRaising, handlersOf, isExit, type Leaf } from '../steps/hook-flow.ts';
import { bindsOf, readsOf } from '../steps/name-uses.ts';
import type { HookContext } from '../steps/steps.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogCall, isLogLine, logMessages } from '../tree/log-lines.ts';
import { endOf, lineOf, ownNodes, statementsOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { indentOf, verbatimRanges } from '../tree/text-ranges.ts';
import { copesWithoutStart } from './stop-bodies.ts';

/** The shutdown steps of a hook in source order, log lines that announce a stop with the step before them. */
export function shutdownSteps(context: HookContext): ShutdownStep[] {
  const units: { readonly leaf: Leaf; readonly nodes: Node[] }[] = [];
  for (const leaf of context.flow.shutdown) {
    if (doesNothing(leaf.node)) continue;
    const last = units.at(-1);
    if (last && belongsTo(leaf, last)) last.nodes.push(leaf.node);
    else units.push({ leaf, nodes: [leaf.node] });
  }
  return units.map(({ leaf, nodes }) => shutdownStep(leaf, nodes, context));
}

/** `return` after an early `yield`. */
function doesNothing(node: Node): boolean {
  return node.type === 'pass_statement' || (node.type === 'return_statement' && node.namedChildren.length === 0);
}

/** A log line right after a step that calls something: `logger.info("Worker manager stopped")`. */
function belongsTo(leaf: Leaf, last: { readonly leaf: Leaf; readonly nodes: readonly Node[] }): boolean {
  const before = leaf.siblings[leaf.index - 1];
  if (!isLogLine(leaf.node) || before?.id !== last.nodes.at(-1)?.id || isLogLine(last.leaf.node)) return false;
  return last.leaf.node.type === 'expression_statement' && announcesStop(logMessages(leaf.node).join(' '));
}

function shutdownStep(leaf: Leaf, nodes: readonly Node[], context: HookContext): ShutdownStep {
  const { module } = context.definition;
  const range = { start: leaf.node.startIndex, end: endOf(nodes.at(-1) ?? leaf.node) };
  const calls = workCalls(leaf.node);
  const call = releasingCall(calls);
  const name = call && nameOf(call);
  const guarded = isGuarded(leaf.node);
  return {
    id: `${module.path}:${range.start}`,
    line: lineOf(leaf.node),
    range,
    indent: indentOf(module.text, range.start),
    ...(name ? { callee: name } : {}),
    guarded,
    releases: calls.some((call) => releases(nameOf(call))),
    flushes: calls.some((call) => flushes(nameOf(call))),
    leaves: leavesHook(leaf.node),
    binds: bindsOf(nodes),
    reads: readsOf(nodes),
    verbatim: verbatimRanges(nodes),
    copesWithoutStart: guarded ? 'yes' : copesWithoutStart(leaf.node, context),
  };
}

/** The calls of a statement, those that write to a log left out. */
function workCalls(node: Node): Node[] {
  return ownNodes(node, ['call']).filter((call) => !isLogCall(call) && !isLoggerOfCall(call));
}

/** `logging.getLogger(__name__)` of `logging.getLogger(__name__).info(…)`. */
function isLoggerOfCall(call: Node): boolean {
  const log = call.parent?.type === 'attribute' ? call.parent.parent : undefined;
  return log?.type === 'call' && isLogCall(log);
}

/** The call that releases something; the first call that does any work otherwise. */
function releasingCall(calls: readonly Node[]): Node | undefined {
  return calls.find((call) => releases(nameOf(call))) ?? calls.find((call) => !looksOnly(nameOf(call))) ?? calls[0];
}

function nameOf(call: Node): string {
  return calleeText(call.childForFieldName('function') ?? call);
}

/** A failure of the statement does not keep the next ones from running. */
export function isGuarded(node: Node): boolean {
  if (node.type === 'with_statement') return suppresses(node);
  if (node.type === 'if_statement')
    return ownNodes(node, ['block'])
      .filter((block) => block.parent?.type !== 'try_statement')
      .every((block) => insideTry(block, node) || statementsOf(block).every(isGuardedOrQuiet));
  if (node.type !== 'try_statement') return false;
  const handlers = handlersOf(node);
  return (
    handlers.some(catchesAll) &&
    !handlers.some((handler) => endsByRaising(handler) || ownNodes(handler, ['raise_statement']).length > 0)
  );
}

function insideTry(block: Node, outer: Node): boolean {
  for (let node = block.parent; node && node.id !== outer.id; node = node.parent)
    if (/^(try|with)_statement$/.test(node.type)) return true;
  return false;
}

function isGuardedOrQuiet(statement: Node): boolean {
  return isLogLine(statement) || statement.type === 'pass_statement' || isGuarded(statement);
}

/** It can return, raise or exit. A `raise` in a handler leaves too: the statements after it do not run. */
function leavesHook(node: Node): boolean {
  const ways = ownNodes(node, ['return_statement', 'raise_statement', 'call', 'break_statement', 'continue_statement']);
  return ways.some((way) => {
    if (way.type === 'call') return isExit(way);
    if (/^(break|continue)_statement$/.test(way.type)) return !loopInside(way, node);
    return true;
  });
}

function loopInside(way: Node, outer: Node): boolean {
  for (let node = way.parent; node; node = node.parent) {
    if (/^(for|while)_statement$/.test(node.type)) return true;
    if (node.id === outer.id) return false;
  }
  return false;
}
