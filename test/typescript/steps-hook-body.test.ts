import { describe, expect, it } from 'vitest';
import type { TasksPlace } from '../../src/core/index.ts';
import { type HookOptions, hookOf } from './hook-of.ts';

/** The lines of the source with marks above the lines at which the tasks are declared, made, told and stopped. */
function marked(source: string, options?: HookOptions): string {
  const { hook, text } = hookOf(source, options);
  const place = hook.body.tasks;
  if (!place) return hook.adviceOnly ?? 'no place';
  const marks: [number, string][] = [
    [place.madeAt, `${place.madeIndent}+made ${place.expression}`],
    [place.heldAt, `${place.heldIndent}+held${place.server === undefined ? '' : ` ${place.server}`}`],
    ...(place.declaredAt === undefined
      ? []
      : [[place.declaredAt, `${place.declaredIndent}+field`] as [number, string]]),
    ...(place.shutdownHook
      ? [[place.shutdownHook.at, `${place.shutdownHook.indent}+${place.shutdownHook.before}`] as [number, string]]
      : []),
  ];
  return marks
    .toSorted((a, b) => b[0] - a[0])
    .reduce((result, [at, mark]) => `${result.slice(0, at)}${mark}\n${result.slice(at)}`, text);
}

function kindOf(source: string, options?: HookOptions): TasksPlace['kind'] | undefined {
  return hookOf(source, options).hook.body.tasks?.kind;
}

describe('tasks of a function that listens', () => {
  it('are made at its top and told above the statement that listens', () => {
    const source = `async function main() {
  // Base de données
  await connectDb();
  try {
    // Start listening
    app.listen(3000);
  } catch {}
}
`;
    expect(marked(source, { server: 'app' })).toBe(`async function main() {
  +made startupTasks
  // Base de données
  await connectDb();
  try {
    +held app
    // Start listening
    app.listen(3000);
  } catch {}
}
`);
  });

  it('are made below the logger that the function makes', () => {
    const source = `async function main() {
  const app = Fastify({ logger: true });
  app.log.info('hello');
  await connectDb();
  app.listen(3000);
}
`;
    const place = marked(source, { server: 'app', framework: 'fastify' });
    expect(place).toContain("const app = Fastify({ logger: true });\n  +made startupTasks\n  app.log.info('hello');");
    expect(place).toMatch(
      /\+held app\n {2}\+app\.addHook\('onClose', async \(\) => \{\n {2}app\.listen|\+app\.addHook/,
    );
  });

  it('stand at module level where the signal handler cannot see the function', () => {
    const source = `import { app } from './app.js';
const logger = makeLogger();
async function main() {
  logger.info('up');
  await connectDb();
  app.listen(3000);
}
process.on('SIGTERM', async () => {
  await db.close();
});
main();
`;
    expect(marked(source)).toContain('const logger = makeLogger();\n+made startupTasks\nasync function main() {');
    expect(kindOf(source)).toBe('module');
  });

  it('stay in the function where the handler stands in it', () => {
    const source = `async function main() {
  await connectDb();
  process.on('SIGTERM', async () => { await db.close(); });
  app.listen(3000);
}
`;
    expect(kindOf(source)).toBe('local');
  });

  it('are told above a choice whose branches both listen', () => {
    const source = `async function main() {
  await connectDb();
  if (secure) {
    https.listen(443);
  } else {
    http.listen(80);
  }
}
`;
    expect(marked(source)).toContain('  +held\n  if (secure) {');
  });

  it('are told above a branch that listens and leaves, where another listen follows', () => {
    const source = `async function main() {
  await connectDb();
  if (secure) {
    https.listen(443);
    return;
  }
  http.listen(80);
}
`;
    expect(marked(source)).toContain('  +held\n  if (secure) {');
  });

  it('do not name a server that is made further down', () => {
    const source = `async function main() {
  await connectDb();
  if (secure) {
    const server = https();
    server.listen(443);
  } else http.listen(80);
}
`;
    expect(hookOf(source, { server: 'server' }).hook.body.tasks?.server).toBeUndefined();
  });

  it('have no place in a function of one line', () => {
    expect(marked('async function main() { await connectDb(); app.listen(3000); }\n')).toBe(
      'what ends main shares its line with other code',
    );
  });

  it('get another name where theirs is taken, and keep it on a second run', () => {
    const taken = 'const startupTasks = [];\nasync function main() {\n  await warm();\n  app.listen(1);\n}\n';
    expect(hookOf(taken).hook.body.tasks?.expression).toBe('backgroundStartupTasks');
    const again = taken.replace('[]', 'new StartupTasks()');
    expect(hookOf(again).hook.body.tasks?.expression).toBe('startupTasks');
  });
});

describe('tasks of a module', () => {
  it('are made below its imports', () => {
    const source =
      "#!/usr/bin/env node\nimport 'dotenv/config';\n\nconst app = express();\nawait connect();\napp.listen(3);\n";
    expect(marked(source, { name: '(module)' })).toBe(
      "#!/usr/bin/env node\nimport 'dotenv/config';\n+made startupTasks\n\nconst app = express();\nawait connect();\n+held\napp.listen(3);\n",
    );
  });

  it('cannot wait where nothing is awaited at its top', () => {
    const { hook } = hookOf(
      "'use strict';\nconst app = require('express')();\nconnect().catch(log);\napp.listen(3);\n",
      {
        name: '(module)',
      },
    );
    expect(hook.body).toMatchObject({ kind: 'module', isAsync: false });
  });
});

describe('tasks of functions that a framework calls', () => {
  it('are kept in a field of a class', () => {
    const source = `@Injectable()
export class CacheService implements OnModuleInit {
  private readonly logger = new Logger('é');

  async onModuleInit() {
    await this.warm();
  }
}
`;
    const place = marked(source, { name: 'onModuleInit', form: 'startup-event', framework: 'nestjs' });
    expect(place).toContain('  +field\n  private readonly logger');
    expect(place).toContain(
      '    +made this.startupTasks\n    await this.warm();\n    +held\n  }\n  +async onModuleDestroy() {\n}',
    );
  });

  it('leave a class alone that stops itself', () => {
    const source =
      'class A {\n  async onModuleInit() {\n    await this.warm();\n  }\n  async onModuleDestroy() {\n    await this.stop();\n  }\n}\n';
    const options: HookOptions = { name: 'onModuleInit', form: 'startup-event', framework: 'nestjs' };
    expect(hookOf(source, options).hook.body.tasks?.shutdownHook).toBeUndefined();
  });

  it('stand above the statement that registers the function', () => {
    const source = `export default async function plugin(app) {
  // Warm up
  app.addHook('onReady', async () => {
    await warm();
  });
}
`;
    const place = marked(source, { name: 'onReady', form: 'startup-event', framework: 'fastify' });
    expect(place).toContain("  // Warm up\n  app.addHook('onReady'");
    expect(place).toMatch(/function plugin\(app\) \{\n {2}\+(made startupTasks|app\.addHook)/);
    expect(place).toContain('    await warm();\n    +held\n  });');
  });

  it('are told above a trailing return', () => {
    const source = 'async function init() {\n  await warm();\n  return service;\n}\n';
    expect(marked(source, { name: 'init', form: 'startup-event' })).toContain('  +held\n  return service;');
  });
});
