import type { ClassDeclaration, Node } from 'ts-morph';
import type { Framework, NodeProject } from '../hooks/framework.ts';
import { appHooks, functionHook, methodsOf } from '../hooks/hook-functions.ts';
import { methodListens } from '../hooks/listen-calls.ts';
import { whyNotOnce } from '../hooks/nest-lifecycle.ts';
import { isTestFile } from '../hooks/test-files.ts';
import type { AppHooks, Modules, SourceModule } from '../modules/definition.ts';

/** In the order in which Nest calls them (docs.nestjs.com/fundamentals/lifecycle-events). */
const STARTUP = ['onModuleInit', 'onApplicationBootstrap'];
const SHUTDOWN = ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'];

/** NestJS: `await app.listen(port)` of an app that NestFactory has made, and the lifecycle methods of its providers. */
export const nestjs: Framework = {
  id: 'nestjs',
  anchors: ['.listen', ...STARTUP],
  findListens: (module, project) =>
    methodListens(module, project, {
      framework: 'nestjs',
      methods: ['listen', 'listenAsync'],
      made: takesMessagesOnly(module) ? APP : APP_OR_MICROSERVICE,
      types: /^(@nestjs\/\S*\.)?(INestApplication|NestExpressApplication|NestFastifyApplication)\b/,
    }),
  findHooks: (module, project) =>
    module.text.includes('@nestjs/') && !module.path.endsWith('.d.ts')
      ? module.root.getClasses().flatMap((one) => lifecycleOf(one, project))
      : [],
};

const APP = /^@nestjs\/core\.NestFactory\.create\(\)$/;
const APP_OR_MICROSERVICE = /^@nestjs\/core\.NestFactory\.create(Microservice)?\(\)$/;

/** A microservice on a broker opens no port. */
function takesMessagesOnly({ text }: SourceModule): boolean {
  return /\bTransport\.\w/.test(text) && !/\bTransport\.(TCP|GRPC)\b/.test(text);
}

function lifecycleOf(node: ClassDeclaration, project: NodeProject): readonly AppHooks[] {
  const hooks = (method: Node, form: 'startup-event' | 'shutdown-event') => {
    const adviceOnly = form === 'startup-event' ? (whyNotOnce(node, method, project) ?? otherPort(project)) : undefined;
    return functionHook(method, { framework: 'nestjs', form, adviceOnly }, project.modules);
  };
  return appHooks(
    methodsOf(node, STARTUP).flatMap((method) => hooks(method, 'startup-event')),
    methodsOf(node, SHUTDOWN).flatMap((method) => hooks(method, 'shutdown-event')),
  );
}

/**
 * A provider does not know the app's server, and waits for the next one that begins to listen: that must not be one which another
 * provider opens while the app starts.
 */
function otherPort(project: NodeProject): string | undefined {
  if (!otherPorts.has(project.modules)) otherPorts.set(project.modules, findOtherPort(project));
  return otherPorts.get(project.modules);
}

/** Looked for once a run: every provider asks. */
const otherPorts = new WeakMap<Modules, string | undefined>();

function findOtherPort({ containing, read, modules }: NodeProject): string | undefined {
  const opening = containing('.listen(').find((path) => {
    // A file that does not name such a method is not parsed for it.
    const mayHave = !isTestFile(path) && STARTUP.some((name) => read(path)?.includes(name));
    const classes = mayHave ? (modules.at(path)?.root.getClasses() ?? []) : [];
    return classes.some((one) => methodsOf(one, STARTUP).some((method) => method.getText().includes('.listen(')));
  });
  return opening && `${opening} opens a port of its own while the app starts, and would let the tasks begin too early`;
}
