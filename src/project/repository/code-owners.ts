import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import ignore, { type Ignore } from 'ignore';

/** Where GitHub and GitLab look for the file, the first one found counts. */
export const CODE_OWNERS_FILES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'] as const;

/** The owners of a file by its path below the top of the repository; empty where nobody owns it. */
export type OwnersOf = (path: string) => readonly string[];

/** The rules of a repository; `undefined` where it has none. */
export function codeOwners(top: string): OwnersOf | undefined {
  const found = CODE_OWNERS_FILES.map((name) => join(top, name)).find((file) => existsSync(file));
  return found === undefined ? undefined : ownersIn(readFileSync(found, 'utf8'));
}

/**
 * Rules as GitHub and GitLab read them: the last one that matches counts, in GitLab the last one of every section.
 *
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners,
 * https://docs.gitlab.com/user/project/codeowners/reference/
 */
export function ownersIn(text: string): OwnersOf {
  const sections = sectionsOf(text);
  return (path) => {
    const owners = sections.flatMap(({ rules }) => rules.findLast((rule) => matches(rule, path))?.owners ?? []);
    return [...new Set(owners)];
  };
}

interface Section {
  /** In lower case; empty for what stands before the first section. */
  readonly name: string;
  readonly rules: Rule[];
}

interface Rule {
  readonly pattern: Ignore;
  /** `docs/*` is about the files of a folder, and not about those of the folders in it. */
  readonly isFlat: boolean;
  readonly owners: readonly string[];
}

function sectionsOf(text: string): readonly Section[] {
  const sections = new Map<string, Section>([['', { name: '', rules: [] }]]);
  let at = sections.get('');
  let inherited: readonly string[] = [];
  for (const line of text.split(/\r?\n/).map((line) => line.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const head = /^\^?\[([^\]]+)\](?:\[\d+\])?(.*)$/.exec(line);
    if (head) {
      const name = head[1]?.toLowerCase() ?? '';
      at = sections.get(name) ?? { name, rules: [] };
      sections.set(name, at);
      inherited = ownersOf(head[2] ?? '');
    } else at?.rules.push(ruleOf(line, inherited));
  }
  return [...sections.values()];
}

/** A blank in a pattern is written `\ `; `!` clears the owners in GitLab. */
function ruleOf(line: string, inherited: readonly string[]): Rule {
  const [, excludes = '', pattern = '', rest = ''] = /^(!?)((?:\\.|[^\s\\])+)(.*)$/.exec(line) ?? [];
  const named = ownersOf(rest);
  return {
    pattern: ignore({ ignorecase: false }).add(pattern),
    isFlat: pattern.endsWith('/*'),
    owners: excludes === '' ? (named.length > 0 ? named : inherited) : [],
  };
}

function ownersOf(text: string): readonly string[] {
  return text
    .replace(/(^|\s)#.*$/, '')
    .split(/\s+/)
    .filter(Boolean);
}

function matches({ pattern, isFlat }: Rule, path: string): boolean {
  if (!pattern.ignores(path)) return false;
  const folder = dirname(path);
  return !isFlat || folder === '.' || !pattern.ignores(folder);
}
