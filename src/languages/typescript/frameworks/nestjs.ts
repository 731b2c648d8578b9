import { type ClassDeclaration, Node } from 'ts-morph';
import type { Framework, NodeProject } from '../hooks/framework.ts';
import { appHooks, functionHook, methodsOf } from '../hooks/hook-functions.ts';
import { methodListens } from '../hooks/listen-calls.ts';
import type { AppHooks, SourceModule } from '../modules/definition.ts';

/** In the order in which Nest calls them (docs.nestjs.com/fundamentals/lifecycle-events). */
const STARTUP = ['onModuleInit', 'onApplicationBootstrap'];
const SHUTDOWN = ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'];

/** NestJS: `await app.listen(port)` of an app that NestFactory has made, and the lifecycle methods of its providers. */
export const nestjs: Framework = {
  id: 'nestjs',
  anchors: ['listen', ...STARTUP],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'nestjs',
      methods: ['listen', 'listenAsync'],
      made: /^@nestjs\/core\.NestFactory\.create(Microservice)?\(\)$/,
      types: /^(@nestjs\/\S*\.)?(INestApplication|NestExpressApplication|NestFastifyApplication|INestMicroservice)\b/,
    }),
  findHooks: (module, project) =>
    module.text.includes('@nestjs/')
      ? module.root.getClasses().flatMap((one) => lifecycleOf(one, module, project))
      : [],
};

function lifecycleOf(node: ClassDeclaration, module: SourceModule, project: NodeProject): readonly AppHooks[] {
  const stops = methodsOf(node, SHUTDOWN);
  const isDead = stops.length > 0 && project.containing('enableShutdownHooks').length === 0;
  const notes = isDead
    ? ['no app of the project calls enableShutdownHooks(): on SIGTERM its shutdown methods are never called']
    : [];
  const startup = methodsOf(node, STARTUP).flatMap((method) =>
    functionHook(
      method,
      { framework: 'nestjs', form: 'startup-event', adviceOnly: whyFixed(node, method), notes },
      project.modules,
    ),
  );
  const shutdown = stops.flatMap((method) =>
    functionHook(method, { framework: 'nestjs', form: 'shutdown-event' }, project.modules),
  );
  return module.path.endsWith('.d.ts') ? [] : appHooks(startup, shutdown);
}

/** What is called at other times as well must not record steps again and again. */
function whyFixed(node: ClassDeclaration, method: Node): string | undefined {
  const decorators = Node.isDecoratable(method) ? method.getDecorators().map((one) => one.getName()) : [];
  const again = decorators.find((name) =>
    /^(Cron|Interval|Timeout|OnEvent|Process|EventPattern|MessagePattern)$/.test(name),
  );
  if (again) return `it is also called by @${again}`;
  const injectable = node.getDecorator('Injectable')?.getText() ?? '';
  return /Scope\.(REQUEST|TRANSIENT)/.test(injectable)
    ? 'its provider is made for each request, or each use'
    : undefined;
}
