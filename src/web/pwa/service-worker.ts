/// <reference lib="webworker" />
import type { BuiltFile } from './app-cache.ts';
import { cached, cacheName, fillCache, takeOver } from './app-cache.ts';
import { keepShared, SHARED_PATH, SHARE_PATH } from './shared-files.ts';

declare const self: ServiceWorkerGlobalScope & { readonly BUILT_FILES: readonly BuiltFile[] };

const FILES = self.BUILT_FILES.map(({ url, revision }) => ({ url: `/${url}`, revision }));
const CURRENT = cacheName(FILES);

/** What the server answers itself: the relay, and whether it is well. */
const OF_THE_SERVER = /^\/(v1\/|healthz$|metrics$)/;

self.addEventListener('install', (event) => {
  event.waitUntil(CURRENT.then((name) => fillCache(name, FILES)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(CURRENT.then((name) => takeOver(name, Date.now())).then(() => self.clients.claim()));
});

/** A person said yes to the new version. */
self.addEventListener('message', ({ data }) => {
  if (data === 'use-now') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (origin !== self.location.origin || OF_THE_SERVER.test(pathname)) return;
  if (request.method === 'POST' && pathname === SHARE_PATH) {
    event.respondWith(takeShare(request));
    return;
  }
  // the worker that asks models has the policy that the server gives it by its address
  if (request.method !== 'GET' || searchParams.has('connect')) return;
  event.respondWith(answer(request));
});

async function answer(request: Request): Promise<Response> {
  return (await cached(request, await CURRENT)) ?? fetch(request);
}

async function takeShare(request: Request): Promise<Response> {
  await keepShared(await request.formData());
  return Response.redirect(SHARED_PATH, 303);
}
