import type { Framework } from '../hooks/framework.ts';
import { serverLibrary } from '../hooks/server-library.ts';

/** Tornado: `listen()` binds at once, and the coroutine goes on. https://www.tornadoweb.org/en/stable/guide/running.html */
export const tornado: Framework = serverLibrary({
  id: 'tornado',
  anchors: ['tornado'],
  listens: {
    'tornado.web.Application.listen': {},
    'tornado.httpserver.HTTPServer.listen': {},
    'tornado.httpserver.HTTPServer.start': {},
    'tornado.httpserver.HTTPServer.add_sockets': {},
    'tornado.tcpserver.TCPServer.listen': {},
  },
});
