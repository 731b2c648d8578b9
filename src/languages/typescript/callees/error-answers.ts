import { Node, SyntaxKind } from 'ts-morph';
import { runNodesIn } from './run-nodes.ts';

/** What hangs on a check, or a handler, fails the request all the same: it throws, or answers with an error. */
export function endsInError(node: Node): boolean {
  if (Node.isCallExpression(node)) return true;
  return branchesOf(node).some(
    (branch) =>
      runNodesIn(branch, [SyntaxKind.ThrowStatement]).length > 0 ||
      runNodesIn(branch, [SyntaxKind.CallExpression, SyntaxKind.NewExpression]).some((one) =>
        ERROR.test(one.getText()),
      ),
  );
}

/** The statement goes back, on to the next turn, or out of the loop. */
export function leaves(statement: Node): boolean {
  const kinds = [SyntaxKind.ReturnStatement, SyntaxKind.ContinueStatement, SyntaxKind.BreakStatement];
  return runNodesIn(statement, kinds).length > 0;
}

/** `if (!index) throw …`: the branches, not what is asked; `index ? index.find(id) : fail()` likewise. */
function branchesOf(node: Node): readonly Node[] {
  if (Node.isIfStatement(node))
    return [node.getThenStatement(), node.getElseStatement()].filter((one) => one !== undefined);
  if (Node.isConditionalExpression(node)) return [node.getWhenTrue(), node.getWhenFalse()];
  return Node.isCatchClause(node) ? [node.getBlock()] : [];
}

const ERROR =
  /\b(status|code|sendStatus|json|send|error|writeHead|HttpException|createError|abort)\([^)]*\b50[0-4]\b|\bstatus(Code)?\s*[:=]\s*50[0-4]|^(next|reject)\(|ServiceUnavailable|InternalServerError|\bcreateError\(/;
