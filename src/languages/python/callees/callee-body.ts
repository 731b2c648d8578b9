import type { CalleeBody, Cost, ProjectFiles } from '../../../core/index.ts';
import { isQuery } from '../../wording/clean-up-words.ts';
import { classMember } from '../modules/classes.ts';
import type { Definition } from '../modules/definition.ts';
import { classAround } from '../modules/lookup.ts';
import type { FunctionDefinition, Resolver } from '../modules/resolver.ts';
import { logMessages } from '../tree/log-lines.ts';
import type { Node } from '../tree/parse.ts';
import {
  decoratorsOf,
  enclosing,
  field,
  isAsync,
  named,
  nameOf,
  ownNodes,
  placeOf,
  stringContent,
} from '../tree/tree.ts';
import { type CallMade, createCallReader, functionKey } from './calls-made.ts';
import { isCheapCall } from './cheap-calls.ts';
import { createCostReader } from './cost.ts';
import { deletionsOf } from './deletions.ts';
import { createEffectReader } from './effects.ts';
import { exitsOnFailure, survivesFailure } from './failure-of-body.ts';
import { type Reached, reachedFrom } from './reached.ts';

/** Reads what the function behind a callee does. */
export interface CalleeReader {
  calleeBody(definition: Definition): CalleeBody | undefined;
  cost(definition: Definition | undefined): Cost;
}

const MAX_CALLS = 200;
export function createCalleeReader(project: ProjectFiles, resolver: Resolver): CalleeReader {
  const callsOf = createCallReader(resolver);
  const costOf = createCostReader(callsOf);
  const effectsOf = createEffectReader(project, resolver);
  const known = new Map<string, CalleeBody>();

  function calleeBody(definition: Definition): CalleeBody | undefined {
    const of = functionBehind(definition, resolver);
    if (!of) return undefined;
    const key = functionKey(of);
    const body = known.get(key) ?? read(of);
    known.set(key, body);
    return body;
  }

  function read(of: FunctionDefinition): CalleeBody {
    const reached = reachedFrom(of, callsOf);
    const { cost, at: costAt, reason: costReason } = costOf(of);
    const calls = callsOf(of);
    const documentation = docstringOf(of);
    return {
      at: placeOf(of.module, of.node),
      name: displayName(of),
      ...(documentation && { docstring: documentation }),
      isAsync: isAsync(of.node),
      ...(costAt && { costAt }),
      ...(costReason && { costReason }),
      calls: callNames(reached, callsOf),
      remarks: remarksOf(of.node),
      queries: [...new Set(reached.flatMap((one) => queriesOf(one.of.node)))],
      isTrivial: isTrivial(of.node, calls),
      survivesFailure: survivesFailure(of.node, calls),
      exitsOnFailure: exitsOnFailure(of.node),
      effects: effectsOf(reached),
      ...deletionsOf(reached, cost === 'never-returns'),
    };
  }

  function cost(definition: Definition | undefined): Cost {
    const of = definition && functionBehind(definition, resolver);
    return of || definition?.kind === 'external' ? costOf(of ?? definition).cost : 'unknown';
  }

  return { calleeBody, cost };
}

/** The function that a call to the definition runs: a constructor for a class, `__call__` for an object. */
function functionBehind(definition: Definition, resolver: Resolver): FunctionDefinition | undefined {
  const method =
    definition.kind === 'class'
      ? classMember(definition, '__init__', true, resolver)
      : definition.kind === 'instance'
        ? classMember(definition.of, '__call__', true, resolver)
        : definition;
  return method?.kind === 'function' && !isAbstract(method.node) ? method : undefined;
}

/** A method without a body of its own: what really runs is a subclass's, and not known. */
function isAbstract(method: Node): boolean {
  if (enclosing(method, ['class_definition', 'function_definition'])?.type !== 'class_definition') return false;
  if (decoratorsOf(method).some((name) => /(^|\.)abstractmethod$/.test(name))) return true;
  const body = field(method, 'body');
  const statements = (body ? named(body) : []).filter((node) => stringContent(named(node)[0] ?? node) === undefined);
  return (
    statements.every((node) => node.text === '...' || /^raise NotImplementedError\b/.test(node.text)) &&
    statements.length > 0
  );
}

function displayName(of: FunctionDefinition): string {
  const owner = of.owner ?? classAround(of.node, of.module);
  return owner ? `${nameOf(owner.node)}.${nameOf(of.node)}` : nameOf(of.node);
}

/** First paragraph of the function's docstring, or of its class's. */
function docstringOf(of: FunctionDefinition): string | undefined {
  const owner = of.owner ?? classAround(of.node, of.module);
  return firstParagraph(of.node) ?? (owner && firstParagraph(owner.node));
}

function firstParagraph(definition: Node): string | undefined {
  const body = field(definition, 'body');
  const first = body && named(body)[0];
  const literal = first?.type === 'expression_statement' ? named(first)[0] : undefined;
  const text =
    literal &&
    stringContent(literal)
      ?.trim()
      .split(/\n\s*\n/, 1)[0];
  return text?.replaceAll(/\s+/g, ' ') || undefined;
}

function callNames(
  reached: readonly Reached[],
  callsOf: (of: FunctionDefinition) => readonly CallMade[],
): readonly string[] {
  const names = reached.flatMap((one) => callsOf(one.of).filter((call) => !isCheapCall(call)));
  return [...new Set(names.map((call) => call.name).filter((name) => name !== ''))].slice(0, MAX_CALLS);
}

function remarksOf(definition: Node): readonly string[] {
  const body = field(definition, 'body');
  // A comment above the first statement is a child of the definition, not of its block.
  const comments = ownNodes(definition).filter((node) => node.type === 'comment');
  const texts = comments.map((comment) => comment.text.replace(/^#+!?\s*/, '').trim());
  return [...(body ? logMessages(body) : []), ...texts.filter((text) => text !== '')];
}

/** Literals that start like a statement of SQL. */
function queriesOf(definition: Node): readonly string[] {
  const body = field(definition, 'body');
  const strings = (body ? ownNodes(body) : []).map(stringContent).filter((text) => text !== undefined);
  return strings.filter((text) => isQuery(text)).map((text) => text.trim().replaceAll(/\s+/g, ' '));
}

function isTrivial(definition: Node, calls: readonly CallMade[]): boolean {
  const body = field(definition, 'body');
  const isBusy = (node: Node) =>
    /^(while_statement|for_statement|with_statement|await|yield|raise_statement|import)/.test(node.type);
  return body !== undefined && calls.every(isCheapCall) && !ownNodes(body).some(isBusy);
}
