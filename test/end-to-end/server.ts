import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll } from 'vitest';

const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Seconds after which waiting for a line is given up; nothing is asserted about time. */
const patience = 60;

/** A running process whose output can be waited for. */
export interface Running {
  /** Everything that it has printed until now; only within one stream is the order that in which it was printed. */
  output(): string;
  /** Resolves when the output contains the text; rejects when the process ends without it. */
  says(text: string): Promise<void>;
  /** Resolves with the exit status, or the signal that ended it. */
  ended(): Promise<number | string>;
  signal(signal: NodeJS.Signals): void;
}

/** A server process, and the port that it was told to listen on. */
export interface Server extends Running {
  readonly port: number;
  get(path: string, signal?: AbortSignal): Promise<unknown>;
}

/** Starts a program that is killed when the tests of the file are over, whatever happens. */
export function start(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  return observe(child);
}

/** Starts `uvicorn` on a free port of this machine. */
export async function startServer(
  python: string,
  app: string | readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Server> {
  const port = await freePort();
  const running = start(python, ['-m', 'uvicorn', ...[app].flat(), '--port', String(port)], cwd, env);
  return serverOn(port, running);
}

/** A process that was told to listen on a port. */
export function serverOn(port: number, running: Running): Server {
  const get = async (path: string, signal?: AbortSignal) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, signal ? { signal } : {})).json();
  return { ...running, port, get };
}

/** The texts in the order in which they first appear in the output; those that never do are left out. */
export function inOrder(output: string, texts: readonly string[]): readonly string[] {
  return texts.filter((text) => output.includes(text)).sort((a, b) => output.indexOf(a) - output.indexOf(b));
}

/** A port of this machine on which nothing listens. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  return address.port;
}

/** Whether something listens on a port of this machine. */
export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function observe(child: ChildProcess): Running {
  let text = '';
  let status: number | string | undefined;
  const news = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      news.emit('came');
    });
  }
  child.on('error', (error) => {
    text += String(error);
    status ??= 'not started';
    news.emit('came');
  });
  child.on('close', (code, signal) => {
    status ??= code ?? signal ?? 'unknown';
    news.emit('came');
  });
  const until = async (isReached: () => boolean, what: string) => {
    const deadline = AbortSignal.timeout(patience * 1000);
    while (!isReached()) {
      if (status !== undefined) throw new Error(`The process ended with ${status} before ${what}:\n${text}`);
      await once(news, 'came', { signal: deadline }).catch(() => {
        throw new Error(`Waited ${patience} s in vain for ${what}:\n${text}`);
      });
    }
  };
  return {
    output: () => text,
    says: (wanted) => until(() => text.includes(wanted), `it said “${wanted}”`),
    ended: async () => {
      await until(() => status !== undefined, 'its end');
      return status ?? 'unknown';
    },
    signal: (signal) => child.kill(signal),
  };
}
