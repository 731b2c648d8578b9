import type { Framework } from '../hooks/framework.ts';
import { aiohttp } from './aiohttp.ts';
import { asgi } from './asgi.ts';
import { asyncio } from './asyncio.ts';
import { blacksheep } from './blacksheep.ts';
import { fastapi } from './fastapi.ts';
import { grpc } from './grpc.ts';
import { hypercorn } from './hypercorn.ts';
import { litestar } from './litestar.ts';
import { mcp } from './mcp.ts';
import { nicegui } from './nicegui.ts';
import { quart } from './quart.ts';
import { sanic } from './sanic.ts';
import { starlette } from './starlette.ts';
import { tornado } from './tornado.ts';
import { uvicorn } from './uvicorn.ts';

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
  uvicorn,
  hypercorn,
  tornado,
  grpc,
  asyncio,
  asgi,
];
