/**
 * Compiles a glob over names: `*` is any run of characters, `?` one. The time that a match takes grows with the product of
 * the two lengths at most, whatever the pattern.
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  return (text) => {
    let at = 0;
    let in_ = 0;
    let star = -1;
    let resume = 0;
    while (in_ < text.length) {
      if (pattern[at] === '*') {
        star = at++;
        resume = in_;
      } else if (pattern[at] === '?' || (at < pattern.length && pattern[at] === text[in_])) {
        at++;
        in_++;
      } else if (star >= 0) {
        at = star + 1;
        in_ = ++resume;
      } else return false;
    }
    while (pattern[at] === '*') at++;
    return at === pattern.length;
  };
}
