import { Node } from 'ts-morph';
import type { Framework } from '../hooks/framework.ts';
import { appHooks } from '../hooks/hook-functions.ts';
import { functionListens } from '../hooks/listen-calls.ts';
import type { HookDefinition, SourceModule } from '../modules/definition.ts';

/** Hono on Node (`serve` of @hono/node-server), Bun (`Bun.serve`, or the default export of the main file) and Deno (`Deno.serve`). */
export const hono: Framework = {
  id: 'hono',
  anchors: ['@hono/node-server', 'Bun.serve', 'Deno.serve', 'app.fetch'],
  findListens: (module, project) =>
    functionListens(
      module,
      project,
      'hono',
      /^(@hono\/node-server\.(serve|createAdaptorServer\(\)\.listen)|srvx\.serve|(Bun|bun)\.serve|Deno\.serve)$/,
    ),
  findHooks: (module) => appHooks(beforeExport(module), []),
};

/** `export default { port: 3000, fetch: app.fetch }`: Bun serves it as soon as the file is loaded. Without a port it may be a worker of Cloudflare. */
function beforeExport(module: SourceModule): readonly HookDefinition[] {
  const whole = module.root.getExportAssignment((one) => !one.isExportEquals());
  const served = whole?.getExpression();
  if (!whole || !Node.isObjectLiteralExpression(served)) return [];
  if (!served.getProperty('fetch') || !served.getProperty('port')) return [];
  return [
    {
      framework: 'hono',
      form: 'before-listen',
      module,
      name: '(module)',
      body: module.root,
      outer: module.root,
      listen: whole,
      release: true,
      notes: [],
    },
  ];
}
