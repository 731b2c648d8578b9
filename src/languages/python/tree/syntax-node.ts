import type { Node as ParserNode, Tree as ParserTree } from 'web-tree-sitter';
import type { TextRange } from '../../../core/index.ts';

/**
 * A node of a syntax tree, as much of it as the front end needs. Offsets are UTF-16 code units of the parsed text.
 * Every question to the parser crosses into WebAssembly, so an answer is asked for once and remembered.
 */
export interface Node {
  readonly id: number;
  readonly type: string;
  readonly text: string;
  readonly startIndex: number;
  readonly endIndex: number;
  /** Row and column, both counted from 0. */
  readonly startPosition: { readonly row: number; readonly column: number };
  readonly endPosition: { readonly row: number; readonly column: number };
  readonly isNamed: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  readonly hasError: boolean;
  readonly parent: Node | null;
  readonly children: readonly Node[];
  readonly namedChildren: readonly Node[];
  childForFieldName(name: string): Node | null;
  child(index: number): Node | null;
  descendantForIndex(start: number, end?: number): Node | null;
  descendantsOfType(types: string | string[]): readonly Node[];
}

export interface Tree {
  readonly rootNode: Node;
  /** The ranges of all tokens, in order. */
  tokens(): Iterable<TextRange>;
  /** Frees the memory of the parser; the nodes must not be used afterwards. */
  delete(): void;
}

/** A parsed tree whose nodes remember what they were asked. */
export function rememberingTree(tree: ParserTree, text: string): Tree {
  const known = new Map<number, RememberingNode>();
  const wrap: Wrap = (raw, parent) => {
    const before = known.get(raw.id);
    if (before) return before;
    const node = new RememberingNode(raw, text, wrap, parent);
    known.set(raw.id, node);
    return node;
  };
  return { rootNode: wrap(tree.rootNode, null), tokens: () => tokensOf(tree), delete: () => tree.delete() };
}

function* tokensOf(tree: ParserTree): Iterable<TextRange> {
  const cursor = tree.walk();
  try {
    for (;;) {
      if (cursor.gotoFirstChild()) continue;
      yield { start: cursor.startIndex, end: cursor.endIndex };
      while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return;
    }
  } finally {
    cursor.delete();
  }
}

type Wrap = (raw: ParserNode, parent?: RememberingNode | null) => RememberingNode;

class RememberingNode implements Node {
  readonly id: number;
  readonly startIndex: number;
  readonly #raw: ParserNode;
  readonly #source: string;
  readonly #wrap: Wrap;
  readonly #fields = new Map<string, Node | null>();
  #parent: Node | null | undefined;
  #type: string | undefined;
  #endIndex: number | undefined;
  #children: readonly Node[] | undefined;
  #namedChildren: readonly Node[] | undefined;

  constructor(raw: ParserNode, source: string, wrap: Wrap, parent: Node | null | undefined) {
    this.id = raw.id;
    this.startIndex = raw.startIndex;
    this.#raw = raw;
    this.#source = source;
    this.#wrap = wrap;
    this.#parent = parent;
  }

  get type(): string {
    this.#type ??= this.#raw.type;
    return this.#type;
  }

  get endIndex(): number {
    this.#endIndex ??= this.#raw.endIndex;
    return this.#endIndex;
  }

  get text(): string {
    return this.#source.slice(this.startIndex, this.endIndex);
  }

  get startPosition() {
    return this.#raw.startPosition;
  }

  get endPosition() {
    return this.#raw.endPosition;
  }

  get isNamed(): boolean {
    return this.#raw.isNamed;
  }

  get isError(): boolean {
    return this.#raw.isError;
  }

  get isMissing(): boolean {
    return this.#raw.isMissing;
  }

  get hasError(): boolean {
    return this.#raw.hasError;
  }

  get parent(): Node | null {
    if (this.#parent === undefined) this.#parent = this.#orNull(this.#raw.parent);
    return this.#parent;
  }

  get children(): readonly Node[] {
    this.#children ??= this.#all(this.#raw.children);
    return this.#children;
  }

  get namedChildren(): readonly Node[] {
    this.#namedChildren ??= this.#all(this.#raw.namedChildren);
    return this.#namedChildren;
  }

  childForFieldName(name: string): Node | null {
    const known = this.#fields.get(name);
    if (known !== undefined) return known;
    const raw = this.#raw.childForFieldName(name);
    const child = raw ? this.#wrap(raw, this) : null;
    this.#fields.set(name, child);
    return child;
  }

  child(index: number): Node | null {
    return this.children[index] ?? null;
  }

  descendantForIndex(start: number, end = start): Node | null {
    return this.#orNull(this.#raw.descendantForIndex(start, end));
  }

  descendantsOfType(types: string | string[]): readonly Node[] {
    return this.#raw.descendantsOfType(types).flatMap((raw) => (raw ? [this.#wrap(raw)] : []));
  }

  #all(raws: readonly (ParserNode | null)[]): readonly Node[] {
    return raws.flatMap((raw) => (raw ? [this.#wrap(raw, this)] : []));
  }

  #orNull(raw: ParserNode | null): Node | null {
    return raw ? this.#wrap(raw) : null;
  }
}
