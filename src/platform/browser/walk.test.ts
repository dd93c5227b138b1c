import { expect, test } from 'vitest';
import type { PickedFile } from './browser-file.ts';
import type { Child, Folder } from './walk.ts';
import { walk } from './walk.ts';

type Tree = { readonly [name: string]: Tree | 'file' };

/** A folder that notes which files were opened and how many children it gave. */
function folder(tree: Tree, path: string, log: { opened: string[]; given: number }): Folder {
  return {
    async *children(): AsyncGenerator<Child> {
      for (const [name, entry] of Object.entries(tree)) {
        log.given += 1;
        const childPath = `${path}/${name}`;
        if (entry !== 'file') yield { kind: 'folder', name, open: () => folder(entry, childPath, log) };
        else yield { kind: 'file', name, open: async () => picked(childPath, log) };
      }
    },
  };
}

function picked(path: string, log: { opened: string[] }): PickedFile {
  log.opened.push(path);
  return { file: new File([], path.split('/').at(-1) ?? ''), handle: null, path, folderSeen: true };
}

async function found(tree: Tree, limits?: { depth: number; entries: number }, signal = new AbortController().signal) {
  const log = { opened: [] as string[], given: 0 };
  const { files, isWhole } = await walk(folder(tree, 'opencode', log), signal, limits);
  return { paths: files.map(({ path }) => path), isWhole, ...log };
}

const STORE: Tree = {
  'auth.json': 'file',
  'opencode.db': 'file',
  'opencode.db-wal': 'file',
  'opencode.db-shm': 'file',
  snapshot: { 'other.db': 'file' },
  node_modules: { 'a.db': 'file' },
  '.git': { 'b.db': 'file' },
  log: { 'x.log': 'file' },
  deeper: { 'opencode-dev.db': 'file' },
};

test('databases, logs and sessions as JSON are found, nearest first, and nothing else is opened', async () => {
  const { paths, opened } = await found(STORE);
  expect(paths).toEqual(['opencode/opencode.db', 'opencode/opencode.db-wal', 'opencode/deeper/opencode-dev.db']);
  expect(opened).toEqual(paths);
});

test('credentials are never opened', async () => {
  const { opened } = await found({ 'auth.json': 'file', '.credentials.json': 'file', a: { 'auth.json': 'file' } });
  expect(opened).toEqual([]);
});

test('the walk ends at its bounds, and says so', async () => {
  const many: Tree = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`f${at}`, 'file' as const]));
  const cut = await found({ many, late: many }, { depth: 6, entries: 100 });
  expect(cut.given).toBeLessThan(110);
  expect(cut.isWhole).toBe(false);
  const deep: Tree = { a: { b: { c: { 'opencode.db': 'file' } } } };
  expect(await found(deep, { depth: 2, entries: 100 })).toMatchObject({ paths: [], isWhole: false });
  expect(await found(deep, { depth: 3, entries: 100 })).toMatchObject({ paths: [expect.any(String)], isWhole: true });
});

test('a walk can be cancelled', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(found(STORE, undefined, stop.signal)).rejects.toThrow(/abort/i);
});
