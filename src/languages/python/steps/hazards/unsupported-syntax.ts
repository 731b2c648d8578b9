import type { Hazard } from '../../../../core/index.ts';
import { indentBefore, ownNodes } from '../../tree/own-nodes.ts';
import type { StepContext } from './context.ts';

/** What cannot be taken out of the hook as text, or means something else in a function of its own. */
export function unsupportedSyntax({ leaf, nodes, range, found, definition, shape }: StepContext): Hazard[] {
  if (leaf.role !== 'statement') return [];
  const { text } = definition.module;
  const never = (what: string): Hazard => ({ kind: 'unsupported-syntax', what, severity: 'never' });
  const hazards: Hazard[] = [];
  if (indentBefore(text, range.start) === undefined || !endsItsLine(text, range.end))
    hazards.push(never('it shares its line with other statements'));
  if (shape !== 'plain-call' && nodes.some((node) => usesFrame(text.slice(node.startIndex, node.endIndex))))
    hazards.push(never('it uses super(), locals() or eval()'));
  if (nodes.some((node) => ownNodes(node, ['yield']).length > 0)) hazards.push(never('it yields'));
  if (found.some((call) => call.isValue && call.form !== 'detached'))
    hazards.push({ kind: 'unsupported-syntax', what: 'it awaits a value that was made before', severity: 'never' });
  return hazards;
}

function usesFrame(text: string): boolean {
  return /\b(super|locals|eval|exec)\s*\(\s*\)|\b(eval|exec)\s*\(/.test(text);
}

function endsItsLine(text: string, end: number): boolean {
  return /^[ \t\f]*(#[^\r\n]*)?(\r?\n|$)/.test(text.slice(end, end + 2000));
}
