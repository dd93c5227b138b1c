import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cached, fillCache, foreignAsset, takeOver } from './app-cache.ts';

/** The browser's caches, as far as they are asked here: a name, and what was put under it. */
class Caches {
  readonly #all = new Map<string, Map<string, string>>();

  async keys(): Promise<string[]> {
    return [...this.#all.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.#all.delete(name);
  }

  async open(name: string) {
    const own = this.#all.get(name) ?? new Map<string, string>();
    this.#all.set(name, own);
    return {
      put: async (path: string, answer: Response) => void own.set(path, await answer.text()),
      match: async (path: string) => (own.has(path) ? new Response(own.get(path)) : undefined),
      addAll: async (requests: readonly Request[]) => {
        for (const { url } of requests) own.set(new URL(url).pathname, SERVED.get(new URL(url).pathname) ?? '');
      },
    };
  }
}

const SERVED = new Map([['/index.html', '<script src="/assets/a-2.js"></script>']]);

beforeEach(() => {
  vi.stubGlobal('caches', new Caches());
  vi.stubGlobal(
    'Request',
    class {
      readonly url: string;
      constructor(url: string) {
        this.url = new URL(url, 'http://app/').href;
      }
    },
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it('keeps the version that was in use before, and none that only waited', async () => {
  for (const name of ['app-1', 'app-2', 'app-3'])
    await (await caches.open(name)).put('/assets/x.js', new Response(name));
  await takeOver('app-1', 1_000);
  for (const name of ['app-2', 'app-3']) await (await caches.open(name)).put('/assets/x.js', new Response(name));
  await takeOver('app-3', 2_000);
  expect(await caches.keys()).toEqual(['app-1', 'app-3']);
});

it('a page that asks for another version’s files is refused, and nothing is left of it', async () => {
  const files = [
    { url: '/index.html', revision: 'b' },
    { url: '/assets/a-1.js', revision: null },
  ];
  await expect(fillCache('app-1', files)).rejects.toThrow('/assets/a-2.js');
  expect(await caches.keys()).toEqual([]);
  expect(foreignAsset('<link href="/assets/a-1.js">', files)).toBeNull();
});

it('gives a part of the version before to a tab that runs it', async () => {
  await (await caches.open('app-1')).put('/assets/old.js', new Response('old'));
  await (await caches.open('app-2')).put('/assets/new.js', new Response('new'));
  const answer = await cached(new Request('/assets/old.js'), 'app-2');
  expect(await answer?.text()).toBe('old');
  expect(await cached(new Request('/nowhere.js'), 'app-2')).toBeUndefined();
});
