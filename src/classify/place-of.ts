import { type CalleeBody, formatPlace } from '../core/index.ts';

/** Where a body shows what was observed: its telling line, else its first one. */
export function placeOf(body: CalleeBody | undefined): { readonly at?: string } {
  const place = body?.costAt ?? body?.at;
  return place === undefined ? {} : { at: formatPlace(place) };
}
