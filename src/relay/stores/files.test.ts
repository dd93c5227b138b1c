import { cp, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../fixture-relay.ts';
import { NAMES_PER_SHARD, openVaultFiles } from './files.ts';
import { storeSuite } from './fixture-store.ts';
import type { VaultStore } from './vault-store.ts';

let folder: string;
let stores: [VaultStore, VaultStore];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-vaults-'));
  stores = [openVaultFiles(folder), openVaultFiles(folder)];
});

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await rm(folder, { recursive: true });
});

storeSuite('files', () => stores);

test('shards that come and go for years do not fill a vault, but for a bound on their names', async () => {
  const [store] = stores;
  const vault = await store.create('ef'.repeat(32), new Uint8Array(32));
  const room = { bytes: 1000, shards: 2 };
  const kinds: string[] = [];
  for (let at = 0; at <= 2 * NAMES_PER_SHARD; at++) {
    kinds.push((await store.put(vault, `s${at}`, null, new Uint8Array([1]), room)).kind);
    await store.remove(vault, `s${at}`, null);
  }
  expect(kinds).toEqual([...Array.from({ length: 2 * NAMES_PER_SHARD }, () => 'written'), 'vault-full']);
  expect(await store.put(vault, 's0', null, new Uint8Array([1]), room)).toMatchObject({ kind: 'written' });
  expect((await store.index(vault))?.map(({ shard }) => shard)).toEqual(['s0']);
});

test('after a backup was put back, what is written has versions that nobody has seen', async () => {
  const home = await mkdtemp(join(tmpdir(), 'dramatis-vaults-'));
  const [place, backup] = [join(home, 'vaults'), join(home, 'backup')];
  const room = { bytes: 1000, shards: 10 };
  const seen: string[] = [];
  const write = async (text: string, times: number): Promise<void> => {
    const store = openVaultFiles(place);
    const vault = await store.create('ab'.repeat(32), new Uint8Array(32));
    for (let time = 0; time < times; time++) {
      const before = (await store.read(vault, 'a'))?.version ?? null;
      const outcome = await store.put(vault, 'a', before, new Uint8Array(Buffer.from(`${text}${time}`)), room);
      seen.push(outcome.kind === 'written' ? outcome.version : outcome.kind);
    }
    await store.close();
  };
  await write('before', 1);
  await cp(place, backup, { recursive: true, preserveTimestamps: true });
  await write('lost', 3);
  await rm(place, { recursive: true });
  await rename(backup, place);
  await write('again', 3);
  expect(new Set(seen).size).toBe(7);
  await rm(home, { recursive: true });
});

test('what a process leaves behind that dies in the middle is not seen, and goes in time', async () => {
  const store = openVaultFiles(folder);
  const vault = await store.create('cd'.repeat(32), new Uint8Array(32));
  const unfinished = join(folder, 'tmp', 'unfinished');
  await writeFile(unfinished, 'half of');
  expect(await store.index(vault)).toEqual([]);
  const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
  await utimes(unfinished, longAgo, longAgo);
  const next = openVaultFiles(folder);
  await waitFor(async () => !(await readdir(join(folder, 'tmp'))).includes('unfinished'), 'the sweep');
  expect(await next.index(vault)).toEqual([]);
  await Promise.all([store.close(), next.close()]);
});
