import { Node, SyntaxKind } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import type { HookDefinition } from '../../src/languages/typescript/modules/definition.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { loggerOf } from '../../src/languages/typescript/placing/logger.ts';
import { bodyOf, isFunction } from '../../src/languages/typescript/tree/own-nodes.ts';
import { memoryProject } from '../memory-project.ts';

/** The logger of a file whose hooks are the functions of the names, or its top level; `at` is where the tasks are made. */
function loggerIn(text: string, hooks: readonly string[] = ['main'], at?: string, others: Record<string, string> = {}) {
  const modules = createModules(memoryProject({ ...others, 'src/main.ts': text }));
  const module = modules.at('src/main.ts');
  if (!module) throw new Error(modules.errorAt('src/main.ts'));
  const definitions = hooks.map((name): HookDefinition => {
    const node = module.root.getDescendants().find((one) => isFunction(one) && nameOf(one) === name);
    const body = bodyOf(node) ?? module.root;
    const form = name.startsWith('stop') || name === 'onModuleDestroy' ? 'shutdown-event' : 'before-listen';
    return {
      framework: 'express',
      form,
      module,
      name,
      body,
      ...(node ? { node } : {}),
      outer: node ?? module.root,
      notes: [],
    };
  });
  const offset = at === undefined ? undefined : text.indexOf(at);
  const place = { expression: 'startupTasks', kind: 'local', heldAt: 0, heldIndent: '', madeIndent: '' } as const;
  return loggerOf(module, definitions, modules, offset === undefined ? [] : [{ ...place, madeAt: offset }]);
}

function nameOf(node: Node): string | undefined {
  if (Node.isConstructorDeclaration(node)) return 'constructor';
  const holder = node.getParentIfKind(SyntaxKind.VariableDeclaration);
  if (holder) return holder.getName();
  return Node.hasName(node) || Node.isNameable(node) ? node.getName() : undefined;
}

describe('the logger of a file', () => {
  it.each([
    ["import { logger } from './logger';\nasync function main() { logger.info('zürich'); }", 'logger', 'other'],
    ["import pino from 'pino';\nconst log = pino();\nasync function main() { log.info('up'); }", 'log', 'pino'],
    ["import pino from 'pino';\nconst log = pino();\nasync function main() {}", 'log', 'pino'],
    [
      "import winston from 'winston';\nconst rootLogger = winston.createLogger({});\nasync function main() { rootLogger.info('up'); }",
      'rootLogger',
      'winston',
    ],
    [
      "const log4js = require('log4js');\nconst logger = log4js.getLogger('api');\nasync function main() { logger.warn('up'); }",
      'logger',
      'other',
    ],
    ["import { consola } from 'consola';\nasync function main() { consola.info('up'); }", 'consola', 'other'],
    ["import { Logger } from '@nestjs/common';\nasync function main() { Logger.log('up'); }", 'Logger', 'nest'],
    [
      "import { Logger } from '@nestjs/common';\nasync function main() { const logger = new Logger('main'); logger.log('up'); }\nfunction x() { Logger.log(''); }",
      'Logger',
      'nest',
    ],
    [
      "import Fastify from 'fastify';\nconst app = Fastify();\nasync function main() { app.log.info('up'); }",
      'app.log',
      'pino',
    ],
    ["export async function main(fastify) { fastify.log.info('up'); }", 'fastify.log', 'pino'],
    ["async function main({ logger }) { logger.info('up'); }", 'logger', 'other'],
    ["const main = async () => { strapi.log.info('up'); };", 'strapi.log', 'other'],
    ["async function main() { console.log('up'); }", 'console', 'console'],
    ['async function main() {}', 'console', 'console'],
  ])('of %j is %s', (text, expression, library) => {
    expect(loggerIn(text)).toMatchObject({ expression, library });
  });

  it('is the one that the hooks log with, rather than the console or another', () => {
    const text =
      "const log = pino();\nconst auditLog = pino();\nasync function main() { console.log('x'); log.info('y'); }\nauditLog.info('1'); auditLog.info('2');";
    expect(loggerIn(text).expression).toBe('log');
  });

  it('stands above what uses it', () => {
    const text =
      "import pino from 'pino';\nimport { db } from './db';\nconst app = express();\nconst log = pino();\n\nasync function main() { log.info('up'); }\n";
    expect(text.slice(loggerIn(text).setUpAt)).toBe("\nasync function main() { log.info('up'); }\n");
    expect('x();\n'.slice(loggerIn('x();\n', []).setUpAt)).toBe('x();\n');
  });

  it('is a field of the class', () => {
    const text = [
      "import { Injectable, Logger } from '@nestjs/common';",
      'export class CacheService {',
      '  private readonly logger = new Logger(CacheService.name);',
      "  async onModuleInit() { this.logger.log('up'); }",
      '  async onModuleDestroy() {}',
      '}',
    ].join('\n');
    expect(loggerIn(text, ['onModuleInit', 'onModuleDestroy'])).toMatchObject({
      expression: 'this.logger',
      library: 'nest',
    });
    expect(loggerIn(text.replace("this.logger.log('up');", ''), ['onModuleInit'])).toMatchObject({
      expression: 'this.logger',
    });
  });

  it('is a field that is injected, or inherited and used', () => {
    const injected =
      "class A { constructor(private readonly logger: PinoLogger) {}\n async onModuleInit() { this.logger.info('up'); } }";
    expect(loggerIn(injected, ['onModuleInit']).expression).toBe('this.logger');
    const inherited = "class A extends Base { async start() { this.log.info('up'); } }";
    expect(loggerIn(inherited, ['start']).expression).toBe('this.log');
  });

  it('is seen inside of arrow functions of a method', () => {
    const text =
      "class A { logger = createLogger(); start() { const main = async () => { this.logger.info('up'); }; } }";
    expect(loggerIn(text).expression).toBe('this.logger');
  });
});

