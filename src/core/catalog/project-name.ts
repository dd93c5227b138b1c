/** Folder names that say which branch is checked out, not which project. */
const BRANCH_LIKE: ReadonlySet<string> = new Set(['main', 'master', 'default', 'develop', 'trunk']);

/** The name people use for a project: the base name of its folder, or of the parent when that is a branch-like name. */
export function projectName(path: string): string {
  const parts = path.split(/[\\/]+/).filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  if (BRANCH_LIKE.has(last.toLowerCase())) return parts.at(-2) ?? last;
  return last;
}
