/** Where endpoints can be added to an app, and which paths are taken. */
export interface EndpointSite {
  /** The file in which the app is made, and the line. */
  readonly path: string;
  readonly line: number;
  /** The app as an expression below that statement: `app`. */
  readonly app: string;
  /** Start of the line below the statement, and its indentation. */
  readonly at: number;
  readonly indent: string;
  /** Where the project's code names a path of a route: `/ready` → `src/api/routes.py:12`. */
  placeOf(route: string): string | undefined;
  /** Something that answers every path stands before whatever is added. */
  readonly isCovered: boolean;
}
