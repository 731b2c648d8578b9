import type { ThresholdAssignment, ThresholdRule } from '../../core/index.ts';
import { isTestFile } from './hooks/test-files.ts';
import type { PythonModule } from './modules/definition.ts';
import { allNodes, lineOf, rangeOf } from './tree/own-nodes.ts';
import type { Node } from './tree/parse.ts';
import { argumentsOf, lastName, stringValue } from './tree/shapes.ts';

/** Where the names of the rules are given a value: constants, attributes, entries of dicts, keyword arguments, defaults. */
export function thresholdsIn(module: PythonModule, rules: readonly ThresholdRule[]): readonly ThresholdAssignment[] {
  const wanted = rules.filter(({ name }) => module.text.includes(name));
  if (wanted.length === 0 || isTestFile(module.path)) return [];
  return allNodes(module.root, Object.keys(NAMES)).flatMap((node) => {
    const rule = wanted.find(({ name }) => name === NAMES[node.type]?.(node));
    const value = rule && assignedValue(node);
    return rule && value ? [assignmentOf(rule, value)] : [];
  });
}

/** The name that a node gives a value to, by its type. */
const NAMES: Readonly<Record<string, (node: Node) => string | undefined>> = {
  assignment: (node) => targetName(node.childForFieldName('left')),
  pair: (node) => stringValue(node.childForFieldName('key') ?? undefined),
  keyword_argument: (node) => node.childForFieldName('name')?.text,
  default_parameter: (node) => node.childForFieldName('name')?.text,
  typed_default_parameter: (node) => node.childForFieldName('name')?.text,
};

/** `x`, `self.x`, `settings["x"]`. */
function targetName(target: Node | null): string | undefined {
  if (target?.type === 'subscript') return stringValue(target.childForFieldName('subscript') ?? undefined);
  return target?.type === 'identifier' || target?.type === 'attribute' ? lastName(target) : undefined;
}

/** The value itself; of `field(default=1000)` and `Field(1000)` the number inside. */
function assignedValue(node: Node): Node | undefined {
  const value = node.childForFieldName('right') ?? node.childForFieldName('value') ?? undefined;
  const isField = value?.type === 'call' && /^[Ff]ield$/.test(lastName(value.childForFieldName('function')) ?? '');
  if (!value || !isField) return value;
  const { positional, keywords } = argumentsOf(value);
  return keywords.get('default') ?? positional[0] ?? value;
}

function assignmentOf(rule: ThresholdRule, value: Node): ThresholdAssignment {
  const isNumber = (value.type === 'integer' || value.type === 'float') && /^[\d_.]+$/.test(value.text);
  return {
    rule,
    line: lineOf(value),
    text: value.text,
    range: rangeOf(value),
    ...(isNumber ? { number: Number(value.text.replaceAll('_', '')) } : {}),
  };
}
