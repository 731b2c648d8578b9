import { type CallExpression, Node, SyntaxKind } from 'ts-morph';
import { failsUnstarted } from '../../wording/stop-words.ts';
import type { ClassNode, Definition, Modules, SourceModule } from '../modules/definition.ts';
import { isExit } from '../steps/exits.ts';
import { dottedName } from '../tree/dotted-name.ts';
import { isLogCall } from '../tree/log-lines.ts';
import { bodyOf, unwrapped } from '../tree/own-nodes.ts';
import { isConditionalOn } from './guarded-uses.ts';
import { isSetLate } from './late-values.ts';
import type { ShutdownContext } from './shutdown.ts';
import { calleeOf, nodesRun } from './stop-calls.ts';

/** Whether code can run after a start that failed or never ran. */
export type Copes = 'yes' | 'no' | 'unknown';

/** Whether a shutdown statement can run although its start did not: read from the statement and the bodies that it calls. */
export function copesWithoutStart(statement: Node, { definition, modules }: ShutdownContext): Copes {
  const { module, owner } = definition;
  return copesOf(statement, { module, modules, depth: 0, ...(owner ? { owner } : {}) });
}

interface Reading {
  readonly module: SourceModule;
  readonly modules: Modules;
  readonly owner?: ClassNode;
  /** How many bodies were entered to get here. */
  readonly depth: number;
}

const MOST_BODIES_DEEP = 3;

function copesOf(root: Node, reading: Reading): Copes {
  if (reading.depth > 0 && refusesToRun(root)) return 'no';
  const late = dereferences(root).filter(({ path, node }) => isSetLate(path, node, reading.module, reading.owner));
  if (late.some(({ path, node }) => !isConditionalOn(node, path, root))) return 'no';
  return worst(callsRun(root).map((call) => copesOfCall(call, root, reading)));
}

function callsRun(root: Node): CallExpression[] {
  return nodesRun(root, [SyntaxKind.CallExpression]).filter(Node.isCallExpression);
}

function copesOfCall(call: CallExpression, root: Node, reading: Reading): Copes {
  if (isQuiet(call)) return 'yes';
  const callee = unwrapped(call.getExpression());
  const name = calleeOf(call);
  if (HARMLESS.test(name) || isConditionalOn(call, receiverOf(callee), root)) return 'yes';
  const definition = reading.modules.resolve(callee);
  if (definition?.kind === 'function') return copesOfFunction(definition, reading);
  if (definition?.kind === 'class') return 'yes';
  if (definition?.kind === 'external') {
    if (THROWS_BY_ITSELF.test(definition.qualifiedName)) return 'no';
    if (COPES_BY_ITSELF.test(definition.qualifiedName)) return 'yes';
  }
  return reading.depth > 0 && !failsUnstarted(name) ? 'yes' : 'unknown';
}

/** It writes to a log, or ends the process. */
function isQuiet(call: Node): boolean {
  return isLogCall(call) || isExit(call);
}

function copesOfFunction(definition: Extract<Definition, { kind: 'function' }>, reading: Reading): Copes {
  const { node, module, owner } = definition;
  const body = bodyOf(node);
  if (!body || reading.depth >= MOST_BODIES_DEEP) return 'unknown';
  return copesOf(body, { module, modules: reading.modules, depth: reading.depth + 1, ...(owner ? { owner } : {}) });
}

/** `if (!this.running) throw new Error('not started')`. */
function refusesToRun(body: Node): boolean {
  return nodesRun(body, [SyntaxKind.ThrowStatement]).some((thrown) => {
    const branch = Node.isBlock(thrown.getParent()) ? thrown.getParent()?.getParent() : thrown.getParent();
    return (
      Node.isIfStatement(branch) &&
      /start|run|init|connect|open|ready|null|undefined|!/i.test(branch.getExpression().getText())
    );
  });
}

/** Names that are used as objects: `this.timer` in `this.timer.unref()`, `stopMail` in `stopMail()`. */
function dereferences(root: Node): { readonly path: string; readonly node: Node }[] {
  const kinds = [SyntaxKind.PropertyAccessExpression, SyntaxKind.ElementAccessExpression, SyntaxKind.CallExpression];
  return nodesRun(root, kinds).flatMap((node) => {
    const isRead =
      Node.isPropertyAccessExpression(node) || Node.isElementAccessExpression(node) || Node.isCallExpression(node);
    const path = isRead ? dottedName(node.getExpression()) : undefined;
    return path ? [{ path, node }] : [];
  });
}

function receiverOf(callee: Node): string {
  return dottedName(Node.isPropertyAccessExpression(callee) ? callee.getExpression() : callee) ?? '';
}

/** Calls that do no harm to an object that was never started, or that were given none: `clearInterval(undefined)`. */
const HARMLESS =
  /^(clear(Interval|Timeout|Immediate)|set(Interval|Timeout|Immediate)|queueMicrotask|String|Number|Boolean|Array\.\w+|Object\.\w+|JSON\.\w+|Math\.\w+|Date\.now|Promise\.\w+|resolve|reject|process\.(on|once|off|removeListener|removeAllListeners|uptime|hrtime)|fs\.existsSync|existsSync)$|\.(clear|abort|then|catch|finally|unref|map|filter|forEach|flatMap|values|keys|entries|get|has|set|add|delete|push|splice|slice|pop|shift|emit|off|removeListener|removeAllListeners|bind|toString|join)$/;

/** Objects of these libraries can be closed whatever they did before. */
const COPES_BY_ITSELF =
  /^(https?|net|events|timers|worker_threads|perf_hooks|ioredis|bullmq|bull|pg|mysql2|mongoose|mongodb|@prisma\/client|knex|sequelize|kafkajs|undici|ws|socket\.io|chokidar|node-cron|croner|discord\.js|pino|winston|express|fastify|@nestjs\/\w+|@opentelemetry\/[\w-]+)\b/;

/** Those of these refuse it: `Bot is not running!`. */
const THROWS_BY_ITSELF = /^(telegraf\.(Telegraf\.)?|typeorm\.(DataSource\.)?)(stop|destroy|close)$/;

function worst(answers: readonly Copes[]): Copes {
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}
