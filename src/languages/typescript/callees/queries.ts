import { Node, SyntaxKind } from 'ts-morph';
import { isQuery } from '../../wording/clean-up-words.ts';
import { lastPart } from '../../wording/dotted-path.ts';
import { calleeText } from '../tree/dotted-name.ts';
import type { FunctionDefinition } from './functions.ts';
import { rememberedByFunction } from './remembered.ts';
import { runNodes, TEXT_KINDS, textOf } from './run-nodes.ts';

/** Statements of SQL, and what an object mapper is told to change: `prisma.session.deleteMany({ where: { … } })`. */
export const queriesOf = rememberedByFunction((of): readonly string[] => {
  const texts = runNodes(of, TEXT_KINDS).map(textOf).filter(isQuery);
  return [...texts.map(onOneLine), ...changesOf(of)];
});

/** Deletes and updates that are written as calls, with what follows them in their chain. */
export function changesOf(of: FunctionDefinition): readonly string[] {
  return runNodes(of, [SyntaxKind.CallExpression])
    .filter((call) => Node.isCallExpression(call) && CHANGES.test(lastPart(calleeText(call.getExpression()))))
    .map((call) => shortened(onOneLine(chainAround(call).getText())));
}

/** `db.delete(sessions).where(…)` for its `db.delete(sessions)`. */
function chainAround(call: Node): Node {
  let at = call;
  for (let outer = at.getParent(); outer; outer = outer.getParent()) {
    const isChain =
      (Node.isPropertyAccessExpression(outer) && outer.getExpression() === at) ||
      (Node.isCallExpression(outer) && outer.getExpression() === at);
    if (!isChain) break;
    at = outer;
  }
  return at;
}

function onOneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

function shortened(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

const MOST = 240;

const CHANGES =
  /^(deleteMany|deleteOne|updateMany|findOneAndDelete|findByIdAndDelete|destroy|truncate|delete|del|remove|dropDatabase|dropCollection|drop|flushdb|flushall|flushDb|flushAll|flushDB|zremrangebyscore|zRemRangeByScore)$/;
