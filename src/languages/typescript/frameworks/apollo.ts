import type { Framework } from '../hooks/framework.ts';
import { functionListens } from '../hooks/listen-calls.ts';

/** Apollo Server: `startStandaloneServer(server)`, and `server.listen()` up to version 3. */
export const apollo: Framework = {
  id: 'apollo',
  anchors: ['startStandaloneServer', 'ApolloServer'],
  findListens: (module, project) =>
    functionListens(
      module,
      project,
      'apollo',
      /^(@apollo\/server\/standalone\.startStandaloneServer|apollo-server\.ApolloServer\.listen)$/,
    ),
};
