import { type Directive, isWithin, type StartupStep, type TextRange } from '../../../core/index.ts';
import { blockAbove, directiveOf, proseOf, trailingOn } from '../../wording/comment-lines.ts';
import { announcesOutcome } from '../../wording/outcomes.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import type { Comments } from '../tree/comments.ts';
import { isLogLine, logMessages } from '../tree/log-lines.ts';
import { endOf, lineOf, rangeOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { indentOf, verbatimRanges } from '../tree/text-ranges.ts';
import { type Attached, attachedAfter, importsBefore } from './attached.ts';
import { callsIn, enteredCalls, type FoundCall } from './calls.ts';
import { failureOf } from './failure.ts';
import { hazardsOf } from './hazards/index.ts';
import type { HookFlow, Leaf } from './hook-flow.ts';
import { loopRunsIn } from './loop-runs.ts';
import { bindsOf, declaredNames, readsOf } from './name-uses.ts';
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
  const declared = declaredNames(context.body);
  const isTaken = ({ leaf }: Unit) => taken.some((range) => isWithin(rangeOf(leaf.node), range));
  return units.filter((unit) => !isTaken(unit)).flatMap((unit) => stepsOf(unit, context, declared));
}

/** A leaf statement with what belongs to it. */
interface Unit {
  readonly leaf: Leaf;
  readonly found: readonly FoundCall[];
  readonly attached: readonly Attached[];
}

function unitOf(leaf: Leaf, { definition, body }: HookContext): Unit {
  const found = callsOf(leaf, definition);
  const after = attachedAfter(leaf, found);
  const isWhole = after.length > 0 || shapeOf(leaf.node, found) === 'statements';
  const isGather = gatherMembers(leaf.node, definition.module.path).length > 0;
  const before =
    isWhole && !isGather && found.some((call) => call.form !== 'detached') && leaf.role === 'statement'
      ? importsBefore(leaf, after, body)
      : [];
  return { leaf, found, attached: [...before, ...after] };
}

function callsOf({ node, role }: Leaf, { serving }: HookDefinition): FoundCall[] {
  if (role === 'scope' && node.parent) return enteredCalls(node.parent);
  return serving?.isSync ? [...loopRunsIn(node), ...callsIn(node)] : callsIn(node);
}

type Declared = ReadonlyMap<string, 'global' | 'nonlocal'>;

function stepsOf(unit: Unit, context: HookContext, declared: Declared): StartupStep[] {
  const { definition } = context;
  const members =
    unit.leaf.role !== 'statement' || unit.attached.length > 0
      ? []
      : gatherMembers(unit.leaf.node, definition.module.path);
  if (members.length === 0) return [stepOf(unit, context, declared)];
  return members.map(({ call, gather }) => {
    const step = stepOf({ ...unit, found: [call] }, context, declared);
    const reads = call.callee.parent ? readsOf([call.callee.parent]) : step.reads;
    const id = `${definition.module.path}:${gather.argument.start}`;
    return { ...step, id, line: lineOf(call.callee), shape: 'gather-member', gather, reads };
  });
}

function stepOf(unit: Unit, context: HookContext, declared: Declared): StartupStep {
  const { leaf, found, attached } = unit;
  const { definition, modules } = context;
  const { module } = definition;
  const nodes = [...attached.map((one) => one.node), leaf.node].sort(
    (left, right) => left.startIndex - right.startIndex,
  );
  const range = rangeAround(nodes);
  const shape =
    attached.length > 0 || (leaf.role !== 'statement' && found.length > 0) ? 'statements' : shapeOf(leaf.node, found);
  const calls = found.map((call) => startupCall(call, module, modules));
  const failure = failureOf(leaf.node, leaf.scopes);
  const binds = bindsOf(nodes);
  const said = wordsAround(leaf, nodes, context.comments);
  return {
    id: `${module.path}:${range.start}`,
    line: calls[0]?.line ?? lineOf(leaf.node),
    range,
    indent: indentOf(module.text, range.start),
    shape,
    calls,
    attached: attached.map(({ range: at, why }) => ({ range: at, why })),
    verbatim: verbatimRanges(nodes),
    binds,
    reads: readsOf(nodes),
    declarations: [...declared].filter(([name]) => binds.includes(name)).map(([name, keyword]) => `${keyword} ${name}`),
    conditional: leaf.conditional,
    failure,
    ...said,
    hazards: hazardsOf({ ...context, leaf, nodes, attached, range, shape, found, calls, failure, declared }),
  };
}

function rangeAround(nodes: readonly Node[]): TextRange {
  const first = nodes[0];
  const last = nodes.at(-1);
  return first && last ? { start: first.startIndex, end: endOf(last) } : { start: 0, end: 0 };
}

/** Directive, comment and log messages of a step. */
function wordsAround(
  leaf: Leaf,
  nodes: readonly Node[],
  comments: Comments,
): Pick<StartupStep, 'directive' | 'comment' | 'logs'> {
  const first = lineOf(nodes[0] ?? leaf.node);
  const last = (nodes.at(-1) ?? leaf.node).endPosition.row + 1;
  const above = blockAbove(first, comments);
  const trailing = trailingOn(first, last, comments);
  const directive = [...above, ...trailing]
    .map(directiveOf)
    .findLast((one): one is Directive => one !== undefined && one !== 'invalid');
  const comment = proseOf([...commentsOfPreparation(leaf, comments), ...above, ...trailing]);
  return { ...(directive ? { directive } : {}), ...(comment ? { comment } : {}), logs: logsAround(leaf, nodes) };
}

/** The comment above the local imports and look-ups that lead to a step speaks of the step. */
function commentsOfPreparation(leaf: Leaf, comments: Comments) {
  const reads = new Set(readsOf([leaf.node]).map((path) => path.split('.')[0] ?? path));
  let top: Node | undefined;
  for (const node of leaf.siblings.slice(0, leaf.index).reverse()) {
    const binds = bindsOf([node]);
    if (binds.length === 0 || callsIn(node).length > 0 || !binds.some((name) => reads.has(name))) break;
    for (const path of readsOf([node])) reads.add(path.split('.')[0] ?? path);
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
