import { type Expression, Node } from 'ts-morph';
import type { ThresholdAssignment, ThresholdRule } from '../../core/index.ts';
import { isTestFile } from './hooks/test-files.ts';
import type { SourceModule } from './modules/definition.ts';

/** Where the names of the rules are given a value: variables, properties of objects and classes, parameters, assignments. */
export function thresholdsIn(module: SourceModule, rules: readonly ThresholdRule[]): readonly ThresholdAssignment[] {
  const wanted = rules.filter(({ name }) => module.text.includes(name));
  if (wanted.length === 0 || isTestFile(module.path)) return [];
  return module.root.getDescendants().flatMap((node) => {
    const { name, value } = givenValue(node) ?? {};
    const rule = wanted.find((one) => one.name === name);
    return rule && value ? [assignmentOf(rule, value)] : [];
  });
}

interface GivenValue {
  readonly name: string;
  readonly value?: Expression | undefined;
}

function givenValue(node: Node): GivenValue | undefined {
  const isNamed =
    Node.isPropertyAssignment(node) ||
    Node.isPropertyDeclaration(node) ||
    Node.isVariableDeclaration(node) ||
    Node.isParameterDeclaration(node);
  if (isNamed) return { name: unquoted(node.getName()), value: node.getInitializer() };
  if (!Node.isBinaryExpression(node) || node.getOperatorToken().getText() !== '=') return undefined;
  const target = node.getLeft();
  if (Node.isPropertyAccessExpression(target)) return { name: target.getName(), value: node.getRight() };
  return Node.isIdentifier(target) ? { name: target.getText(), value: node.getRight() } : undefined;
}

/** `'high-memory'` of a quoted property. */
function unquoted(name: string): string {
  return name.replace(/^(['"])(.*)\1$/, '$2');
}

function assignmentOf(rule: ThresholdRule, value: Expression): ThresholdAssignment {
  const text = value.getText();
  const isNumber = Node.isNumericLiteral(value) && /^[\d_.]+$/.test(text);
  return {
    rule,
    line: value.getStartLineNumber(),
    text,
    range: { start: value.getStart(), end: value.getEnd() },
    ...(isNumber ? { number: Number(text.replaceAll('_', '')) } : {}),
  };
}
