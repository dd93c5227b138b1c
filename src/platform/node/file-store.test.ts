import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holds } from '../../core/state/group-store-rules.ts';
import { groupStoreContract } from '../../core/state/group-store.contract.ts';
import { type DurableFiles, nodeDurableFiles } from './durable-files.ts';
import { openFileStore } from './file-store.ts';
import { openSnapshot } from './snapshot-store.ts';

let root: string;
let made = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dramatis-store-'));
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

function newFolder(): string {
  made += 1;
  return join(root, `${made}`, 'dramatis');
}

groupStoreContract('files', async () => {
  const folder = newFolder();
  return { open: () => openFileStore(folder) };
});

const OLD = new Map([
  ['a', 'old a'],
  ['b', 'old b'],
  ['gone', 'old'],
]);
const CHANGE = new Map<string, string | null>([
  ['a', 'new a'],
  ['c', 'new c'],
  ['gone', null],
]);
const NEW = new Map([
  ['a', 'new a'],
  ['b', 'old b'],
  ['c', 'new c'],
]);

describe('what is on the disk', () => {
  test('is one file for each group and a manifest, for its owner only', async () => {
    const folder = newFolder();
    const store = await openFileStore(folder);
    await store.commit(OLD);
    await store.commit(CHANGE);
    expect((await readdir(folder)).sort()).toEqual(['groups', 'manifest.json']);
    expect(await readdir(join(folder, 'groups'))).toHaveLength(NEW.size);
    expect((await stat(join(folder, 'manifest.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('is written only where it changed', async () => {
    const written: string[] = [];
    const files: DurableFiles = {
      ...nodeDurableFiles,
      write: (path, bytes) => {
        written.push(path);
        return nodeDurableFiles.write(path, bytes);
      },
    };
    const store = await openFileStore(newFolder(), files);
    await store.commit(OLD);
    written.length = 0;
    await store.commit(new Map([['b', 'new b']]));
    expect(written).toHaveLength(2);
  });

  test('by a later version is refused and left as it is', async () => {
    const folder = newFolder();
    await (await openFileStore(folder)).commit(OLD);
    const later = '{"format":2,"shape":"unknown"}';
    await writeFile(join(folder, 'manifest.json'), later);
    await expect(openFileStore(folder)).rejects.toMatchObject({ problem: { code: 'state-newer' } });
    await expect(openSnapshot(folder)).rejects.toMatchObject({ problem: { code: 'state-newer' } });
    expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe(later);
    expect(await readdir(join(folder, 'groups'))).toHaveLength(OLD.size);
  });

  test('and can not be read is refused and left as it is', async () => {
    const folder = newFolder();
    await (await openFileStore(folder)).commit(OLD);
    for (const damaged of ['', '{"format":1', '{"format":1,"commit":1,"files":[["a","../../secret"]]}']) {
      await writeFile(join(folder, 'manifest.json'), damaged);
      await expect(openFileStore(folder)).rejects.toMatchObject({ problem: { code: 'state-unreadable' } });
      expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe(damaged);
    }
    expect(await readdir(join(folder, 'groups'))).toHaveLength(OLD.size);
  });

  test('but lacks a group gives empty text for it, which its reader sets aside', async () => {
    const folder = newFolder();
    await (await openFileStore(folder)).commit(OLD);
    const [first] = await readdir(join(folder, 'groups'));
    await rm(join(folder, 'groups', first ?? ''));
    const found = await (await openFileStore(folder)).read([...OLD.keys()]);
    expect(found.size).toBe(OLD.size);
    expect([...found.values()].filter((text) => text === '')).toHaveLength(1);
  });
});

test('a folder that can not be used is a problem in plain words', async () => {
  const inTheWay = join(root, 'file');
  await writeFile(inTheWay, '');
  await expect(openFileStore(join(inTheWay, 'dramatis'))).rejects.toMatchObject({
    problem: { code: 'storage-failed' },
  });
});

/** Which steps fail: the one with this number, or it and all after it. `half` does part of its work before it fails. */
interface Fault {
  readonly at: number;
  readonly lasting: boolean;
  readonly how: 'before' | 'half' | 'after';
}

const FAULT = new Error('no space left on device');

/** Counts the steps that change something, and makes some fail. */
function faulty(fault: Fault | null): { files: DurableFiles; steps: () => number } {
  let steps = 0;
  const step = async (work: () => Promise<void>, half: () => Promise<void> = async () => undefined) => {
    steps += 1;
    const fails = fault !== null && (fault.lasting ? steps >= fault.at : steps === fault.at);
    if (!fails) return work();
    if (fault.how === 'half') await half();
    if (fault.how === 'after') await work();
    throw FAULT;
  };
  const files: DurableFiles = {
    ...nodeDurableFiles,
    write: (path, bytes) =>
      step(
        () => nodeDurableFiles.write(path, bytes),
        () => nodeDurableFiles.write(path, bytes.subarray(0, bytes.length / 2)),
      ),
    replace: (from, to) => step(() => nodeDurableFiles.replace(from, to)),
    syncFolder: (path) => step(() => nodeDurableFiles.syncFolder(path)),
    remove: (path) => step(() => nodeDurableFiles.remove(path)),
  };
  return { files, steps: () => steps };
}

/** A store that holds OLD on a good disk, opened on a disk that is about to fail. */
async function onFailingDisk(fault: Fault | null) {
  const folder = newFolder();
  await (await openFileStore(folder)).commit(OLD);
  const opening = faulty(null);
  await openFileStore(folder, opening.files);
  const { files, steps } = faulty(fault && { ...fault, at: fault.at + opening.steps() });
  const store = await openFileStore(folder, files);
  return { folder, store, steps: () => steps() - opening.steps() };
}

async function stepsOfOneCommit(): Promise<number> {
  const { store, steps } = await onFailingDisk(null);
  await store.commit(CHANGE);
  return steps();
}

describe('when the disk fails', () => {
  test('at any one step, the commit fails and nothing has changed, or it is whole', async () => {
    const last = await stepsOfOneCommit();
    expect(last).toBeGreaterThan(6);
    for (let at = 1; at <= last; at++) {
      for (const how of ['before', 'half', 'after'] as const) {
        const { folder, store } = await onFailingDisk({ at, lasting: false, how });
        const failed = await store.commit(CHANGE).then(
          () => false,
          (error: unknown) => {
            expect(error).toMatchObject({ problem: { code: 'storage-failed' } });
            return true;
          },
        );
        const expected = failed ? OLD : NEW;
        await holds(store, expected);
        await holds(await openSnapshot(folder), expected);
        // and it goes on working
        await store.commit(new Map([['b', 'after']]));
        const after = new Map([...expected, ['b', 'after']]);
        await holds(store, after);
        await holds(await openFileStore(folder), after);
        expect(await readdir(join(folder, 'groups'))).toHaveLength(after.size);
      }
    }
  });

  test('at any step and for good, the folder holds the old or the new state, whole', async () => {
    const last = await stepsOfOneCommit();
    const seen = { old: 0, new: 0 };
    for (let at = 1; at <= last; at++) {
      for (const how of ['before', 'half', 'after'] as const) {
        const { folder, store } = await onFailingDisk({ at, lasting: true, how });
        await Promise.allSettled([store.commit(CHANGE)]);
        const again = await openFileStore(folder);
        const isNew = (await again.read(['a'])).get('a') === 'new a';
        seen[isNew ? 'new' : 'old'] += 1;
        await holds(again, isNew ? NEW : OLD);
        expect(await readdir(join(folder, 'groups'))).toHaveLength(isNew ? NEW.size : OLD.size);
      }
    }
    expect(seen.old).toBeGreaterThan(0);
    expect(seen.new).toBeGreaterThan(0);
  });
});

describe('a snapshot', () => {
  test('of a folder that is not there is empty and makes nothing', async () => {
    const folder = newFolder();
    expect(await (await openSnapshot(folder)).keys()).toEqual([]);
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('keeps what is committed to it in memory', async () => {
    const folder = newFolder();
    await (await openFileStore(folder)).commit(OLD);
    const snapshot = await openSnapshot(folder);
    await snapshot.commit(CHANGE);
    await expect(holds(snapshot, NEW)).resolves.toBeUndefined();
    await expect(holds(await openFileStore(folder), OLD)).resolves.toBeUndefined();
  });

  test('is of one commit while another process writes', async () => {
    const folder = newFolder();
    const keys = Array.from({ length: 6 }, (_, at) => `g/${at}`);
    const store = await openFileStore(folder);
    const round = (value: number) => store.commit(new Map(keys.map((key) => [key, `${value}`])));
    await round(0);
    const writer = { done: false };
    const writing = (async () => {
      for (let at = 1; at <= 60; at++) await round(at);
      writer.done = true;
    })();
    let readings = 0;
    while (!writer.done) {
      const values = await (await openSnapshot(folder)).read(keys);
      expect([values.size, new Set(values.values()).size]).toEqual([keys.length, 1]);
      readings += 1;
    }
    await writing;
    expect(readings).toBeGreaterThan(1);
  });
});
