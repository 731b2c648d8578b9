import type { TrapKind } from './trap-kind.ts';

/** `fastify({ pluginTimeout: 60_000 })` */
export const raisedPluginTimeout: TrapKind = {
  code: 'SC109',
  id: 'raised-plugin-timeout',
  title: 'A raised pluginTimeout hides a plugin that keeps the server from listening',
  level: 'note',
  why: 'Fastify gives a plugin ten seconds to load, and fails with its name after them (fastify.dev/docs/latest/Reference/Server). With the limit raised or switched off, a plugin that takes a minute, or never comes back, is a server that does not listen, and nothing says which one it is.',
  instead: 'Move what takes long out of the plugin, into the background, and leave the limit as it is.',
};
