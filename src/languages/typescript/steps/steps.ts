import { Node } from 'ts-morph';
import { type Directive, isWithin, type StartupStep, type TextRange } from '../../../core/index.ts';
import { blockAbove, directiveOf, proseOf, trailingOn } from '../../wording/comment-lines.ts';
import { announcesOutcome } from '../../wording/outcomes.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import type { Comments } from '../tree/comments.ts';
import { isLogLine, logMessages } from '../tree/log-lines.ts';
import { isInside, lineOf, rangeOf, scopeOf } from '../tree/own-nodes.ts';
import { indentOf, verbatimRanges } from '../tree/text-ranges.ts';
import { type Attached, attachedAfter } from './attached.ts';
import { callsGivenBack, callsIn, type FoundCall } from './calls.ts';
import { failureOf } from './failure.ts';
import { hazardsOf } from './hazards/index.ts';
import type { HookFlow, Leaf } from './hook-flow.ts';
import { bindsOf, readsOf } from './name-uses.ts';
import { startupCall } from './startup-calls.ts';
import { gatherMembers, shapeOf } from './step-shape.ts';

/** Everything that the steps of one hook are read from. */
export interface HookContext {
  readonly definition: HookDefinition;
  readonly modules: Modules;
  readonly body: Node;
  readonly flow: HookFlow;
  readonly comments: Comments;
}

/** The startup steps of a hook in source order. */
export function startupSteps(context: HookContext): StartupStep[] {
  const units = context.flow.startup.map((leaf) => unitOf(leaf, context));
  const taken = units.flatMap((unit) => unit.attached.map((one) => one.range));
  const isTaken = ({ leaf }: Unit) => taken.some((range) => isWithin(rangeOf(leaf.node), range));
  const isEmpty = ({ leaf, found }: Unit) => leaf.role === 'listening' && found.length === 0;
  return units.filter((unit) => !isTaken(unit) && !isEmpty(unit)).flatMap((unit) => stepsOf(unit, context));
}

/** A leaf statement with what belongs to it. */
interface Unit {
  readonly leaf: Leaf;
  readonly found: readonly FoundCall[];
  readonly attached: readonly Attached[];
}

function unitOf(leaf: Leaf, context: HookContext): Unit {
  const found = callsOf(leaf, context);
  return { leaf, found, attached: attachedAfter(leaf, found) };
}

/**
 * Of the statement that listens what it calls up to the listen, in its own scope: functions in it are hooks of their own. The call
 * that listens is no awaited work, but startup waits for it all the same. What a framework's function gives back is awaited.
 */
function callsOf({ node, role }: Leaf, { definition, modules }: HookContext): FoundCall[] {
  const calls = callsIn(node, modules);
  const { listen, form, awaitedBy } = definition;
  if (role === 'listening' && listen)
    return calls
      .filter(({ callee }) => scopeOf(callee) === scopeOf(node) && callee.getStart() < listen.getEnd())
      .map((one) => ({ ...one, form: formBefore(listen, one) }));
  if (form !== 'startup-event' || awaitedBy || calls.length > 0) return calls;
  if (Node.isReturnStatement(node)) return callsGivenBack(node.getExpression(), modules);
  return Node.isExpression(node) && role === 'statement' ? callsGivenBack(node, modules) : calls;
}

/** What a chain of promises does before it listens is waited for, though nothing awaits the chain. */
function formBefore(listen: Node, { form, node, call, callee }: FoundCall): FoundCall['form'] {
  if (isInside(listen, call ?? callee)) return 'sync';
  return form === 'detached' && (isInside(listen, node) || isInside(node, listen)) ? 'await' : form;
}

