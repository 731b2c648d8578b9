import type { Framework } from '../hooks/framework.ts';
import { likelyListens } from '../hooks/likely-listens.ts';
import { methodListens } from '../hooks/listen-calls.ts';

/** Plain node:http and its kin: `http.createServer(app).listen(port)`. */
export const http: Framework = {
  id: 'http',
  anchors: ['.listen', 'super.start('],
  findListens: (module, project) => [
    ...methodListens(module, project, { framework: 'http', methods: ['listen'], made: SERVER, types: TYPE }),
    ...likelyListens(module, project, 'http'),
  ],
};

/** `createServer()`, also in one of the wrappers that let it stop well; `connect()` and the servers of RPC libraries. */
const SERVER = new RegExp(
  [
    /^(https?|http2|spdy)\.(createServer|createSecureServer)\(\)(\.(on|once|setTimeout)\(\))*$/,
    /^https?\.Server$/,
    /^(stoppable|http-shutdown|http-graceful-shutdown|connect|@trpc\/server\/adapters\/standalone\.createHTTPServer)\(\)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const TYPE = /^(https?\.)?(Server|HttpServer|HttpsServer)$/;
