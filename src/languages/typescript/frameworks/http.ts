import type { Framework } from '../hooks/framework.ts';
import { likelyListens, methodListens } from '../hooks/listen-calls.ts';

/** Plain node:http and its kin: `http.createServer(app).listen(port)`. */
export const http: Framework = {
  id: 'http',
  anchors: ['listen'],
  findListens: (module, project) => [
    ...methodListens(module, project, {
      framework: 'http',
      methods: ['listen'],
      made: /^(https?|http2|spdy)\.(createServer|createSecureServer)\(\)$|^https?\.Server$/,
      types: /^(https?\.)?(Server|HttpServer|HttpsServer)$/,
    }),
    ...likelyListens(module, project, 'http'),
  ],
};
