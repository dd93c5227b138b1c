import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Changes with any of these modules, and with any module they are made of. */
export function generatorHash(entries: readonly string[]): string {
  const hash = createHash('sha256');
  const seen = new Set<string>();
  const take = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(path, 'utf8');
    hash.update(text);
    for (const [, name = ''] of text.matchAll(/from '(\..+?)'/g)) take(join(dirname(path), name));
  };
  for (const entry of entries) take(entry);
  return hash.digest('hex').slice(0, 16);
}
