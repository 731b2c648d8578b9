import { frameworks } from './frameworks/index.ts';

/** Words without which a file registers no hook. */
export const hookAnchors: readonly string[] = [...new Set(frameworks.flatMap(({ anchors }) => anchors))];

/** Words without which a file registers no hook and is no standalone script: such a file is not parsed. */
export const pythonAnchors: readonly string[] = [
  ...hookAnchors,
  'asyncio.run',
  'anyio.run',
  'uvloop.run',
  'trio.run',
  'run_until_complete',
];

/** What a file may hold whose functions are registered elsewhere. It is parsed only when that is found. */
export const pythonHandlerAnchor = 'async def';
