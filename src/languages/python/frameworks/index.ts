import type { Framework } from '../hooks/framework.ts';
import { fastapi } from './fastapi.ts';
import { starlette } from './starlette.ts';

/** Every framework of this language; the first one that claims a hook names it. */
export const frameworks: readonly Framework[] = [fastapi, starlette];
