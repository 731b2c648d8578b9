import { type Edit, insert, type LifespanSite, remove, replace } from '../../../core/index.ts';
import type { PythonModule } from '../modules/definition.ts';
import { moduleNames } from '../modules/module-names.ts';
import { standardFromImport } from '../placing/imports.ts';
import { commentBlockStart, lineStart } from '../syntax/text.ts';
import { rangeOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { enclosingFunction } from '../tree/shapes.ts';
import { named } from '../tree/tree.ts';

const NAMES = ['lifespan', 'app_lifespan', 'server_lifespan'];
const LISTS = ['on_startup', 'on_shutdown'];

/** Where a lifespan for the app that a call makes is defined and handed over; a sentence part where it cannot be. */
export function lifespanSite(call: Node, module: PythonModule): LifespanSite | string {
  const statement = call.parent?.type === 'assignment' ? call.parent.parent : undefined;
  if (statement?.type !== 'expression_statement') return 'the app is not made by a plain assignment';
  const block = statement.parent;
  const scope = enclosingFunction(call);
  const isPlain = block?.type === 'module' || block?.id === scope?.childForFieldName('body')?.id;
  if (!block || !isPlain) return 'the app is made under a condition';
  const list = call.childForFieldName('arguments');
  if (!list || named(list).some(({ type }) => type === 'dictionary_splat' || type === 'list_splat'))
    return 'the arguments of the app are not all written where it is made';
  const taken = [...moduleNames(module), ...(scope ? identifiers(scope) : [])];
  const name = NAMES.find((one) => !taken.includes(one));
  if (name === undefined) return `the names ${NAMES.join(', ')} are taken`;
  const at = lineStart(module.text, statement.startIndex);
  return {
    at: commentBlockStart(module.text, at),
    indent: module.text.slice(at, statement.startIndex),
    name,
    parameter: `app: ${call.childForFieldName('function')?.text}`,
    edits: [...argumentEdits(list, name, module.text), ...decoratorImport(module)],
  };
}

function identifiers(scope: Node): readonly string[] {
  return scope.descendantsOfType('identifier').flatMap((node) => (node ? [node.text] : []));
}

/** The first list of handlers becomes `lifespan=lifespan`, the other one goes; without any it is added at the end. */
function argumentEdits(list: Node, name: string, text: string): readonly Edit[] {
  const given = named(list).filter(({ type }) => type !== 'comment');
  const [first, ...others] = given.filter((one) => LISTS.includes(one.childForFieldName('name')?.text ?? ''));
  const argument = `lifespan=${name}`;
  if (first) return [replace(rangeOf(first), argument), ...others.map((one) => withoutArgument(one, given, text))];
  const last = given.at(-1);
  if (!last) return [insert(list.startIndex + 1, argument)];
  const isOnItsOwnLine = /^[ \t]*$/.test(text.slice(lineStart(text, last.startIndex), last.startIndex));
  const between = isOnItsOwnLine ? `,\n${text.slice(lineStart(text, last.startIndex), last.startIndex)}` : ', ';
  return [insert(last.endIndex, `${between}${argument}`)];
}

/** An argument with the comma and the blanks before it. */
function withoutArgument(argument: Node, given: readonly Node[], text: string): Edit {
  const before = given[given.findIndex((one) => one.id === argument.id) - 1];
  const start = before ? text.indexOf(',', before.endIndex) : argument.startIndex;
  return remove({ start, end: argument.endIndex });
}

/** `from contextlib import asynccontextmanager`, or the name beside those that are imported from there. */
function decoratorImport(module: PythonModule): readonly Edit[] {
  if (moduleNames(module).includes(DECORATOR)) return [];
  const statement = named(module.root).find(
    (one) => one.type === 'import_from_statement' && one.childForFieldName('module_name')?.text === 'contextlib',
  );
  const names = statement ? named(statement).slice(1) : [];
  const later = names.find((one) => one.text > DECORATOR);
  if (later) return [insert(later.startIndex, `${DECORATOR}, `)];
  const last = names.at(-1);
  if (last) return [insert(last.endIndex, `, ${DECORATOR}`)];
  const { at, isFirst } = standardFromImport('contextlib', module);
  return [insert(at, `from contextlib import ${DECORATOR}\n${isFirst ? '\n' : ''}`)];
}

const DECORATOR = 'asynccontextmanager';
