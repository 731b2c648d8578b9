import { describe, expect, test } from 'vitest';
import { knownAs } from '../../src/classify/known-as.ts';
import { knownCalls } from '../../src/languages/typescript/known-calls.ts';

const known = knownAs(knownCalls);

describe('calls whose purpose is known', () => {
  test.each([
    ['mongoose.connect', 'database'],
    ['mongodb.MongoClient.connect', 'database'],
    ['@prisma/client.PrismaClient.$connect', 'database'],
    ['typeorm.DataSource.initialize', 'database'],
    ['typeorm.DataSource.runMigrations', 'migration'],
    ['sequelize.Sequelize.authenticate', 'database'],
    ['sequelize.Sequelize.sync', 'database'],
    ['knex().migrate.latest', 'migration'],
    ['drizzle-orm/node-postgres/migrator.migrate', 'migration'],
    ['redis.createClient().connect', 'database'],
    ['ioredis.connect', 'database'],
    ['kafkajs.Kafka.producer().connect', 'core-api'],
    ['kafkajs.Kafka.consumer().connect', 'worker'],
    ['kafkajs.Kafka.consumer().run', 'worker'],
    ['amqplib.connect().createChannel', 'core-api'],
    ['amqplib.connect().createChannel().consume', 'worker'],
    ['agenda.Agenda.start', 'scheduler'],
    ['agenda.start', 'scheduler'],
    ['node-cron.schedule', 'scheduler'],
    ['telegraf.Telegraf.launch', 'worker'],
    ['discord.js.Client.login', 'worker'],
    ['@sentry/node.init', 'telemetry'],
    ['@opentelemetry/sdk-node.NodeSDK.start', 'telemetry'],
    ['@nestjs/core.NestFactory.create', 'core-api'],
    ['fastify().register', 'core-api'],
    ['next().prepare', 'core-api'],
    ['@apollo/server.ApolloServer.start', 'core-api'],
    ['i18next.use().use().init', 'config'],
    ['dotenv.config', 'config'],
    ['fs/promises.mkdir', 'core-api'],
    ['openai.chat.completions.create', 'model-loading'],
    ['openai.OpenAI.embeddings.create', 'model-loading'],
    ['@xenova/transformers.pipeline', 'model-loading'],
    ['chromadb.ChromaClient.getOrCreateCollection', 'vector-store'],
    ['meilisearch.MeiliSearch.index().addDocuments', 'search-index'],
    ['@elastic/elasticsearch.Client.indices.create', 'database'],
    ['playwright.chromium.launch', 'prefetch'],
    ['nodemailer.createTransport().verify', 'monitoring'],
  ])('%s: %s', (name, category) => {
    expect(known(name)[0]?.category).toBe(category);
  });
});

test.each([
  'fetch',
  'axios.get',
  'fs/promises.readFile',
  'pg.Pool.query',
  'src/db/mongoose.connect',
  'src/warm/cache.start',
  'express().listen',
  'console.log',
  'config.get',
])('%s says nothing by itself', (name) => {
  expect(known(name)).toEqual([]);
});

test('telemetry that patches modules comes first, though its category may wait', () => {
  expect(known('@sentry/node.init')[0]?.favours).toBe('critical');
  expect(known('posthog-node.PostHog.capture')[0]?.favours).toBeUndefined();
});

test('every entry is met: none before it matches all that it matches', () => {
  const example = (call: string) => call.replaceAll('*', 'Größe');
  const hidden = knownCalls.filter((entry) => known(example(entry.call))[0] !== entry);
  expect(hidden.map(({ call }) => call)).toEqual([]);
});
