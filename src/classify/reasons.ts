import type { Category, Verdict } from '../core/index.ts';
import type { RuledObservation } from './evidence-rule.ts';

/** The sentence that becomes the comment at the step, after `Blocks startup:` or `Background:`. */
export function reasonFor(verdict: Verdict, category: Category, evidence: readonly RuledObservation[]): string {
  if (verdict === 'undecided') return 'it is not clear whether requests can do without it.';
  const top = heaviest(evidence.filter(({ favours }) => favours === verdict));
  if (verdict === 'critical')
    return top?.reason ?? criticalReasons[category] ?? 'what it makes is used from the first request on.';
  return backgroundReasons[category] ?? top?.reason ?? 'it can run once the server is listening.';
}

const criticalReasons: Readonly<Partial<Record<Category, string>>> = {
  database: 'the database must be ready before the first request.',
  migration: 'the schema must be up to date before the first query.',
  'core-api': 'request handlers need it.',
  auth: 'requests cannot be authorised before it.',
  security: 'no request may be answered without its protection.',
  config: 'the configuration must be complete before the first request.',
  secrets: 'keys and secrets must be there before the first request.',
  cleanup: 'it changes what requests share, so it must end before the first one.',
  maintenance: 'it changes what requests share, so it must end before the first one.',
  other: 'nothing shows that requests can do without it.',
};

const backgroundReasons: Readonly<Partial<Record<Category, string>>> = {
  cleanup: 'clean-up can run once the server is listening.',
  maintenance: 'maintenance can run once the server is listening.',
  cache: 'the cache can fill while requests are answered.',
  prefetch: 'warming up only makes the first requests faster.',
  monitoring: 'monitoring is not needed to answer requests.',
  metrics: 'metrics are not needed to answer requests.',
  telemetry: 'telemetry is not needed to answer requests.',
  'model-loading': 'the model can load while other requests are answered.',
  'vector-store': 'the vector store can fill while other requests are answered.',
  'search-index': 'the search index can fill while other requests are answered.',
  worker: 'workers are not needed to answer requests.',
  scheduler: 'scheduled work is not needed to answer requests.',
  poller: 'polling is not needed to answer requests.',
};

function heaviest(evidence: readonly RuledObservation[]): RuledObservation | undefined {
  return evidence.toSorted((a, b) => b.weight - a.weight)[0];
}
