import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { errorCode, isMissing } from '../platform/node/system-error.ts';

export interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/**
 * The file a request path names inside `root`, or null. Never one outside of it, whatever the path is made of (`..`, an encoded
 * slash, a link that leads out), and never a hidden one.
 */
export async function findFile(root: string, urlPath: string): Promise<FoundFile | null> {
  const names = decodedNames(urlPath);
  if (!names) return null;
  try {
    const [base, path] = await Promise.all([realpath(root), realpath(join(root, ...names))]);
    if (!path.startsWith(base + sep)) return null;
    const stats = await stat(path);
    return stats.isFile() ? { path, size: stats.size, modified: stats.mtimeMs } : null;
  } catch (error) {
    if (isMissing(error) || errorCode(error) === 'ENAMETOOLONG') return null;
    throw error;
  }
}

/** `/a/b%20c` -> `a`, `b c`. Null when a name is not one that a built app has. */
function decodedNames(urlPath: string): string[] | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null; // not valid percent-encoding: no file has that name
  }
  const names = decoded.split('/').filter((name) => name !== '');
  return names.some((name) => name.startsWith('.') || /[\\:\0]/.test(name)) ? null : names;
}
