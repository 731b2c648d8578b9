import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartupTasks } from '../../../src/runtime/typescript/startup-tasks.ts';

type Options = ConstructorParameters<typeof StartupTasks>[1];

/** Startup tasks that begin right after the release, with the lines that they log. */
export function recorded(options: Options = {}): { readonly tasks: StartupTasks; readonly lines: string[] } {
  const lines: string[] = [];
  const log = (level: string) => (line: string) => {
    lines.push(`${level} ${line.replace(/\d+\.\d s/, '0 s').split('\n    at')[0]}`);
  };
  const logger = { info: log('info'), warn: log('warn'), error: log('error') };
  return { tasks: new StartupTasks(logger, { grace: 0, ...options }), lines };
}

/** A promise with its handles. */
export function pending(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export async function listening(server: Server = createServer()): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Long enough for steps that have been released to run, in a few turns of the event loop. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 2));
}