describe('what is no logger for the hooks', () => {
  it.each([
    [
      'a local of another function',
      "function other() { const logger = pino(); logger.info('x'); }\nasync function main() {}",
    ],
    [
      'a field, outside of its class',
      "class A { logger = new Logger(); f() { this.logger.info('x'); } }\nasync function main() {}",
    ],
    ['a static member', "class A { static logger = new Logger(); static async main() { this.logger.info('x'); } }"],
    ['the logger of a request', "async function main() { app.get('/', (req) => { req.log.info('x'); }); }"],
    ['middleware', "import { logger } from 'hono/logger';\nasync function main() { app.use(logger()); }"],
    ['a function', "const log = debug('app');\nasync function main() { log('x'); }"],
    ['a function of the project', "function log(text) {}\nasync function main() { log('x'); log.info; }"],
    ['what only sounds so', "async function main() { await catalog.log('x'); blog.error('y'); dialog.warn('z'); }"],
    ['an optional one', "const log = maybe();\nasync function main() { log?.info('x'); }"],
    ['an object without errors', "const log = { info() {}, warn() {} };\nasync function main() { log.info('x'); }"],
    [
      'one of a class without errors',
      "class Log { info() {} }\nconst log = new Log();\nasync function main() { log.info('x'); }",
    ],
    ['one that is bound in the hook', "async function main() { const logger = pino(); logger.info('x'); }"],
    ['one that is bound later', "async function main() { logger.info('x'); }\nconst logger = pino();"],
  ])('%s', (_name, text) => {
    expect(loggerIn(text)).toMatchObject({ expression: 'console', library: 'console' });
  });

  it('is one that only some startup hooks see', () => {
    const text =
      "async function main(logger) { logger.info('x'); }\nasync function other() { logger.info('z'); }\nfunction stop() { console.log('y'); }";
    expect(loggerIn(text, ['main', 'other', 'stop']).expression).toBe('console');
    expect(loggerIn(text, ['main', 'stop']).expression).toBe('logger');
  });

  it('is a field that the constructor is still to set', () => {
    const text = "class A { constructor(log) { this.logger = log.child(); this.logger.info('x'); } }";
    expect(loggerIn(text, ['constructor']).expression).toBe('console');
    expect(
      loggerIn("class A { logger = pino(); constructor() { this.logger.info('x'); } }", ['constructor']),
    ).toMatchObject({
      expression: 'this.logger',
    });
  });

  it('is one that another name hides from some of them', () => {
    const text =
      "import { logger } from './logger';\nasync function main() { logger.info('x'); }\nfunction stop(logger) { logger.info('y'); }";
    expect(loggerIn(text, ['main', 'stop']).expression).toBe('console');
  });

  it('depends on where the tasks are made', () => {
    const text = "async function main() {\n  const logger = pino();\n  logger.info('x');\n  await warm();\n}\n";
    expect(loggerIn(text, ['main'], '  await warm').expression).toBe('logger');
    expect(loggerIn(text, ['main'], '  const logger').expression).toBe('console');
    const module = "const logger = pino();\nlogger.info('x');\nawait warm();\napp.listen();\n";
    expect(loggerIn(module, ['(module)'], 'await warm').expression).toBe('logger');
    expect(loggerIn(module, ['(module)'], 'const logger').expression).toBe('console');
  });
});
