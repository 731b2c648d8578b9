import type { Framework } from '../hooks/framework.ts';
import { serverLibrary } from '../hooks/server-library.ts';

/** Servers of asyncio itself: both listen when they return. https://docs.python.org/3/library/asyncio-stream.html */
export const asyncio: Framework = serverLibrary({
  id: 'asyncio',
  anchors: ['start_server', 'create_server', 'start_unix_server', 'create_unix_server'],
  listens: Object.fromEntries([
    ...['start_server', 'start_unix_server'].map((name) => [`asyncio.${name}`, {}]),
    ...['get_running_loop', 'get_event_loop', 'new_event_loop', 'AbstractEventLoop'].flatMap((loop) =>
      ['create_server', 'create_unix_server'].map((name) => [`asyncio.${loop}.${name}`, {}]),
    ),
  ]),
});
