import { UserError } from '../core/index.ts';

/** A file that is left as it is for a reason that the user can do something about; the message follows the file's name. */
export class Refusal extends Error {}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'does not fit: the disk is full',
  EDQUOT: 'does not fit: the disk quota is used up',
  EFBIG: 'does not fit: the file system or a limit does not allow files of this size',
  EIO: 'could not be written: the disk reports an error',
  EACCES: 'may not be written: the rights do not allow it',
  EPERM: 'may not be written: the rights do not allow it',
  EROFS: 'may not be written: the file system is read-only',
  EBUSY: 'could not be written: another program holds it open',
  ENOENT: 'is gone',
  ENOTDIR: 'could not be written: a part of its path is a file',
  ENAMETOOLONG: 'could not be written: its path is too long',
};

/** The disk is full or failing: no other file would fare better. */
export function isFatal(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** What kept a file from being written, as words that follow its name. Anything that is no such failure is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || code === undefined) throw error;
  return REASONS[code] ?? `could not be written (${code})`;
}
