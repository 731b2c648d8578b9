import { type CallExpression, Node } from 'ts-morph';
import type { AddedShutdownHook } from '../../../core/index.ts';
import type { HookDefinition } from '../modules/definition.ts';
import { indentOf, nextLine } from '../tree/text-ranges.ts';
import type { LinePlace } from './line-places.ts';

/** The shutdown hook that the framework offers for a startup hook that has none. */
export function addedShutdownHook(
  definition: HookDefinition,
  made: LinePlace,
  held: LinePlace,
): AddedShutdownHook | undefined {
  const registration = registrationOf(definition);
  if (registration) return closing(receiverOf(registration), made, definition);
  if (definition.framework === 'nestjs' || definition.framework === 'nest') return moduleDestroy(definition);
  // A server's own hooks must be there before it listens; a plugin's before it is loaded.
  const { form, server, app, awaitedBy } = definition;
  const owner = form === 'before-listen' ? server : awaitedBy ? undefined : app;
  return owner !== undefined && definition.framework === 'fastify' ? closing(owner, held, definition) : undefined;
}

/** The call that registers the hook as a function written in its arguments: `app.addHook('onReady', async () => { … })`. */
export function registrationOf({ node, form }: HookDefinition): CallExpression | undefined {
  const call = node?.getParent();
  if (form !== 'startup-event' || !Node.isCallExpression(call) || call.getExpression() === node) return undefined;
  const callee = call.getExpression();
  return Node.isPropertyAccessExpression(callee) && /^(addHook|ext|onReady|on|once|hook)$/.test(callee.getName())
    ? call
    : undefined;
}

function receiverOf(call: CallExpression): string {
  const callee = call.getExpression();
  return Node.isPropertyAccessExpression(callee) ? callee.getExpression().getText() : callee.getText();
}

function closing(app: string, place: LinePlace, { framework, module }: HookDefinition): AddedShutdownHook | undefined {
  const [method, event] = CLOSING[framework] ?? [];
  if (method === undefined || event === undefined) return undefined;
  const quote = module.text.split('"').length > module.text.split("'").length ? '"' : "'";
  return {
    at: place.at,
    indent: place.indent,
    before: `${app}.${method}(${quote}${event}${quote}, async () => {`,
    after: /;\s*$/m.test(module.text) ? '});' : '})',
  };
}

/** How a server is told to run a function as it closes. */
const CLOSING: Readonly<Record<string, readonly [string, string]>> = {
  fastify: ['addHook', 'onClose'],
  hapi: ['ext', 'onPostStop'],
};

/** A method of the class, below that of the hook; Nest knows the life of decorated classes only. */
function moduleDestroy({ node, owner, module }: HookDefinition): AddedShutdownHook | undefined {
  const stops = /^(onModuleDestroy|beforeApplicationShutdown|onApplicationShutdown)$/;
  if (
    !node ||
    !owner ||
    owner.getDecorators().length === 0 ||
    owner.getMethods().some((one) => stops.test(one.getName()))
  )
    return undefined;
  const at = nextLine(module.text, node.getEnd());
  return { at, indent: indentOf(module.text, node.getStart()), before: 'async onModuleDestroy() {', after: '}' };
}
