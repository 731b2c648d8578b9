import { openingArguments, type PullRequest, pageFor, programsFor, type Remote, type Repository } from '../../index.ts';

/** What a person types to push a branch. */
export function pushCommand({ name }: Remote, branch: string): string {
  return typed('git', ['push', '--set-upstream', name, branch]);
}

/** What a person types, or the page that they open, for a branch that was pushed; nothing where the server is not known. */
export function waysToOpen(request: PullRequest, { address }: Remote, repository: Repository): readonly string[] {
  if (!address) return [];
  return programsFor(address).flatMap((program, _, all) => {
    const args = openingArguments(program, request, address, repository);
    const shown = all.length === 1 ? [`or on ${pageFor(program, address, request.branch, request.target)}`] : [];
    return [typed(program, args, request), ...shown];
  });
}

/** A command as a person types it: arguments that a shell would take apart stand in quotes, the body is read from its file. */
function typed(command: string, args: readonly string[], request?: PullRequest): string {
  const words = args.map((argument) =>
    request !== undefined && argument === request.body ? `"$(cat ${quoted(request.bodyFile)})"` : quoted(argument),
  );
  return [command, ...words].join(' ');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
