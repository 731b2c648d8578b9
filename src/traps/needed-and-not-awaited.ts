import type { Decision } from '../core/index.ts';
import { decidedSteps, isDetached, type TrapKind, trapAt } from './trap-kind.ts';

/** The reverse finding: a database that nobody waits for before the server listens. */
export const neededAndNotAwaited: TrapKind = {
  code: 'SC106',
  id: 'needed-and-not-awaited',
  title: 'Startup does not wait for something that requests need',
  level: 'warning',
  why: 'The server listens before this is done: the first requests fail, and where it fails as a whole, a server without its database goes on as if it were healthy.',
  instead: 'Await it. Where somebody has decided otherwise, a directive at the call says so.',
  find: (analysis) =>
    decidedSteps(analysis)
      .filter(({ decision, step }) => isDetached(step) && decision.decidedBy === 'heuristics' && isNeeded(decision))
      .map((one) =>
        trapAt(one, 'SC106', `${one.step.calls[0]?.callee} is not waited for, although what it does is critical`),
      ),
};

/** What else was seen says that startup must wait: only that it is a task already has decided. */
function isNeeded({ evidence }: Decision): boolean {
  const others = evidence.filter(({ rule }) => rule !== 'runs-as-a-task-already');
  const margin = others.reduce((sum, { weight, favours }) => sum + (favours === 'critical' ? weight : -weight), 0);
  return margin >= CLEARLY;
}

/** Two words that say so, or a known call. */
const CLEARLY = 4;
