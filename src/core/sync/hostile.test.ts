import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../../relay/server.ts';
import { openVaultFiles } from '../../relay/stores/files.ts';
import type { StoredShard, Vault, VaultStore } from '../../relay/stores/vault-store.ts';
import type { ProblemCode } from '../model/problem.ts';
import { encodeItems } from '../state/serialise-memory.ts';
import { seal, type Shard } from './envelope.ts';
import { FixtureDevice } from './fixture-device.ts';
import { RelayClient } from './relay-client.ts';
import { codeOf } from './secret-code.ts';
import { type KnownShard, lastSeq, NOTHING_KNOWN, withShards } from './sync-memory.ts';
import { vaultKeys } from './vault-keys.ts';

/** What a relay that cheats gives instead of what it holds. */
type Cheat = (shard: string, stored: StoredShard) => StoredShard;

let folder: string;
let relay: RunningServer;
let cheat: Cheat | null = null;
/** All that was ever put, by whomever. */
const written: { readonly shard: string; readonly body: StoredShard['body'] }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-hostile-'));
  relay = await startServer({ port: 0, dist: folder, store: cheating(openVaultFiles(folder)) });
});

afterAll(async () => {
  await relay.stop();
  await rm(folder, { recursive: true, force: true });
});

function cheating(store: VaultStore): VaultStore {
  return {
    find: (name) => store.find(name),
    create: (name, keyHash) => store.create(name, keyHash),
    index: (vault) => store.index(vault),
    read: async (vault: Vault, shard: string) => {
      const stored = await store.read(vault, shard);
      return stored === null || cheat === null ? stored : cheat(shard, stored);
    },
    put: (vault, shard, expected, body, quota) => {
      written.push({ shard, body });
      return store.put(vault, shard, expected, body, quota);
    },
    remove: (...removed) => store.remove(...removed),
    removeVault: (vault) => store.removeVault(vault),
    listen: (vault, listener) => store.listen(vault, listener),
    countVaults: () => store.countVaults(),
    check: () => store.check(),
    close: () => store.close(),
  };
}

/** A device that has seen the vault, and something new in it that it has not. */
async function withNews(): Promise<[FixtureDevice, FixtureDevice]> {
  cheat = null;
  const [tower, laptop] = [await FixtureDevice.make('tower', relay.url), await FixtureDevice.make('laptop', relay.url)];
  tower.say('ferry', 'I use tabs.');
  await tower.import();
  await laptop.join(await tower.make());
  tower.say('ferry', 'The ferry leaves at eight.');
  await tower.import();
  await tower.sync();
  return [tower, laptop];
}

/** What a device does that is cheated, and whether all is well when the relay is honest again. */
async function cheatedBy(how: Cheat) {
  const [tower, laptop] = await withNews();
  laptop.say('fjord', 'Mine alone.');
  await laptop.import();
  const before = await laptop.shared();
  laptop.sent.length = 0;
  cheat = how;
  const outcome = await laptop.workspace.sync.sync();
  cheat = null;
  const wrote = laptop.sent.filter(({ method }) => method !== 'GET').length;
  const isUnchanged = isDeepStrictEqual(await laptop.shared(), before);
  await laptop.sync();
  await tower.sync();
  const isWell = tower.texts().length === 3 && isDeepStrictEqual(await laptop.shared(), await tower.shared());
  return { told: outcome.ok ? null : outcome.problem.code, wrote, isUnchanged, isWell };
}

function refused(code: ProblemCode) {
  return { told: code, wrote: 0, isUnchanged: true, isWell: true };
}

function replaced({ version, body }: StoredShard, change: (text: string) => string): StoredShard {
  return { version, body: new Uint8Array(Buffer.from(change(Buffer.from(body).toString()))) };
}

