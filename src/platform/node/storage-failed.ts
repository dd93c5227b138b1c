import { problem, ProblemError } from '../../core/model/problem.ts';
import { errorCode } from './system-error.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
};

/** A system error of the state folder as a problem a person can act on. ProblemErrors pass as they are. */
export function storageFailed(folder: string, error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const reason = REASONS[errorCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
  const words = `Dramatis can't keep its state in ${folder}: ${reason}. Nothing was changed. --data-dir names another folder.`;
  return new ProblemError(problem('storage-failed', 'error', folder, words));
}
