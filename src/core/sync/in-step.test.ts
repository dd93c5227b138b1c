/** That what was deleted stays deleted, whatever a device forgot, brought back or wrote over. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../../relay/server.ts';
import { openVaultFiles } from '../../relay/stores/files.ts';
import { DAY_MS } from '../model/constants.ts';
import { FixtureDevice, pairAt, settle } from './fixture-device.ts';

let folder: string;
let relay: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-in-step-'));
  relay = await started(0);
});

afterAll(async () => {
  await relay.stop();
  for (const each of [folder, `${folder}-copy`]) await rm(each, { recursive: true, force: true });
});

function started(port: number): Promise<RunningServer> {
  const rates = { address: 1e9, vault: 1e9, failures: 1e9, newVaults: 1e9 };
  return startServer({ port, dist: folder, store: openVaultFiles(folder), settings: { rates } });
}

/** Copies the relay's folder while nothing is written to it. */
function backUpRelay(): Promise<void> {
  return cp(folder, `${folder}-copy`, { recursive: true });
}

async function restoreRelay(): Promise<void> {
  await relay.stop();
  await rm(folder, { recursive: true });
  await cp(`${folder}-copy`, folder, { recursive: true });
  relay = await started(Number(new URL(relay.url).port));
}

function writes({ sent }: FixtureDevice): number {
  return sent.filter(({ method }) => method !== 'GET').length;
}

function goOn(days: number, ...devices: readonly FixtureDevice[]): void {
  for (const each of devices) each.now += days * DAY_MS;
}

/** Two devices that know the same item. */
async function knowing(): Promise<{ tower: FixtureDevice; laptop: FixtureDevice; words: string; id: string }> {
  const [tower, laptop, words] = await pairAt(relay.url);
  await tower.extract();
  await laptop.extract();
  await settle(tower, laptop);
  const [item] = tower.workspace.memory().items;
  if (item === undefined) throw new Error('nothing was extracted');
  return { tower, laptop, words, id: item.id };
}

/** On this device the item is deleted, and after 91 days the deletion is forgotten there and in the vault. */
async function deleteAndForget(device: FixtureDevice, id: string, ...others: readonly FixtureDevice[]): Promise<void> {
  await device.workspace.changeItem({ kind: 'delete', id });
  await device.sync();
  goOn(91, device, ...others);
  expect(await device.workspace.ceremony()).toMatchObject({ ok: true });
  await device.sync();
}

/** Both go on syncing until deletions of today are forgotten. */
async function forgetTogether(tower: FixtureDevice, laptop: FixtureDevice): Promise<void> {
  for (const days of [0, 46, 46]) {
    goOn(days, tower, laptop);
    expect(await tower.workspace.ceremony()).toMatchObject({ ok: true });
    await settle(tower, laptop);
  }
}

