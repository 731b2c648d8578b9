/** What this front end finds, known without loading it. `npx vitest run test/scan.test.ts -t registry -u` writes it anew. */
export const contents = {
  frameworks: [
    'fastapi',
    'starlette',
  ],
  anchors: [
    'lifespan',
    'on_event',
    'add_event_handler',
    'on_startup',
    'on_shutdown',
    'asyncio.run',
    'anyio.run',
    'uvloop.run',
    'trio.run',
    'run_until_complete',
    'async def',
  ],
};
