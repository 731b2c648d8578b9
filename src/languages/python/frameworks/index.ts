import type { Framework } from '../hooks/framework.ts';
import { aiohttp } from './aiohttp.ts';
import { blacksheep } from './blacksheep.ts';
import { fastapi } from './fastapi.ts';
import { litestar } from './litestar.ts';
import { mcp } from './mcp.ts';
import { nicegui } from './nicegui.ts';
import { quart } from './quart.ts';
import { sanic } from './sanic.ts';
import { starlette } from './starlette.ts';

/** Every framework of this language; the first one that claims a hook names it. */
export const frameworks: readonly Framework[] = [
  fastapi,
  starlette,
  litestar,
  quart,
  sanic,
  aiohttp,
  blacksheep,
  mcp,
  nicegui,
];
