/**
 * Compiles a glob over names: `*` is any run of characters, `?` one. A match takes time in proportion to the product of the
 * two lengths at most, whatever the pattern.
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const [head = '', ...rest] = pattern.split(/\*+/);
  const tail = rest.pop();
  if (tail === undefined) return (text) => text.length === head.length && standsAt(head, text, 0);
  return (text) => {
    if (!standsAt(head, text, 0)) return false;
    const end = text.length - tail.length;
    let at = head.length;
    for (const part of rest) {
      at = endOfFirst(part, text, at);
      if (at < 0) return false;
    }
    return at <= end && standsAt(tail, text, end);
  };
}

/** The offset after the first place at or behind `from` where the part stands; -1 where it does not. */
function endOfFirst(part: string, text: string, from: number): number {
  for (let at = from; at + part.length <= text.length; at++) if (standsAt(part, text, at)) return at + part.length;
  return -1;
}

function standsAt(part: string, text: string, at: number): boolean {
  if (at < 0 || at + part.length > text.length) return false;
  if (!part.includes('?')) return text.startsWith(part, at);
  return [...part].every((char, index) => char === '?' || char === text[at + index]);
}
