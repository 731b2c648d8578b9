import type { Framework } from '../hooks/framework.ts';
import { serverLibrary } from '../hooks/server-library.ts';

/**
 * grpc.aio: `start()` serves at once and returns, `wait_for_termination()` stays until the server is stopped.
 * https://grpc.github.io/grpc/python/grpc_asyncio.html
 */
export const grpc: Framework = serverLibrary({
  id: 'grpc',
  anchors: ['grpc.aio', 'grpc import aio', 'grpc.experimental'],
  listens: {
    'grpc.aio.server.start': {},
    'grpc.aio.Server.start': {},
    // What `grpc.aio.server()` makes, and what a server with methods of its own extends.
    'grpc.aio._server.Server.start': {},
    'grpc.experimental.aio.server.start': {},
  },
});
