import { Node, SyntaxKind } from 'ts-morph';
import type { Cost, Place } from '../../../core/index.ts';
import type { Definition, Modules } from '../modules/definition.ts';
import { bodyOf, enclosingLoop, isAsyncFunction, lineOf, ownNodes } from '../tree/own-nodes.ts';
import { BLOCKING, ENDLESS, RETURNS, STARTS } from './call-words.ts';
import { type CallMade, type FunctionDefinition, isCheapCall } from './calls-made.ts';

/** What waiting costs, and where the body shows it. */
export interface CostFinding {
  readonly cost: Cost;
  readonly at?: Place;
  readonly reason?: string;
}

const FINITE: CostFinding = { cost: 'finite' };
const DEPTH = 2;

/** Reads what waiting for a function costs, once each. */
export function createCostReader(
  modules: Modules,
  callsOf: (of: FunctionDefinition) => readonly CallMade[],
): (of: Definition | undefined) => CostFinding {
  const known = new Map<Node, CostFinding>();

  function costOf(of: FunctionDefinition, depth: number): CostFinding {
    const found = known.get(of.node);
    if (found) return found;
    known.set(of.node, FINITE);
    const result = neverReturns(of, depth) ?? onlyStarts(of) ?? blocksLoop(of) ?? FINITE;
    if (depth === 0 || result !== FINITE) known.set(of.node, result);
    else known.delete(of.node);
    return result;
  }

  function neverReturns(of: FunctionDefinition, depth: number): CostFinding | undefined {
    const own = endlessLoop(of) ?? endlessPromise(of);
    if (own) return own;
    for (const call of callsOf(of)) {
      if (call.mode !== 'awaited') continue;
      if (isEndless(call.name)) return found('never-returns', of, call.node, 'runs until it is stopped');
      const inner = call.target && depth < DEPTH ? costOf(call.target, depth + 1) : undefined;
      if (inner?.cost === 'never-returns') return inner;
    }
    return undefined;
  }

  function onlyStarts(of: FunctionDefinition): CostFinding | undefined {
    const body = bodyOf(of.node);
    const awaits = body
      ? ownNodes(body, [SyntaxKind.AwaitExpression, SyntaxKind.ForOfStatement, SyntaxKind.WhileStatement])
      : [];
    if (awaits.length > 0) return undefined;
    const own = callsOf(of).filter(({ mode }) => mode !== 'spawned');
    const start = own.find(({ name, target }) => STARTS.test(name) && !target);
    if (!start || !own.every((call) => call === start || isCheapCall(call) || STARTS.test(call.name))) return undefined;
    return found('returns-at-once', of, start.node, 'starts a task of its own and returns');
  }

  function blocksLoop(of: FunctionDefinition): CostFinding | undefined {
    const calls = callsOf(of).filter(({ mode }) => mode !== 'spawned');
    const blocking = calls.find(({ name }) => BLOCKING.test(name));
    const isFirst =
      blocking && !calls.some(({ mode, node }) => mode === 'awaited' && node.getStart() < blocking.node.getStart());
    return blocking && isFirst ? found('blocks-loop', of, blocking.node, `calls ${blocking.name}`) : undefined;
  }

  function found(cost: Cost, of: FunctionDefinition, node: Node, reason: string): CostFinding {
    return { cost, at: { path: of.module.path, line: lineOf(node) }, reason };
  }

  function endlessLoop(of: FunctionDefinition): CostFinding | undefined {
    const body = bodyOf(of.node);
    const loops = body
      ? ownNodes(body, [
          SyntaxKind.WhileStatement,
          SyntaxKind.ForStatement,
          SyntaxKind.DoStatement,
          SyntaxKind.ForOfStatement,
        ])
      : [];
    const loop = loops.find(isEndlessLoop);
    return loop && isAsyncFunction(of.node) ? found('never-returns', of, loop, 'loops for ever') : undefined;
  }

  function endlessPromise(of: FunctionDefinition): CostFinding | undefined {
    const body = bodyOf(of.node);
    const waits = (body ? ownNodes(body, [SyntaxKind.NewExpression]) : []).find((node) =>
      /^new Promise(<[^>]*>)?\(\(\)\s*=>\s*\{\s*\}\)$/.test(node.getText()),
    );
    return waits ? found('never-returns', of, waits, 'waits for a promise that nothing settles') : undefined;
  }

  return (of) => {
    if (of?.kind === 'function') return costOf(of, 0);
    return of?.kind === 'external' ? outsideCost(of.qualifiedName) : { cost: 'unknown' };
  };
}

/** Of what stands outside the project only the well-known is known. */
function outsideCost(name: string): CostFinding {
  if (isEndless(name)) return { cost: 'never-returns', reason: 'runs until it is stopped' };
  return BLOCKING.test(name) ? { cost: 'blocks-loop', reason: 'blocks the event loop' } : { cost: 'unknown' };
}

function isEndless(name: string): boolean {
  return ENDLESS.test(name) && !RETURNS.test(name);
}

/** It awaits something in every turn, and only its condition, a flag, could end it. */
function isEndlessLoop(loop: Node): boolean {
  if (!Node.isIterationStatement(loop)) return false;
  const body = loop.getStatement();
  if (ownNodes(body, [SyntaxKind.AwaitExpression]).length === 0 && !isConsumer(loop)) return false;
  const leaves = ownNodes(body, [
    SyntaxKind.BreakStatement,
    SyntaxKind.ReturnStatement,
    SyntaxKind.ThrowStatement,
  ]).some((node) => !Node.isBreakStatement(node) || enclosingLoop(node) === loop);
  return !leaves && (isConsumer(loop) || conditionHolds(loop));
}

function conditionHolds(loop: Node): boolean {
  const condition =
    Node.isWhileStatement(loop) || Node.isDoStatement(loop)
      ? loop.getExpression().getText()
      : Node.isForStatement(loop)
        ? (loop.getCondition()?.getText() ?? 'true')
        : '';
  return /^(true|1|!?(this\.)?_?#?(is)?\w*(running|stopp?(ed|ing)?|shutting_?down|active|alive|closed|closing|enabled|abort(ed)?|started))$/i.test(
    condition.replace(/\s/g, ''),
  );
}

/** `for await (const message of consumer)` ends with the subscription. */
function isConsumer(loop: Node): boolean {
  return (
    Node.isForOfStatement(loop) &&
    loop.isAwaited() &&
    /consum|subscri|stream|watch|messages|events|channel|listen|poll/i.test(loop.getExpression().getText()) &&
    !/readline|createReadStream/.test(loop.getExpression().getText())
  );
}
