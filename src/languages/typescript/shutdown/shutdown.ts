import { Node } from 'ts-morph';
import type { ShutdownStep } from '../../../core/index.ts';
import { announcesStop, flushes, releases } from '../../wording/stop-words.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import { bindsOf, readsOf } from '../steps/name-uses.ts';
import type { Comments } from '../tree/comments.ts';
import { isLogLine, logMessages } from '../tree/log-lines.ts';
import { lineOf } from '../tree/own-nodes.ts';
import { indentOf, verbatimRanges } from '../tree/text-ranges.ts';
import { isGuarded, leaves } from './guarded.ts';
import { type ShutdownLeaf, shutdownLeaves } from './shutdown-leaves.ts';
import { copesWithoutStart } from './stop-bodies.ts';
import { calleeOf, releasingCall, workCalls } from './stop-calls.ts';

/** What the shutdown steps of a hook are read from. */
export interface ShutdownContext {
  readonly definition: HookDefinition;
  readonly modules: Modules;
  readonly body: Node;
  readonly comments: Comments;
}

/** The shutdown steps of a hook in the order in which they run, log lines that announce a stop with the step before them. */
export function shutdownSteps(context: ShutdownContext): ShutdownStep[] {
  if (context.definition.form !== 'shutdown-event') return [];
  const units: { readonly leaf: ShutdownLeaf; readonly nodes: Node[] }[] = [];
  for (const leaf of shutdownLeaves(context.body)) {
    const last = units.at(-1);
    if (last && belongsTo(leaf, last)) last.nodes.push(leaf.node);
    else units.push({ leaf, nodes: [leaf.node] });
  }
  return units.map(({ leaf, nodes }) => shutdownStep(leaf, nodes, context));
}

/** A log line right after a step that calls something: `logger.info('Worker stopped')`. */
function belongsTo(
  leaf: ShutdownLeaf,
  last: { readonly leaf: ShutdownLeaf; readonly nodes: readonly Node[] },
): boolean {
  const before = leaf.siblings[leaf.index - 1];
  if (last.leaf.head || !isLogLine(leaf.node) || before !== last.nodes.at(-1) || isLogLine(last.leaf.node))
    return false;
  return Node.isExpressionStatement(last.leaf.node) && announcesStop(logMessages(leaf.node).join(' '));
}

function shutdownStep(leaf: ShutdownLeaf, nodes: readonly Node[], context: ShutdownContext): ShutdownStep {
  const { module } = context.definition;
  const range = leaf.head ?? { start: leaf.node.getStart(), end: (nodes.at(-1) ?? leaf.node).getEnd() };
  const calls = workCalls(leaf.node);
  const call = releasingCall(calls);
  // What a call with a callback goes wrong with, it tells the callback.
  const guarded = (leaf.head !== undefined && !isPromised(leaf)) || leaf.endsTry || isGuarded(leaf.node);
  return {
    id: `${module.path}:${range.start}`,
    line: lineOf(leaf.node),
    range,
    indent: indentOf(module.text, range.start),
    ...(call ? { callee: calleeOf(call) } : {}),
    guarded,
    releases: calls.some((one) => releases(calleeOf(one))),
    flushes: calls.some((one) => flushes(calleeOf(one))),
    // Where a promise is rejected, what follows in `then` is left out.
    leaves: leaf.head === undefined ? leaves(leaf.node) : isPromised(leaf),
    binds: bindsOf(nodes),
    reads: readsOf(nodes),
    verbatim: verbatimRanges(nodes),
    copesWithoutStart: guarded ? 'yes' : copesWithoutStart(leaf.node, context),
  };
}

/** `worker.stop().then(() => { … })` */
function isPromised({ node, head }: ShutdownLeaf): boolean {
  return head !== undefined && /\.then$/.test(node.getSourceFile().getFullText().slice(head.start, head.end));
}
