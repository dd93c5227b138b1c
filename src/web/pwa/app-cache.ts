/**
 * The app as it is kept for when there is no network: a cache for each version, whole or not there.
 *
 * Contract:
 * - A version's cache holds all of its files, and a page of one version gets files of that version alone: names under `assets/` carry
 *   a hash of their content, and every other file is answered from the newest version, which is the one that page came with.
 * - The version before is kept as long as this one: a tab that was open before the update goes on with it.
 */

/** One file of the build, with a hash of its content where its name has none. */
export interface BuiltFile {
  readonly url: string;
  readonly revision: string | null;
}

const PREFIX = 'app-';
const PAGE = '/index.html';
/** Kept with a version when it begins to be used. */
const IN_USE = '/in-use';

/** The name of a version's cache: the same files, the same name. */
export async function cacheName(files: readonly BuiltFile[]): Promise<string> {
  const text = files
    .map(({ url, revision }) => `${url} ${revision ?? ''}`)
    .toSorted()
    .join('\n');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return PREFIX + [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Fetches every file of a version. Throws, and leaves nothing, when one of them can't be had or is another version's. */
export async function fillCache(name: string, files: readonly BuiltFile[]): Promise<void> {
  try {
    const cache = await caches.open(name);
    await cache.addAll(
      files.map(({ url, revision }) => new Request(url, revision === null ? {} : { cache: 'reload' })),
    );
    const page = (await (await cache.match(PAGE))?.text()) ?? '';
    const stranger = foreignAsset(page, files);
    if (stranger !== null) throw new Error(`the page is of another version: it asks for ${stranger}`);
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

/** An asset the page asks for that is none of these files: the server was brought to another version meanwhile. Null: none. */
export function foreignAsset(page: string, files: readonly BuiltFile[]): string | null {
  const own = new Set(files.map(({ url }) => new URL(url, 'http://app/').pathname));
  const asked = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
  return asked.find((path) => !own.has(path)) ?? null;
}

/** This version is in use from now on. Forgets all others but the one that was in use before: a tab may still run it. */
export async function takeOver(current: string, now: number): Promise<void> {
  await (await caches.open(current)).put(IN_USE, new Response(String(now)));
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== current);
  const since = new Map(await Promise.all(others.map(async (name) => [name, await inUseSince(name)] as const)));
  const before = others
    .filter((name) => since.get(name) !== 0)
    .sort((a, b) => (since.get(b) ?? 0) - (since.get(a) ?? 0));
  await Promise.all(others.filter((name) => name !== before[0]).map((name) => caches.delete(name)));
}

/** ms; 0: it waited, and never was. */
async function inUseSince(name: string): Promise<number> {
  const mark = await (await caches.open(name)).match(IN_USE);
  return mark === undefined ? 0 : Number(await mark.text());
}

/** What is kept of it; undefined when it is no file of the app. */
export async function cached(request: Request, current: string): Promise<Response | undefined> {
  const cache = await caches.open(current);
  if (request.mode === 'navigate') return cache.match(PAGE);
  const { pathname } = new URL(request.url);
  const own = await cache.match(pathname);
  if (own !== undefined || !pathname.startsWith('/assets/')) return own;
  const before = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== current);
  const answers = await Promise.all(before.map(async (name) => (await caches.open(name)).match(pathname)));
  return answers.find((answer) => answer !== undefined);
}
