import { Node, SyntaxKind } from 'ts-morph';
import { releases } from '../../wording/stop-words.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { lineOf } from '../tree/own-nodes.ts';
import type { Registration } from './registrations.ts';
import { shutdownLeaves } from './shutdown-leaves.ts';
import { calleeOf, nodesRun, releasingCall, workCalls } from './stop-calls.ts';

/** What to tell the user about a handler of a signal. */
export function handlerNotes(body: Node, registration: Registration): readonly string[] {
  return [...secondSignal(body, registration), ...removedListeners(body, registration), ...wrongOrder(body)];
}

/** Handlers that wait for something can be called again meanwhile: impatient people press Ctrl+C twice. */
function secondSignal(body: Node, { what, once }: Registration): readonly string[] {
  if (once || !/^SIG/.test(what) || nodesRun(body, [SyntaxKind.AwaitExpression]).length === 0) return [];
  const isGuarded = nodesRun(body, [SyntaxKind.IfStatement]).some(
    (one) => Node.isIfStatement(one) && SAYS_IT_ENDS.test(one.getExpression().getText()),
  );
  return isGuarded
    ? []
    : [`a second signal runs the handler in line ${lineOf(body)} again while the first run is under way`];
}

const SAYS_IT_ENDS = /shutt?ing|shutdown|clos|exit|stop|terminat|ending|done|called|progress|dying/i;

/** `process.removeAllListeners('SIGTERM')`: those of libraries and of other modules do not run. */
function removedListeners(body: Node, { call, what }: Registration): readonly string[] {
  const scope = call.getFirstAncestor((one) => Node.isBlock(one) || Node.isSourceFile(one)) ?? body;
  const removing = [body, scope]
    .flatMap((one) => nodesRun(one, [SyntaxKind.CallExpression]))
    .filter(Node.isCallExpression)
    .find((one) => /^process\.removeAllListeners$/.test(calleeText(one.getExpression())));
  return removing ? [`line ${lineOf(removing)} removes the listeners that other code has added for ${what}`] : [];
}

/** A database that is closed before what still works with it. */
function wrongOrder(body: Node): readonly string[] {
  const stops = shutdownLeaves(body).flatMap(({ node }) => {
    const call = releasingCall(workCalls(node));
    return call && releases(calleeOf(call)) ? [{ name: calleeOf(call), line: lineOf(node) }] : [];
  });
  const store = stops.findIndex(({ name }) => STORE.test(name) && !USER.test(name));
  const user = store < 0 ? undefined : stops.slice(store + 1).find(({ name }) => USER.test(name));
  const closed = stops[store];
  return closed && user
    ? [`${closed.name} in line ${closed.line} comes before ${user.name} in line ${user.line}, which may still need it`]
    : [];
}

const STORE =
  /prisma|mongo|sequelize|knex|typeorm|dataSource|database|(^|[^a-z])db([^a-z]|$)|DB\b|\bpool\b|postgres|mysql|sqlite/i;

const USER = /worker|queue|job|agenda|scheduler|cron|consumer|poller|^(this\.)?(http)?server\.|bot\b/i;
