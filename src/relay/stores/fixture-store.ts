/** The one suite that every store has to pass. */
import { describe, expect, test } from 'vitest';
import { waitFor } from '../fixture-relay.ts';
import type { Change, PutOutcome, Vault, VaultStore, Version } from './vault-store.ts';

const ROOM = { bytes: 1_000_000, shards: 100 };
const KEY = new Uint8Array(32).fill(7);

let vaults = 0;
/** 64 hex digits, as names are. */
function newName(): string {
  vaults += 1;
  return `${process.pid}${vaults}`.padStart(64, '0');
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text));
}

function written(outcome: PutOutcome): Version {
  if (outcome.kind !== 'written') throw new Error(`not written but ${outcome.kind}`);
  return outcome.version;
}

/**
 * @param stores two of them, open on the same place, as two processes would have them
 */
export function storeSuite(name: string, stores: () => readonly [VaultStore, VaultStore]): void {
  describe(`${name}: a vault`, () => {
    test('is not there until it is made, and then for every process', async () => {
      const [one, other] = stores();
      const id = newName();
      expect(await one.find(id)).toBeNull();
      const made = await one.create(id, KEY);
      const found = await other.find(id);
      expect(found).toEqual(made);
      expect([...(found?.keyHash ?? [])]).toEqual([...KEY]);
      expect(await other.index(made)).toEqual([]);
    });

    test('that several make at once is one, with the key of one of them', async () => {
      const id = newName();
      const keys = Array.from({ length: 10 }, (_, at) => new Uint8Array(32).fill(at));
      const made = await Promise.all(keys.map((key, at) => (stores()[at % 2] ?? stores()[0]).create(id, key)));
      expect(new Set(made.map(({ generation }) => generation)).size).toBe(1);
      expect(new Set(made.map(({ keyHash }) => Buffer.from(keyHash).toString('hex'))).size).toBe(1);
    });

    test('that is deleted is gone with all that was in it, and its successor begins empty', async () => {
      const [one, other] = stores();
      const id = newName();
      const old = await one.create(id, KEY);
      const version = written(await one.put(old, 'a', null, bytes('old'), ROOM));
      await other.removeVault(old);
      expect(await one.find(id)).toBeNull();
      expect(await one.index(old)).toBeNull();
      expect(await one.read(old, 'a')).toBeNull();
      expect(await one.put(old, 'a', version, bytes('late'), ROOM)).toEqual({ kind: 'no-vault' });
      expect(await one.put(old, 'b', null, bytes('late'), ROOM)).toEqual({ kind: 'no-vault' });
      const next = await one.create(id, KEY);
      expect(next.generation).not.toBe(old.generation);
      expect(await one.put(old, 'b', null, bytes('late'), ROOM)).toEqual({ kind: 'no-vault' });
      await one.removeVault(old);
      expect(await other.index(next)).toEqual([]);
    });

    test('is counted', async () => {
      const [one] = stores();
      const before = await one.countVaults();
      const vault = await one.create(newName(), KEY);
      expect(await one.countVaults()).toBe(before + 1);
      await one.removeVault(vault);
      expect(await one.countVaults()).toBe(before);
    });
  });

  describe(`${name}: a shard`, () => {
    test('comes back byte for byte, through every process', async () => {
      const [one, other] = stores();
      const vault = await one.create(newName(), KEY);
      const body = new Uint8Array(300_000).map((_, at) => (at * 31) % 256);
      const version = written(await one.put(vault, 'Shard_-1', null, body, ROOM));
      expect(await other.read(vault, 'Shard_-1')).toEqual({ version, body });
      expect(await other.index(vault)).toEqual([{ shard: 'Shard_-1', version, bytes: 300_000 }]);
      expect(await other.read(vault, 'shard_-1')).toBeNull();
    });

    test('is replaced only from the version it is at', async () => {
      const [one, other] = stores();
      const vault = await one.create(newName(), KEY);
      const first = written(await one.put(vault, 'a', null, bytes('1'), ROOM));
      expect(await other.put(vault, 'a', null, bytes('x'), ROOM)).toEqual({ kind: 'conflict', version: first });
      const second = written(await other.put(vault, 'a', first, bytes('2'), ROOM));
      expect(await one.put(vault, 'a', first, bytes('x'), ROOM)).toEqual({ kind: 'conflict', version: second });
      expect(await one.put(vault, 'b', first, bytes('x'), ROOM)).toEqual({ kind: 'conflict', version: null });
      expect(await one.read(vault, 'a')).toEqual({ version: second, body: bytes('2') });
    });

    test('that was deleted is gone, and no version of it ever comes again', async () => {
      const [one, other] = stores();
      const vault = await one.create(newName(), KEY);
      const seen: Version[] = [];
      for (let time = 0; time < 3; time++) {
        const version = written(await one.put(vault, 'a', null, bytes('same'), ROOM));
        expect(seen).not.toContain(version);
        seen.push(version);
        expect(await other.remove(vault, 'a', version)).toEqual({ kind: 'removed' });
        expect(await one.read(vault, 'a')).toBeNull();
        expect(await one.index(vault)).toEqual([]);
        expect(await one.put(vault, 'a', version, bytes('x'), ROOM)).toEqual({ kind: 'conflict', version: null });
      }
    });

    test('is deleted only from the version that is named, or from any', async () => {
      const [one] = stores();
      const vault = await one.create(newName(), KEY);
      const first = written(await one.put(vault, 'a', null, bytes('1'), ROOM));
      const second = written(await one.put(vault, 'a', first, bytes('2'), ROOM));
      expect(await one.remove(vault, 'a', first)).toEqual({ kind: 'conflict', version: second });
      expect(await one.remove(vault, 'a', null)).toEqual({ kind: 'removed' });
      expect(await one.remove(vault, 'a', null)).toEqual({ kind: 'removed' });
      expect(await one.remove(vault, 'a', second)).toEqual({ kind: 'conflict', version: null });
    });

    test('that many want to make or replace at once has one winner each time', async () => {
      const vault = await stores()[0].create(newName(), KEY);
      let expected: Version | null = null;
      for (let round = 0; round < 5; round++) {
        const outcomes: readonly PutOutcome[] = await race(vault, expected, (at) => bytes(`${round} ${at}`));
        const winner = outcomes.findIndex(({ kind }) => kind === 'written');
        expect(outcomes.filter(({ kind }) => kind === 'conflict')).toHaveLength(11);
        expected = written(outcomes[winner] ?? { kind: 'no-vault' });
        const read = await stores()[round % 2]?.read(vault, 'a');
        expect(read).toEqual({ version: expected, body: bytes(`${round} ${winner}`) });
      }
    });

    /** Twelve writers that all know the same version. */
    function race(
      vault: Vault,
      from: Version | null,
      body: (at: number) => Uint8Array<ArrayBuffer>,
    ): Promise<PutOutcome[]> {
      const [one, other] = stores();
      return Promise.all(
        Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? one : other).put(vault, 'a', from, body(at), ROOM)),
      );
    }

    test('is read whole while others write it', async () => {
      const [one, other] = stores();
      const vault = await one.create(newName(), KEY);
      let version = written(await one.put(vault, 'a', null, new Uint8Array(50_000).fill(1), ROOM));
      const writing = { isDone: false };
      const finished = (async () => {
        for (let round = 2; round < 60; round++) {
          version = written(await one.put(vault, 'a', version, new Uint8Array(50_000).fill(round), ROOM));
        }
        writing.isDone = true;
      })();
      let reads = 0;
      while (!writing.isDone) {
        const [body, listed] = [(await other.read(vault, 'a'))?.body, await other.index(vault)];
        expect(body?.length).toBe(50_000);
        expect(new Set(body).size).toBe(1);
        expect(listed?.map((entry) => [entry.shard, entry.bytes])).toEqual([['a', 50_000]]);
        reads += 1;
      }
      await finished;
      expect(reads).toBeGreaterThan(1);
    });
  });

  describe(`${name}: a quota`, () => {
    test('of bytes counts what a shard would grow to, and leaves everything as it is', async () => {
      const [one] = stores();
      const vault = await one.create(newName(), KEY);
      const quota = { bytes: 100, shards: 10 };
      const first = written(await one.put(vault, 'a', null, new Uint8Array(60).fill(1), quota));
      expect(await one.put(vault, 'b', null, new Uint8Array(41).fill(1), quota)).toEqual({ kind: 'vault-full' });
      written(await one.put(vault, 'b', null, new Uint8Array(40).fill(1), quota));
      expect(await one.put(vault, 'a', first, new Uint8Array(61).fill(2), quota)).toEqual({ kind: 'vault-full' });
      expect((await one.read(vault, 'a'))?.version).toBe(first);
      written(await one.put(vault, 'a', first, new Uint8Array(30).fill(3), quota));
    });

    test('of shards holds', async () => {
      const [one] = stores();
      const vault = await one.create(newName(), KEY);
      const quota = { bytes: 1000, shards: 2 };
      const first = written(await one.put(vault, 'a', null, bytes('1'), quota));
      written(await one.put(vault, 'b', null, bytes('1'), quota));
      expect(await one.put(vault, 'c', null, bytes('1'), quota)).toEqual({ kind: 'vault-full' });
      written(await one.put(vault, 'a', first, bytes('2'), quota));
    });
  });

  describe(`${name}: who listens`, () => {
    test('hears what any process does to that vault, and to no other', async () => {
      const [one, other] = stores();
      const vault = await one.create(newName(), KEY);
      const second = await one.create(newName(), KEY);
      const heard: Change[] = [];
      const stop = one.listen(vault, (change) => heard.push(change));
      await waitFor(() => heard.some(({ kind }) => kind === 'unknown'), 'the first look');
      const isHeard = (shard: string, version: Version | null) => () =>
        heard.some((change) => change.kind === 'shard' && change.shard === shard && change.version === version);
      written(await other.put(second, 'no', null, bytes('1'), ROOM));
      const mine = written(await one.put(vault, 'mine', null, bytes('1'), ROOM));
      await waitFor(isHeard('mine', mine), 'what this process wrote');
      const theirs = written(await other.put(vault, 'theirs', null, bytes('1'), ROOM));
      await waitFor(isHeard('theirs', theirs), 'what the other process wrote');
      await other.remove(vault, 'theirs', null);
      await waitFor(isHeard('theirs', null), 'what the other process deleted');
      await other.removeVault(vault);
      await waitFor(() => heard.some(({ kind }) => kind === 'vault-deleted'), 'the end of the vault');
      expect(heard.some((change) => change.kind === 'shard' && change.shard === 'no')).toBe(false);
      stop();
    });

    test('hears that it is heard also while the vault is written to without a pause', async () => {
      const [one] = stores();
      const vault = await one.create(newName(), KEY);
      const writing = { isDone: false };
      const finished = (async () => {
        let version: Version | null = null;
        while (!writing.isDone) version = written(await one.put(vault, 'a', version, bytes('x'), ROOM));
        return version;
      })();
      const heard: Change[] = [];
      const stop = one.listen(vault, (change) => heard.push(change));
      await waitFor(() => heard.some(({ kind }) => kind === 'unknown'), 'the first look');
      writing.isDone = true;
      const last = await finished;
      const news = (): Change | undefined => heard.findLast(({ kind }) => kind === 'shard');
      await waitFor(() => JSON.stringify(news() ?? null).includes(String(last)), 'the last version');
      expect(news()).toEqual({ kind: 'shard', shard: 'a', version: last });
      stop();
    });

    test('and stops hears nothing more', async () => {
      const [one] = stores();
      const vault = await one.create(newName(), KEY);
      const heard: Change[] = [];
      one.listen(vault, (change) => heard.push(change))();
      const still: Change[] = [];
      const stop = one.listen(vault, (change) => still.push(change));
      written(await one.put(vault, 'a', null, bytes('1'), ROOM));
      await waitFor(() => still.some(({ kind }) => kind === 'shard'), 'the other listener');
      expect(heard.filter(({ kind }) => kind === 'shard')).toEqual([]);
      stop();
    });
  });
}