describe('a deletion that the vault has forgotten by now is not undone by a device that', () => {
  test('turned sync off and joined again', async () => {
    const { tower, laptop, words, id } = await knowing();
    await laptop.workspace.sync.off();
    await deleteAndForget(tower, id, laptop);
    const before = writes(laptop);
    await expect(laptop.join(words)).rejects.toThrow('away-too-long');
    expect(writes(laptop)).toBe(before);
    expect(await laptop.workspace.sync.startFromVault()).toMatchObject({ ok: true });
    await settle(tower, laptop);
    expect(tower.workspace.item(id)).toBeNull();
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('took back a backup from before', async () => {
    const { tower, laptop, id } = await knowing();
    const backup = await laptop.workspace.backup();
    await tower.workspace.changeItem({ kind: 'delete', id });
    await forgetTogether(tower, laptop);
    await laptop.workspace.restore(backup);
    expect(laptop.workspace.item(id)).not.toBeNull();
    await expect(laptop.sync()).rejects.toThrow('away-too-long');
    await laptop.workspace.sync.startFromVault();
    await settle(tower, laptop);
    expect(tower.workspace.item(id)).toBeNull();
    expect(laptop.workspace.item(id)).toBeNull();
  });

  test('took back a backup from before it had a vault', async () => {
    const tower = await FixtureDevice.make('tower', relay.url);
    tower.say('ferry', 'I use tabs.', 'The ferry leaves at eight.');
    await tower.import();
    await tower.extract();
    const backup = await tower.workspace.backup();
    const laptop = await FixtureDevice.make('laptop', relay.url);
    await laptop.join(await tower.make());
    const { id = '' } = tower.workspace.memory().items[0] ?? {};
    await deleteAndForget(laptop, id, tower);
    expect(await tower.workspace.sync.startFromVault()).toMatchObject({ ok: true });
    await tower.workspace.restore(backup);
    expect(tower.workspace.item(id)).not.toBeNull();
    await expect(tower.sync()).rejects.toThrow('away-too-long');
  });

  test('was away, and forgot deletions of its own meanwhile', async () => {
    const { tower, laptop, id } = await knowing();
    const own = laptop.workspace.memory().items.find((item) => item.id !== id)?.id ?? '';
    await tower.workspace.changeItem({ kind: 'delete', id });
    await tower.sync();
    goOn(1, tower, laptop);
    await laptop.workspace.changeItem({ kind: 'delete', id: own });
    goOn(91, tower, laptop);
    await tower.workspace.ceremony();
    expect(await laptop.workspace.ceremony()).toMatchObject({ ok: true });
    await tower.sync();
    await expect(laptop.sync()).rejects.toThrow('away-too-long');
  });

  test('was away, and writes the vault again', async () => {
    const { tower, laptop, id } = await knowing();
    await deleteAndForget(tower, id, laptop);
    const before = writes(laptop);
    expect(await laptop.workspace.sync.rewrite()).toMatchObject({ ok: false, problem: { code: 'away-too-long' } });
    expect(writes(laptop)).toBe(before);
    await tower.sync();
    expect(tower.workspace.item(id)).toBeNull();
  });

  test('was away, and makes a deleted vault again: that is for one that was not', async () => {
    const { tower, laptop, id } = await knowing();
    await deleteAndForget(tower, id, laptop);
    await tower.workspace.sync.deleteVault();
    expect(await laptop.workspace.sync.rewrite()).toMatchObject({ ok: false, problem: { code: 'vault-gone' } });
    expect(await laptop.workspace.sync.sync()).toMatchObject({ ok: false, problem: { code: 'vault-gone' } });
    expect(tower.workspace.item(id)).toBeNull();
  });

  test('writes again a vault whose relay was put back to before', async () => {
    const { tower, laptop, words, id } = await knowing();
    await backUpRelay();
    await tower.workspace.changeItem({ kind: 'delete', id });
    await forgetTogether(tower, laptop);
    const shared = await tower.shared();
    await restoreRelay();
    expect(await tower.workspace.sync.sync()).toMatchObject({ ok: false, problem: { code: 'vault-older' } });
    expect(await tower.workspace.sync.rewrite()).toMatchObject({ ok: true });
    await settle(tower, laptop);
    const phone = await FixtureDevice.make('phone', relay.url);
    phone.now = tower.now;
    await phone.join(words);
    for (const each of [tower, laptop, phone]) expect(await each.shared()).toEqual(shared);
  });
});

test('a device that takes what the vault has but can write nothing to it was not away', async () => {
  const { tower, laptop, id } = await knowing();
  laptop.say('dunes', 'I use a compass.');
  await laptop.import();
  laptop.fate = (method) => (method === 'PUT' ? 'lost' : 'arrives');
  await tower.workspace.changeItem({ kind: 'delete', id });
  for (const days of [0, 46, 46]) {
    goOn(days, tower, laptop);
    expect(await tower.workspace.ceremony()).toMatchObject({ ok: true });
    await tower.sync();
    await expect(laptop.sync()).rejects.toThrow('relay-unreachable');
  }
  laptop.fate = () => 'arrives';
  await settle(laptop, tower);
  expect(tower.texts()).toContain('I use a compass.');
  expect(tower.workspace.item(id)).toBeNull();
});

describe('a vault that was written again', () => {
  test('is taken by a device that had seen more of the one before', async () => {
    const [tower, laptop] = await pairAt(relay.url);
    const phone = await FixtureDevice.make('phone', relay.url);
    await phone.join((await tower.workspace.sync.words()) ?? '');
    for (const text of ['One more.', 'And another.', 'And the last.']) {
      laptop.say('fjord', text);
      await laptop.import();
      await settle(laptop, phone);
    }
    await phone.workspace.sync.deleteVault();
    expect(await tower.workspace.sync.rewrite()).toMatchObject({ ok: true });
    await settle(tower, laptop);
    expect(tower.texts()).toHaveLength(6);
    expect(await laptop.shared()).toEqual(await tower.shared());
  });
});
