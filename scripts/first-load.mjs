// The scripts a browser fetches before anything shows: what dist/index.html loads and preloads.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');

/** Paths in the folder of the built app: `assets/index-1a2b3c.js`. */
export function firstLoadScripts(dist = DIST) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const paths = tags
    .filter((tag) => tag.startsWith('<script') || /\brel="modulepreload"/.test(tag))
    .flatMap((tag) => /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? []);
  if (paths.length === 0) throw new Error(`${join(dist, 'index.html')} loads no script: is it built?`);
  return [...new Set(paths)].map((path) => path.replace(/^\.?\//, ''));
}