describe('a relay that cheats is found out:', () => {
  test('an envelope that was tampered with', async () => {
    const flipped = (text: string) => text.replace(/"ct":"(.)/, (_, first) => `"ct":"${first === 'A' ? 'B' : 'A'}`);
    expect(await cheatedBy((_, stored) => replaced(stored, flipped))).toEqual(refused('vault-damaged'));
  });

  test('an envelope that was cut short', async () => {
    const cut = (text: string) => text.slice(0, -40);
    expect(await cheatedBy((_, stored) => replaced(stored, cut))).toEqual(refused('vault-damaged'));
  });

  test('an envelope of a later version', async () => {
    const later = (text: string) => text.replace('"v":1', '"v":2');
    expect(await cheatedBy((_, stored) => replaced(stored, later))).toEqual(refused('vault-newer'));
  });

  test('an envelope in the place of another one', async () => {
    const swap: Cheat = (shard, { version }) => ({
      version,
      body: written.findLast((each) => each.shard !== shard)?.body ?? new Uint8Array(),
    });
    expect(await cheatedBy(swap)).toEqual(refused('vault-foreign'));
  });

  test('an envelope of another vault', async () => {
    const other = await FixtureDevice.make('other', relay.url);
    await other.make();
    const body = written.at(-1)?.body ?? new Uint8Array();
    expect(await cheatedBy((_, { version }) => ({ version, body }))).toEqual(refused('vault-foreign'));
  });

  test('an answer that is longer than any envelope', async () => {
    const endless: Cheat = (_, { version }) => ({ version, body: new Uint8Array(16_500_000).fill(32) });
    expect(await cheatedBy(endless)).toEqual(refused('relay-refused'));
  });

  test('an older envelope than was seen, until the person writes the vault again', async () => {
    const [tower, laptop] = await withNews();
    // every body as it was, whatever is written later
    const old = new Map<string, StoredShard['body']>();
    cheat = (shard, stored) => {
      old.set(shard, stored.body);
      return stored;
    };
    const stranger = await FixtureDevice.make('stranger', relay.url);
    await stranger.join((await tower.workspace.sync.words()) ?? '');
    await laptop.sync();
    cheat = null;
    for (const text of ['One more.', 'And another.']) {
      tower.say('ferry', text);
      await tower.import();
      await tower.sync();
      await laptop.sync();
    }
    cheat = (shard, stored) => ({ version: stored.version, body: old.get(shard) ?? stored.body });
    tower.say('ferry', 'The last.');
    await tower.import();
    await tower.sync();
    const before = await laptop.shared();
    expect(await laptop.workspace.sync.sync()).toMatchObject({ ok: false, problem: { code: 'vault-older' } });
    expect(await laptop.shared()).toEqual(before);

    cheat = null;
    expect(await laptop.workspace.sync.rewrite()).toMatchObject({ ok: true });
    for (const each of [tower, laptop, stranger, tower, laptop]) await each.sync();
    expect(stranger.texts()).toHaveLength(5);
    expect(await laptop.shared()).toEqual(await tower.shared());
    expect(await stranger.shared()).toEqual(await tower.shared());
  });
});

describe('a shard that someone with the words wrote', () => {
  /** Writes to the vault of a device beside it. */
  async function writer(device: FixtureDevice) {
    const keys = await vaultKeys(codeOf((await device.workspace.sync.words()) ?? ''));
    const client = new RelayClient(device.ports, relay.url, keys, new AbortController().signal);
    const version = async (id: string) => {
      const index = await client.index(null);
      return index === null || index === 'same' ? null : (index.shards.get(id) ?? null);
    };
    return {
      write: async (shard: Shard, seq: number): Promise<void> => {
        const id = await keys.shardId(shard.name);
        if ((await client.put(id, await seal(shard, seq, keys), await version(id))) === null)
          throw new Error('conflict');
      },
      /** The greatest in the vault. */
      seq: async (): Promise<number> => {
        const index = await client.index(null);
        const ids = index === null || index === 'same' ? [] : [...index.shards.keys()];
        const texts = await Promise.all(ids.map(async (id) => (await client.get(id))?.text ?? ''));
        return Math.max(...texts.map((text) => Number(/"seq":(\d+)/.exec(text)?.[1])));
      },
    };
  }

  /** Holds nothing: whoever sees it takes it away. */
  const EMPTY: Shard = { name: 'items/9.5', text: encodeItems([]) };

  test('and that opens but makes no sense is refused, until the person writes the vault again', async () => {
    const [tower, laptop] = await withNews();
    await laptop.sync();
    const { write } = await writer(tower);
    await write({ name: 'topics/0.0', text: '{"schema":3,"topics":"none"}' }, 40);
    await write({ name: 'nonsense', text: '{"schema":3}' }, 40);
    await expect(laptop.sync()).rejects.toThrow('vault-damaged');
    expect(await laptop.workspace.sync.rewrite()).toMatchObject({ ok: true });
    for (const each of [laptop, tower, laptop]) await each.sync();
    expect(tower.texts()).toHaveLength(2);
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('in a later version is not written over', async () => {
    const [tower, laptop] = await withNews();
    await (await writer(tower)).write({ name: 'topics/0.0', text: '{"schema":99}' }, 40);
    const outcome = await laptop.workspace.sync.rewrite();
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'vault-newer' } });
  });

  test('and that was taken away does not come back as an older copy, also after a restart and a backup', async () => {
    const [tower, laptop] = await withNews();
    const backup = await laptop.workspace.backup();
    const { write } = await writer(tower);
    await write(EMPTY, 40);
    await laptop.sync();
    await laptop.open();
    await laptop.workspace.restore(backup);
    await laptop.sync();
    await write(EMPTY, 39);
    await expect(laptop.sync()).rejects.toThrow('vault-older');
    expect(await laptop.workspace.sync.rewrite()).toMatchObject({ ok: true });
    await tower.sync();
    await laptop.sync();
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('leaves, and the next to write goes on from its number: what is made again is newer', async () => {
    const [tower, laptop] = await withNews();
    await laptop.sync();
    const { write, seq } = await writer(tower);
    await write(EMPTY, 40);
    await laptop.sync();
    expect(await seq()).toBeGreaterThan(40);
    tower.say('ferry', 'The last.');
    await tower.import();
    await tower.sync();
    await laptop.sync();
    expect(laptop.texts()).toContain('The last.');
  });
});

test('of the shards that left, so many are remembered', () => {
  const shards = Array.from({ length: 1_200 }, (_, at): [string, KnownShard] => [
    `s${at}`,
    { version: 'v', seq: at + 1, hash: 'h' },
  ]);
  const known = withShards({ ...NOTHING_KNOWN, shards: new Map(shards) }, new Map(shards.slice(0, 1)));
  expect(known.left.size).toBe(1_000);
  expect([lastSeq(known, 's0'), lastSeq(known, 's1'), lastSeq(known, 's1199')]).toEqual([1, 0, 1_200]);
});
