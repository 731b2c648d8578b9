import { Node } from 'ts-morph';
import type { Modules } from '../modules/definition.ts';
import { calleeText } from '../tree/dotted-name.ts';
import { isAsyncFunction } from '../tree/own-nodes.ts';

/** A call of it gives a promise: an async function of the project, or a library's call that is known for it. */
export function returnsPromise(callee: Node, modules: Modules | undefined): boolean {
  const definition = modules?.resolve(callee);
  const known = definition && modules?.isAsync(definition);
  if (known !== undefined) return known;
  if (definition?.kind === 'function') return isAsyncFunction(definition.node);
  if (definition && definition.kind !== 'external' && definition.kind !== 'value') return false;
  if (definition?.kind === 'external' && EXTERNAL.some((one) => one.test(definition.qualifiedName))) return true;
  return BY_NAME.test(calleeText(callee)) && isMember(callee);
}

function isMember(callee: Node): boolean {
  return Node.isPropertyAccessExpression(callee);
}

/** Library calls that give a promise, by what they resolve to. */
const EXTERNAL: readonly RegExp[] = [
  /^mongoose(\(\))?\.(connect|disconnect|syncIndexes|createConnection\(\)\.asPromise)$/,
  /^mongodb\.MongoClient\.connect$/,
  /^@prisma\/client\.PrismaClient\.(\$connect|\$disconnect|\$(query|execute)Raw(Unsafe)?)$/,
  /^sequelize(-typescript)?\.Sequelize\.(sync|authenticate|close)$/,
  /^typeorm\.(createConnection|createConnections|DataSource\.(initialize|runMigrations|synchronize|destroy))$/,
  /^knex(\(\))?\.migrate\.(latest|up|down|rollback)$/,
  /^(redis|@redis\/client|@node-redis\/client)\.(createClient|createCluster)\(\)\.(connect|disconnect|quit)$/,
  /^discord\.js\.Client\.(login|destroy)$/,
  /^(telegraf|grammy)\.(Telegraf|Bot)\.(launch|start)$/,
  /^@slack\/bolt\.App\.(start|stop)$/,
  /^kafkajs\.Kafka\.(producer|consumer|admin)\(\)\.(connect|disconnect|subscribe|run)$/,
  /^(amqplib|amqp-connection-manager)\.connect$/,
  /^pg\.(Client|Pool)\.(connect|query|end)$/,
  /^mqtt\.connectAsync$/,
  /^(agenda|@hokify\/agenda)(\.Agenda)?\.(start|stop)$/,
  /^pg-boss(\.PgBoss)?\.(start|stop|work)$/,
  /^nats\.connect$/,
  /^i18next(\(\))?\.init$/,
  /^fs\/promises\./,
  /^fs\.promises\./,
];

/** The same where the receiver's class is not known. */
const BY_NAME =
  /(^|[.\w])(mongoose\.connect|prisma\w*\.\$connect|(db|sequelize)\.(sync|authenticate)|(models|db)\.sequelize\.(sync|authenticate)|(discord|bot)?client\.login|(bot|telegraf)\.(launch|login)|(app)?datasource\.initialize|(redis|client|redisclient|pubclient|subclient|cacheclient|kafka|producer|consumer|rabbit\w*|mongo\w*client)\.connect|consumer\.(subscribe|run))$/i;
