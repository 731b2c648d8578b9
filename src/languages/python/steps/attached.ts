import type { AttachedStatement } from '../../../core/index.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { announcesOutcome, speaksOfWholeStartup } from '../../wording/outcomes.ts';
import { sameStem, wordsOf } from '../../wording/words-of.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isLogLine, logMessages } from '../tree/log-lines.ts';
import { childrenOf, ownNodes, rangeOf, statementsOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import type { FoundCall } from './calls.ts';
import type { Leaf } from './hook-flow.ts';
import { identifiersIn } from './identifiers.ts';
import { bindsOf, readsOf } from './name-uses.ts';

/** A statement that belongs to a step, with its node. */
export interface Attached extends AttachedStatement {
  readonly node: Node;
}

/** The statements right after a step that would be wrong once the step runs later: log lines, flags, uses of its result. */
export function attachedAfter(leaf: Leaf, calls: readonly FoundCall[]): Attached[] {
  if (leaf.role !== 'statement' || calls.length === 0 || calls.every((call) => call.form === 'detached')) return [];
  const attached: Attached[] = [];
  const results = bindsOf([leaf.node]).filter((name) => !name.includes('.'));
  for (const node of leaf.siblings.slice(leaf.index + 1)) {
    const why = whyAttached(node, leaf.node, calls, results);
    if (!why) break;
    attached.push({ node, range: rangeOf(node), why });
  }
  return attached;
}

/** Local imports right before a step of several statements, when nothing else in the hook uses their names. */
export function importsBefore(leaf: Leaf, attached: readonly Attached[], body: Node): Attached[] {
  const step = [leaf.node, ...attached.map((one) => one.node)];
  const end = step.at(-1)?.endIndex ?? leaf.node.endIndex;
  const imports: Attached[] = [];
  for (const node of leaf.siblings.slice(0, leaf.index).reverse()) {
    if (!/^import(_from)?_statement$/.test(node.type)) break;
    const names = bindsOf([node]);
    const uses = ownIdentifiers(body, names).filter(
      (use) => use.startIndex >= node.endIndex || use.startIndex < node.startIndex,
    );
    if (
      names.length === 0 ||
      uses.length === 0 ||
      uses.some((use) => use.startIndex < node.startIndex || use.startIndex >= end)
    )
      break;
    imports.unshift({ node, range: rangeOf(node), why: 'local-import' });
  }
  return imports;
}

function ownIdentifiers(body: Node, names: readonly string[]): Node[] {
  return identifiersIn(body).filter((node) => names.includes(node.text));
}

function whyAttached(
  node: Node,
  step: Node,
  calls: readonly FoundCall[],
  results: readonly string[],
): AttachedStatement['why'] | undefined {
  if (announces(node, step, calls)) return 'log-line';
  if (isReadyFlag(node)) return 'flag';
  return isPureLog(node) &&
    readsOf([node])
      .concat(namesLogged(node))
      .some((path) => results.includes(path.split('.')[0] ?? path))
    ? 'uses-result'
    : undefined;
}

/** A log line that says what the step has done; one about the whole startup stays, unless it names the step. */
function announces(node: Node, step: Node, calls: readonly FoundCall[]): boolean {
  if (!isLogLine(node)) return false;
  const message = logMessages(node).join(' ');
  if (!announcesOutcome(message)) return false;
  const namesStep = sharesWord(message, calls);
  return namesStep || (!speaksOfWholeStartup(message) && step.type === 'expression_statement');
}

/** A text names the step: it shares a telling word with one of its callees. */
export function sharesWord(text: string, calls: readonly FoundCall[]): boolean {
  const said = wordsOf(text);
  return calls.some((call) =>
    wordsOf(calleeText(call.callee)).some((word) => said.some((other) => sameStem(word, other))),
  );
}

const READY =
  /(ready|started|initiali[sz]ed|loaded|running|available|enabled|healthy|connected|complete|completed|warm|warmed|active|up|done)$/i;

/** `self.ready = True`, `app.state.model_loaded = True`, `status["ready"] = True`. */
export function isReadyFlag(node: Node): boolean {
  const assignment = childrenOf(node)[0];
  if (node.type !== 'expression_statement' || assignment?.type !== 'assignment') return false;
  const value = assignment.childForFieldName('right');
  const target = assignment.childForFieldName('left');
  if (!value || !target || !/^(attribute|subscript|identifier)$/.test(target.type)) return false;
  return (
    (value.type === 'true' && READY.test(flagName(node).text)) ||
    (value.type === 'string' && READY.test(value.text.replace(/["']/g, '')))
  );
}

/** The name of the flag that a statement sets, and whether other code can see it. */
export function flagName(statement: Node): { readonly text: string; readonly isShared: boolean } {
  const target = childrenOf(statement)[0]?.childForFieldName('left');
  if (!target) return { text: '', isShared: false };
  if (target.type !== 'subscript') return { text: lastPart(calleeText(target)), isShared: target.type === 'attribute' };
  return { text: (target.childForFieldName('subscript')?.text ?? '').replace(/["']/g, ''), isShared: true };
}

/** Log lines, alone or under an `if`: nothing else happens in it. */
function isPureLog(node: Node): boolean {
  if (isLogLine(node)) return true;
  if (!/^(if|for)_statement$/.test(node.type)) return false;
  return (
    ownNodes(node, ['block']).every((block) => statementsOf(block).every(isPureLog)) &&
    ownNodes(node, ['await', 'yield']).length === 0
  );
}

function namesLogged(node: Node): string[] {
  return identifiersIn(node).map((name) => name.text);
}
