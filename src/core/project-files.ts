/**
 * What a front end may see of the project: read-only, synchronous, cached. Paths are relative to the scanned root, with `/`.
 * Files outside the root, behind links that lead out of it, ignored, too large or not UTF-8 do not exist here.
 */
export interface ProjectFiles {
  /** The text of a file without its byte order mark, or `undefined` where there is none. */
  read(path: string): string | undefined;
  has(path: string): boolean;
  /** Every path with one of the extensions (`.py`), in a stable order; ignored files are not among them. */
  paths(extension: string): readonly string[];
  /** Those of `paths(extension)` whose text contains the word literally. */
  containing(word: string, extension: string): readonly string[];
}
