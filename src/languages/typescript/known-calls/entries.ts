import type { Category, KnownCall } from '../../../core/index.ts';

/** Calls of one category and purpose; `favours` where that is not the side of the category. */
export function entries(
  category: Category,
  because: string,
  calls: readonly string[],
  favours?: 'critical' | 'background',
): readonly KnownCall[] {
  return calls.map((call) => ({ call, category, because, ...(favours === undefined ? {} : { favours }) }));
}
