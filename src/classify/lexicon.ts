import type { Category } from '../core/index.ts';
import type { Side } from './matrix.ts';

/** What a whole word of a name says. Words that are not here (start, init, initialize, load, ensure, service …) say nothing. */
export interface LexiconEntry {
  readonly words: readonly string[];
  readonly favours: Side;
  readonly weight: number;
  readonly category: Category;
  /** `verb`: only as the first word of the called function; `noun`: anywhere else. Missing: anywhere. */
  readonly as?: 'verb' | 'noun';
  /** The comment's sentence, where that of the category would say too much. */
  readonly reason?: string;
  /** Too common in sentences to say anything there. */
  readonly onlyInNames?: true;
}

/** Words of names, each side's strong ones first. Critical words outweigh a lone noun of the other side. */
export const lexicon: readonly LexiconEntry[] = [
  { words: ['migrate', 'migration', 'migrations', 'alembic'], favours: 'critical', weight: 2.5, category: 'migration' },
  { words: ['schema', 'tables', 'ddl'], favours: 'critical', weight: 2.5, category: 'migration' },
  { words: ['connect', 'connecting'], favours: 'critical', weight: 2.5, category: 'database', as: 'verb' },
  {
    words: ['db', 'database', 'databases', 'sql', 'sqlite', 'postgres', 'postgresql', 'psql', 'pg', 'mysql', 'mongo'],
    favours: 'critical',
    weight: 2.5,
    category: 'database',
  },
  {
    words: ['mongodb', 'orm', 'beanie', 'tortoise', 'sqlalchemy', 'supabase', 'checkpointer', 'prisma'],
    favours: 'critical',
    weight: 2.5,
    category: 'database',
  },
  {
    words: ['redis', 'valkey', 'pool', 'pools', 'connection', 'connections', 'engine', 'repo', 'repository'],
    favours: 'critical',
    weight: 1.5,
    category: 'database',
    reason: 'its connections must be open before the first request.',
  },
  { words: ['seed', 'bootstrap', 'provision'], favours: 'critical', weight: 2, category: 'database' },
  {
    words: ['auth', 'oauth', 'oidc', 'sso', 'rbac', 'permission', 'permissions', 'login', 'jwt', 'jwks'],
    favours: 'critical',
    weight: 2.5,
    category: 'auth',
  },
  {
    words: ['admin', 'superuser', 'user', 'users', 'role', 'roles', 'owner', 'organization', 'organisation', 'tenant'],
    favours: 'critical',
    weight: 2,
    category: 'auth',
  },
  { words: ['limiter', 'throttle', 'csrf', 'cors', 'firewall'], favours: 'critical', weight: 2, category: 'security' },
  {
    words: ['encryption', 'encrypt', 'certificate', 'certificates'],
    favours: 'critical',
    weight: 2,
    category: 'security',
  },
  {
    words: ['secret', 'secrets', 'key', 'keys', 'vault', 'credentials'],
    favours: 'critical',
    weight: 2,
    category: 'secrets',
  },
  {
    words: ['config', 'configuration', 'configs', 'configure', 'settings', 'flags', 'env', 'license'],
    favours: 'critical',
    weight: 2,
    category: 'config',
  },
  {
    words: ['register', 'mount', 'include', 'attach', 'install', 'wire', 'bind'],
    favours: 'critical',
    weight: 1.5,
    category: 'core-api',
    as: 'verb',
    onlyInNames: true,
  },
  {
    words: ['verify', 'validate', 'check', 'assert', 'require', 'wait'],
    favours: 'critical',
    weight: 1.5,
    category: 'core-api',
    as: 'verb',
  },
  {
    words: [
      'router',
      'routers',
      'routes',
      'endpoints',
      'plugin',
      'plugins',
      'extensions',
      'handlers',
      'middleware',
      'api',
    ],
    favours: 'critical',
    weight: 1.5,
    category: 'core-api',
  },
  {
    words: ['container', 'containers', 'registry', 'provider', 'providers', 'bucket', 'buckets', 'broker', 'producer'],
    favours: 'critical',
    weight: 1.2,
    category: 'core-api',
  },
  {
    words: ['create', 'get', 'build', 'make', 'open', 'acquire', 'enter', 'aenter'],
    favours: 'critical',
    weight: 0.7,
    category: 'core-api',
    as: 'verb',
    onlyInNames: true,
  },
  {
    words: ['is', 'has', 'can', 'should'],
    favours: 'critical',
    weight: 2,
    category: 'core-api',
    as: 'verb',
    onlyInNames: true,
  },
  { words: ['lifespan', 'context'], favours: 'critical', weight: 1.5, category: 'core-api' },
  {
    words: ['stale', 'orphan', 'orphans', 'orphaned', 'zombie', 'zombies', 'stuck', 'interrupted', 'recovered'],
    favours: 'critical',
    weight: 2.5,
    category: 'cleanup',
  },
  {
    words: [
      'recover',
      'reconcile',
      'reset',
      'restore',
      'rollback',
      'wipe',
      'truncate',
      'clear',
      'sweep',
      'drop',
      'resume',
    ],
    favours: 'critical',
    weight: 2.5,
    category: 'cleanup',
    as: 'verb',
  },

  {
    words: [
      'cleanup',
      'cleaner',
      'cleaning',
      'purge',
      'purger',
      'vacuum',
      'reap',
      'reaper',
      'prune',
      'pruner',
      'evict',
    ],
    favours: 'background',
    weight: 2,
    category: 'cleanup',
  },
  {
    words: ['clean', 'expire', 'expired', 'expiry', 'expiration', 'retention', 'eviction', 'janitor', 'gc'],
    favours: 'background',
    weight: 1.5,
    category: 'cleanup',
  },
  {
    words: ['maintenance', 'archive', 'archiver', 'backup', 'compact', 'compaction', 'rollup', 'backfill', 'snapshot'],
    favours: 'background',
    weight: 1.5,
    category: 'maintenance',
  },
  {
    words: ['warm', 'warmup', 'warming', 'warmer', 'prewarm', 'prime', 'preload', 'precompute', 'prefetch', 'prebuild'],
    favours: 'background',
    weight: 2.5,
    category: 'prefetch',
  },
  { words: ['cache', 'caches', 'caching'], favours: 'background', weight: 0.5, category: 'cache' },
  {
    words: ['metric', 'metrics', 'statistics', 'stats', 'prometheus', 'statsd'],
    favours: 'background',
    weight: 2,
    category: 'metrics',
  },
  {
    words: ['monitor', 'monitoring', 'monitors', 'heartbeat', 'watchdog', 'diagnostics', 'uptime', 'pinger'],
    favours: 'background',
    weight: 2,
    category: 'monitoring',
  },
  {
    words: ['log', 'print', 'report', 'announce'],
    favours: 'background',
    weight: 1,
    category: 'monitoring',
    as: 'verb',
    onlyInNames: true,
  },
  { words: ['health', 'watcher', 'watch', 'audit'], favours: 'background', weight: 0.7, category: 'monitoring' },
  {
    words: ['telemetry', 'analytics', 'tracing', 'opentelemetry', 'otel', 'reporter', 'reporting'],
    favours: 'background',
    weight: 1.5,
    category: 'telemetry',
  },
  {
    words: ['poll', 'poller', 'polling', 'loop', 'loops', 'refresher'],
    favours: 'background',
    weight: 2,
    category: 'poller',
  },
  { words: ['refresh', 'listener', 'subscriber'], favours: 'background', weight: 0.6, category: 'poller' },
  {
    words: [
      'schedule',
      'scheduler',
      'schedulers',
      'scheduled',
      'cron',
      'crons',
      'periodic',
      'daily',
      'hourly',
      'recurring',
    ],
    favours: 'background',
    weight: 2,
    category: 'scheduler',
  },
  {
    words: ['worker', 'workers', 'consumer', 'consumers', 'background', 'daemon', 'supervisor', 'supervisors'],
    favours: 'background',
    weight: 1.5,
    category: 'worker',
  },
  { words: ['job', 'jobs', 'tasks'], favours: 'background', weight: 0.6, category: 'worker' },
  {
    words: ['vector', 'vectors', 'vectorstore', 'faiss', 'embedding', 'embeddings', 'chroma', 'qdrant'],
    favours: 'background',
    weight: 1.2,
    category: 'vector-store',
  },
  { words: ['reindex', 'indexer', 'indexing'], favours: 'background', weight: 1.5, category: 'search-index' },
  {
    words: ['model', 'models', 'llm', 'whisper', 'transformer', 'tokenizer', 'onnx', 'torch'],
    favours: 'background',
    weight: 0.7,
    category: 'model-loading',
  },
];
