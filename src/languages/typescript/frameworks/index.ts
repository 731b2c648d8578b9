import type { Framework } from '../hooks/framework.ts';
import { adonis } from './adonis.ts';
import { apollo } from './apollo.ts';
import { elysia } from './elysia.ts';
import { express } from './express.ts';
import { fastify } from './fastify.ts';
import { feathers } from './feathers.ts';
import { hapi } from './hapi.ts';
import { hono } from './hono.ts';
import { http } from './http.ts';
import { koa } from './koa.ts';
import { loopback } from './loopback.ts';
import { meteor } from './meteor.ts';
import { moleculer } from './moleculer.ts';
import { nestjs } from './nestjs.ts';
import { next } from './next.ts';
import { nitro } from './nitro.ts';
import { polka } from './polka.ts';
import { restify } from './restify.ts';
import { strapi } from './strapi.ts';
import { sveltekit } from './sveltekit.ts';

/** Every framework of this language; the first one that claims a call names it. */
export const frameworks: readonly Framework[] = [
  nestjs,
  fastify,
  feathers,
  express,
  koa,
  hapi,
  polka,
  restify,
  loopback,
  apollo,
  elysia,
  hono,
  next,
  nitro,
  sveltekit,
  strapi,
  moleculer,
  adonis,
  meteor,
  http,
];
