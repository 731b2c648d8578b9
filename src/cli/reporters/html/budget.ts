import type { Html } from './markup.ts';

/** As many of the pieces, from the first on, as together have at most `bytes`; and how many there were. */
export function within<Piece extends { readonly body: Html }>(
  pieces: Iterable<Piece>,
  bytes: number,
): { readonly kept: readonly Piece[]; readonly cut: boolean } {
  const kept: Piece[] = [];
  let left = bytes;
  for (const piece of pieces) {
    left -= Buffer.byteLength(piece.body.markup);
    if (left < 0) return { kept, cut: true };
    kept.push(piece);
  }
  return { kept, cut: false };
}
