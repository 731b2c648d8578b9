import { expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { freePort, inOrder, type Server, serverOn, start } from './server.ts';
import { copyOfProject, rewrittenProject } from './tool.ts';

interface Case {
  readonly program: string;
  readonly answer: string;
  /** What it says before its poller begins. */
  readonly startup: readonly string[];
  readonly signal: NodeJS.Signals;
}

const cases: readonly Case[] = [
  // uvicorn raises a SIGTERM that has ended it once more, which ends the process there; asyncio gives a SIGINT to `main`.
  { program: 'ferries.py', answer: 'Malmö', startup: ['database ready', 'app ready'], signal: 'SIGINT' },
  { program: 'orchards.py', answer: 'Süderelbe' },
  { program: 'looms.py', answer: 'Örebro' },
  { program: 'hives.py', answer: 'Lüneburg' },
  { program: 'charts.py', answer: 'Ålesund', signal: 'SIGINT' },
  { program: 'greetings.py', answer: 'Grüße aus Århus' },
].map((one) => ({ startup: ['database ready'], signal: 'SIGTERM', ...one }) as Case);

// Handed to hypercorn an app may have a startup of its own, and nothing says when that is over: a person decides.
const rewritten = rewrittenProject('programs', '--unsafe');
const original = copyOfProject('programs');

test.concurrent.each(cases)('$program listens while its poller runs, and did not before', async (one) => {
  const before = await started(original, one);
  await before.says('ports polled');
  await expect(asked(before, one)).rejects.toThrow();
  before.signal('SIGKILL');

  const after = await started(rewritten, one);
  await after.says('ports polled');
  expect(await asked(after, one)).toContain(one.answer);
  after.signal(one.signal);
  await after.ended();
  const order = [...one.startup, 'ports polled', 'poll_ports: cancelled', 'database closed'];
  expect(inOrder(after.output(), order)).toEqual(order);
  expect(after.output()).not.toMatch(/was never awaited|was destroyed but it is pending|never retrieved/);
});

async function started(folder: string, { program }: Case): Promise<Server> {
  const port = await freePort();
  return serverOn(port, start(python(), [program], folder, { PORT: String(port) }));
}

async function asked(server: Server, { program }: Case): Promise<unknown> {
  return program === 'greetings.py' ? greeted(server.port) : server.get('/');
}

/** Asks the server of gRPC, as a client of its own would. */
async function greeted(port: number): Promise<string> {
  const code = `import grpc
channel = grpc.insecure_channel("127.0.0.1:${port}")
print(channel.unary_unary("/greetings.Greeter/Greet")(b"", timeout=5).decode())`;
  const client = start(python(), ['-c', code], '.');
  const status = await client.ended();
  if (status !== 0) throw new Error(client.output());
  return client.output();
}
