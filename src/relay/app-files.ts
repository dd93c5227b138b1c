import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Context, Hono } from 'hono';
import { findFile, type FoundFile } from './find-file.ts';
import { isCompressible, mediaType } from './media-types.ts';

const compress = promisify(gzip);

/** Names in it carry a hash of their content: what such an address holds never changes. */
const HASHED = '/assets/';
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_EACH_TIME = 'no-cache';

/**
 * Serves the built app: files by their names, and `index.html` for every address a person can navigate to, because the app
 * itself decides what `/sessions` shows.
 *
 * @example
 * app.route('/', appFiles('dist'));
 */
export function appFiles(dist: string): Hono {
  const packed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const routes = new Hono();

  routes.get('*', async (context) => {
    const { path } = context.req;
    const named = path === '/' ? null : await findFile(dist, path);
    const file = named ?? (isNavigation(context) ? await findFile(dist, '/index.html') : null);
    if (!file) return context.text('Not found\n', 404);
    return answer(context, file, named !== null && path.startsWith(HASHED) ? FOR_EVER : ASK_EACH_TIME);
  });

  async function answer(context: Context, file: FoundFile, caching: string): Promise<Response> {
    const etag = `W/"${file.size.toString(36)}-${Math.trunc(file.modified).toString(36)}"`;
    const headers: Record<string, string> = {
      'Content-Type': mediaType(file.path),
      'Cache-Control': caching,
      ETag: etag,
      Vary: 'Accept-Encoding',
    };
    if (context.req.header('If-None-Match') === etag) return context.body(null, 304, headers);
    if (!isCompressible(file.path) || !acceptsGzip(context)) return context.body(await contentOf(file), 200, headers);
    return context.body(await packedContentOf(file, etag), 200, { ...headers, 'Content-Encoding': 'gzip' });
  }

  /** The app is a few files of at most some hundred kB: each is packed once. */
  function packedContentOf(file: FoundFile, etag: string): Promise<Uint8Array<ArrayBuffer>> {
    const key = `${file.path} ${etag}`;
    const known = packed.get(key);
    if (known) return known;
    const made = contentOf(file).then(async (content) => new Uint8Array(await compress(content)));
    packed.set(key, made);
    made.catch(() => packed.delete(key));
    return made;
  }

  return routes;
}

async function contentOf(file: FoundFile): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(file.path));
}

function acceptsGzip(context: Context): boolean {
  const accepted = context.req.header('Accept-Encoding') ?? '';
  return accepted.split(',').some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding));
}

/** A person's address, not a script's: a missing asset must be 404, not a page of HTML. */
function isNavigation(context: Context): boolean {
  const { path } = context.req;
  if (path.startsWith(HASHED)) return false;
  const lastName = path.slice(path.lastIndexOf('/') + 1);
  return (context.req.header('Accept') ?? '').includes('text/html') || !lastName.includes('.');
}
