import type { Node } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { announcesOutcome } from '../../../wording/outcomes.ts';
import { sameStem, wordsOf } from '../../../wording/words-of.ts';
import { calleeText } from '../../tree/dotted-name.ts';
import { isLogLine, logMessages } from '../../tree/log-lines.ts';
import { lineOf } from '../../tree/own-nodes.ts';
import { flagName, isReadyFlag, sharesWord } from '../attached.ts';
import { callsIn } from '../calls.ts';
import type { StepContext } from './context.ts';

/** A flag or log line further down says that this step is done: alone in the background it would make them lie. */
export function readinessFlags(step: StepContext): Hazard[] {
  const line = laterFlag(step) ?? laterLogLine(step);
  if (!line) return [];
  const at = { path: step.definition.module.path, line: lineOf(line) };
  return [{ kind: 'readiness-flag', what: `line ${at.line} says that it is done`, at, severity: 'unsafe' }];
}

function laterFlag({ flow, range, found }: StepContext): Node | undefined {
  return flow.startup.find(({ node }) => {
    if (node.getStart() < range.end || !isReadyFlag(node)) return false;
    const name = flagName(node);
    return name.isShared && (wordsOf(name.text).length === 0 || sharesWord(name.text, found));
  })?.node;
}

/** `logger.info('Heartbeat and listener started')` below the steps that start them; one right behind another step belongs to that one. */
function laterLogLine({ leaf, range, found, modules, flow }: StepContext): Node | undefined {
  if (found.every((call) => call.form === 'detached') || leaf.role !== 'statement') return undefined;
  const words = found.map((call) => wordsOf(calleeText(call.callee)));
  const startup = new Set(flow.startup.map(({ node }) => node));
  return leaf.siblings.find((node, at) => {
    if (node.getStart() < range.end || !startup.has(node) || !isLogLine(node)) return false;
    const before = leaf.siblings[at - 1];
    if (before && callsIn(before, modules).some((call) => call.form !== 'detached')) return false;
    const message = logMessages(node).join(' ');
    const said = wordsOf(message);
    return announcesOutcome(message) && words.some((own) => namesMost(own, said));
  });
}

/** At least half of the telling words of a name are said. */
function namesMost(words: readonly string[], said: readonly string[]): boolean {
  const shared = words.filter((word) => said.some((other) => sameStem(word, other)));
  return shared.length > 0 && shared.length * 2 >= words.length;
}
