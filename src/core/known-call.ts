import type { Category } from './decision.ts';

/** What a library's call is for: data of a language front end. */
export interface KnownCall {
  /** Glob over the qualified name: `alembic.command.upgrade`, `redis.*.ping`. */
  readonly call: string;
  readonly category: Category;
  /** What the call does, as a phrase that follows its name: `migrates the database`. */
  readonly because: string;
  /** The side that it favours, where that is not the side of its category. */
  readonly favours?: 'critical' | 'background';
}