function stepsOf(unit: Unit, context: HookContext): StartupStep[] {
  const { definition, modules } = context;
  const { leaf, attached } = unit;
  const members =
    leaf.role !== 'statement' || attached.length > 0 ? [] : gatherMembers(leaf.node, definition.module.path, modules);
  if (members.length === 0) return [stepOf(unit, context)];
  return members.map(({ call, gather }) => {
    const step = stepOf({ ...unit, found: [call] }, context);
    const reads = call.call ? readsOf([call.call]) : step.reads;
    const id = `${definition.module.path}:${gather.argument.start}`;
    return { ...step, id, line: lineOf(call.callee), shape: 'gather-member', gather, reads };
  });
}

function stepOf(unit: Unit, context: HookContext): StartupStep {
  const { leaf, found, attached } = unit;
  const { definition, modules } = context;
  const { module } = definition;
  const nodes = [leaf.node, ...attached.map((one) => one.node)];
  const range = rangeAround(nodes);
  const isWhole = attached.length > 0 || (leaf.role !== 'statement' && found.length > 0);
  const shape = isWhole ? 'statements' : shapeOf(leaf.node, found);
  const calls = found.map((call) => startupCall(call, modules));
  const failure = failureOf(leaf.node, leaf.scopes, definition.listen);
  return {
    id: `${module.path}:${range.start}`,
    line: calls[0]?.line ?? lineOf(leaf.node),
    range,
    indent: indentOf(module.text, range.start),
    shape,
    calls,
    attached: attached.map(({ range: at, why }) => ({ range: at, why })),
    verbatim: verbatimRanges(nodes),
    binds: bindsOf(nodes),
    reads: readsOf(nodes),
    declarations: [],
    conditional: leaf.conditional,
    failure,
    ...wordsAround(leaf, nodes, context),
    hazards: hazardsOf({ ...context, leaf, nodes, attached, range, shape, found, calls, failure }),
  };
}

function rangeAround(nodes: readonly Node[]): TextRange {
  const first = nodes[0];
  const last = nodes.at(-1);
  return first && last ? { start: first.getStart(), end: last.getEnd() } : { start: 0, end: 0 };
}

/** Directive, comment and log messages of a step. */
function wordsAround(
  leaf: Leaf,
  nodes: readonly Node[],
  { comments, modules }: HookContext,
): Pick<StartupStep, 'directive' | 'comment' | 'logs'> {
  const first = lineOf(nodes[0] ?? leaf.node);
  const last = (nodes.at(-1) ?? leaf.node).getEndLineNumber();
  const above = blockAbove(first, comments);
  const trailing = trailingOn(first, last, comments);
  const directive = [...above, ...trailing]
    .map(directiveOf)
    .findLast((one): one is Directive => one !== undefined && one !== 'invalid');
  const comment = proseOf([...commentsOfPreparation(leaf, comments, modules), ...above, ...trailing]);
  return { ...(directive ? { directive } : {}), ...(comment ? { comment } : {}), logs: logsAround(leaf, nodes) };
}

/** The comment above the dynamic imports and look-ups that lead to a step speaks of the step. */
function commentsOfPreparation(leaf: Leaf, comments: Comments, modules: Modules) {
  if (leaf.role !== 'statement') return [];
  const roots = (node: Node) => readsOf([node]).map((path) => path.split('.')[0] ?? path);
  const reads = new Set(roots(leaf.node));
  let top: Node | undefined;
  for (const node of leaf.siblings.slice(0, leaf.index).reverse()) {
    const binds = bindsOf([node]);
    if (!binds.some((name) => reads.has(name)) || callsIn(node, modules).length > 0) break;
    for (const root of roots(node)) reads.add(root);
    top = node;
  }
  return top ? blockAbove(lineOf(top), comments) : [];
}

function logsAround(leaf: Leaf, nodes: readonly Node[]): string[] {
  const before: Node[] = [];
  for (const node of leaf.siblings.slice(0, leaf.index).reverse()) {
    if (!isLogLine(node) || announcesOutcome(logMessages(node).join(' '))) break;
    before.unshift(node);
  }
  return [...before, ...nodes].flatMap(logMessages);
}
