import { expect, test } from 'vitest';
import { python } from '../python-environment.ts';
import { startServer } from './server.ts';
import { rewrittenProject, runTool } from './tool.ts';

const ADD = ['--transform', 'defaults', '--transform', 'readiness-endpoints'];

test('an app is ready once the required step is done, whatever becomes of the others', async () => {
  const folder = rewrittenProject('readiness-probes', ...ADD, '--unsafe');
  expect(runTool(folder, '.', '--check', ...ADD, '--unsafe').status).toBe(0);
  const server = await startServer(python(), 'main:app', folder);
  await server.says('Uvicorn running');
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`)).status;

  expect(await status('/ready')).toBe(503);
  expect(await server.get('/ready')).toEqual({ ready: false });
  expect(await server.get('/open')).toBe('geöffnet');
  await server.says('no weather');
  expect(await status('/ready')).toBe(200);
  expect(await server.get('/health/startup')).toEqual({
    steps: {
      warm_menu_cache: { state: 'ready', seconds: expect.any(Number), error: null },
      // The message may name what nobody outside should know: it is in the log.
      prefetch_weather: { state: 'failed', seconds: expect.any(Number), error: 'ConnectionError' },
    },
  });
  server.signal('SIGTERM');
  await server.ended();
});
