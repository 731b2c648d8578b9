import { eventFramework } from '../hooks/event-framework.ts';
import type { Framework } from '../hooks/framework.ts';

/**
 * MCP servers: a `lifespan`. One that speaks over standard input listens on no port, and which transport enters it once a process and
 * which once a session differs from version to version. https://modelcontextprotocol.github.io/python-sdk/
 */
export const mcp: Framework = eventFramework({
  id: 'mcp',
  classes: {
    apps: [
      'fastmcp.FastMCP',
      'mcp.server.fastmcp.FastMCP',
      'mcp.server.mcpserver.MCPServer',
      'mcp.server.Server',
      'mcp.server.lowlevel.Server',
    ],
    routers: [],
  },
  claims: () => false,
  adviceOnly: 'an MCP server may enter its lifespan once for each session',
  takes: { lifespan: { as: 'lifespan', phase: { startup: 0, shutdown: 0 } } },
});
