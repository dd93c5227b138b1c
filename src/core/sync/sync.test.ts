import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestRelay, type TestRelay } from '../../relay/fixture-relay.ts';
import { DAY_MS } from '../model/constants.ts';
import { AT_ONCE } from './relay-request.ts';
import { codeOf, newSecretCode, wordsOf } from './secret-code.ts';
import { type Fate, FixtureDevice, pairAt, settle } from './fixture-device.ts';

let relay: TestRelay;

beforeAll(async () => {
  relay = await startTestRelay();
});

afterAll(async () => {
  await relay.stop();
});

function device(name: string): Promise<FixtureDevice> {
  return FixtureDevice.make(name, relay.url);
}

function pair(): Promise<[FixtureDevice, FixtureDevice, string]> {
  return pairAt(relay.url);
}

function nextOf(dice: Iterator<Fate, unknown>): Fate {
  const next = dice.next();
  return next.done === true ? 'arrives' : next.value;
}

describe('devices that share a vault', () => {
  test('are one after a sync each', async () => {
    const [tower, laptop] = await pair();
    expect(tower.texts().toSorted()).toEqual(['I use spaces.', 'I use tabs.', 'The ferry leaves at eight.']);
    expect(laptop.texts()).toEqual(tower.texts());
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('have what the others extracted, and do not do it again', async () => {
    const [tower, laptop] = await pair();
    await tower.extract();
    await settle(tower, laptop);
    expect(laptop.workspace.memory().items.map(({ name }) => name)).toEqual(
      tower.workspace.memory().items.map(({ name }) => name),
    );
    expect(laptop.workspace.memory().items.length).toBeGreaterThan(0);
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('away for more than 90 days, one is asked to start from the vault: what was deleted meanwhile stays deleted', async () => {
    const [tower, laptop] = await pair();
    await tower.extract();
    await settle(tower, laptop);
    const [item] = tower.workspace.memory().items;
    if (item === undefined) throw new Error('nothing was extracted');
    await tower.workspace.changeItem({ kind: 'delete', id: item.id });
    await tower.sync();
    laptop.say('dunes', 'I use a compass.');
    await laptop.import();
    tower.now += 91 * DAY_MS;
    laptop.now = tower.now;
    expect(await tower.workspace.ceremony()).toMatchObject({ ok: true });
    await tower.sync();
    const writes = (): number => laptop.sent.filter(({ method }) => method !== 'GET').length;
    const before = writes();
    await expect(laptop.sync()).rejects.toThrow('away-too-long');
    expect(writes()).toBe(before);
    expect(await laptop.workspace.sync.startFromVault()).toMatchObject({ ok: true });
    expect(laptop.workspace.item(item.id)).toBeNull();
    expect(laptop.texts()).not.toContain('I use a compass.');
    await laptop.import();
    expect(laptop.texts()).toContain('I use a compass.');
    await settle(laptop, tower);
    expect(await laptop.shared()).toEqual(await tower.shared());
    expect(tower.workspace.item(item.id)).toBeNull();
  });

  test('agree after each of three was changed alone', async () => {
    const [tower, laptop, words] = await pair();
    const phone = await device('phone');
    await phone.join(words);
    await tower.extract();
    await settle(tower, laptop, phone);
    const [first, second] = tower.workspace.memory().items;
    tower.now += 1_000;
    await tower.workspace.changeItem({ kind: 'confirm', id: first?.id ?? '' });
    laptop.now += 90_000;
    await laptop.workspace.changeItem({ kind: 'reject', id: second?.id ?? '' });
    phone.say('harbour', 'We meet at the harbour.');
    await phone.import();
    laptop.say('fjord', 'It rains.');
    await laptop.import();
    await settle(tower, laptop, phone);
    const all = await tower.shared();
    expect(await laptop.shared()).toEqual(all);
    expect(await phone.shared()).toEqual(all);
    expect(phone.texts()).toHaveLength(5);
    expect(phone.workspace.item(first?.id ?? '')?.status).toBe('confirmed');
    expect(phone.workspace.item(second?.id ?? '')?.status).toBe('rejected');
  });

  test('keep what each chose while they were apart', async () => {
    const [tower, laptop] = await pair();
    await tower.workspace.changeExtractionSettings({ concurrency: 5, ceremonyHour: 6 });
    await settle(tower, laptop);
    await laptop.workspace.changeExtractionSettings({ prices: { inputPerMillion: 3 } });
    laptop.now += 1_000;
    await laptop.workspace.changeExtractionSettings({ ceremonyHour: 7 });
    await tower.workspace.changeExtractionSettings({ concurrency: 9 });
    await settle(tower, laptop);
    for (const { workspace } of [tower, laptop])
      expect(workspace.extractionSettings()).toMatchObject({
        concurrency: 9,
        ceremonyHour: 7,
        prices: { inputPerMillion: 3, outputPerMillion: 0 },
      });
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('agree whatever is lost on the way, and lose nothing', async () => {
    const fates = fc.infiniteStream(fc.constantFrom<Fate>('arrives', 'arrives', 'arrives', 'lost', 'answer lost'));
    const property = fc.asyncProperty(fates, async (dice) => {
      const [tower, laptop] = await pair();
      for (const each of [tower, laptop]) each.fate = () => nextOf(dice);
      for (let round = 0; round < 3; round++) {
        tower.say('ferry', `tower ${round}`);
        laptop.say('ferry', `laptop ${round}`);
        await Promise.all([tower.import(), laptop.import()]);
        await Promise.all([tower.workspace.sync.sync(), laptop.workspace.sync.sync()]);
      }
      for (const each of [tower, laptop]) each.fate = () => 'arrives';
      await settle(tower, laptop);
      expect(tower.texts()).toHaveLength(9);
      expect(await laptop.shared()).toEqual(await tower.shared());
    });
    await fc.assert(property, { numRuns: 6 });
  }, 60_000);

  test('agree when they write at the same time', async () => {
    const [tower, laptop, words] = await pair();
    const phone = await device('phone');
    await phone.join(words);
    for (let round = 0; round < 5; round++) {
      for (const each of [tower, laptop, phone]) {
        each.say('ferry', `${each.name} ${round}`);
        await each.import();
      }
      await Promise.all([tower.sync(), laptop.sync(), phone.sync()]);
    }
    await settle(tower, laptop, phone);
    expect(tower.texts()).toHaveLength(18);
    expect(await laptop.shared()).toEqual(await tower.shared());
    expect(await phone.shared()).toEqual(await tower.shared());
  });

  test('are one again after weeks away, and after a restart', async () => {
    const [tower, laptop] = await pair();
    laptop.fate = () => 'lost';
    for (let week = 0; week < 3; week++) {
      tower.now += 7 * DAY_MS;
      laptop.now += 7 * DAY_MS;
      tower.say('ferry', `week ${week}`);
      laptop.say('fjord', `away ${week}`);
      await tower.import();
      await laptop.import();
      await tower.sync();
      expect(await laptop.workspace.sync.sync()).toMatchObject({ ok: false, problem: { code: 'relay-unreachable' } });
    }
    await laptop.open();
    laptop.fate = () => 'arrives';
    await settle(tower, laptop);
    expect(laptop.texts()).toEqual(tower.texts());
    expect(tower.texts()).toHaveLength(9);
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('agree when the clock of one is a year off', async () => {
    for (const years of [-1, 1]) {
      const [tower, laptop] = await pair();
      await tower.extract();
      await settle(tower, laptop);
      const [item] = tower.workspace.memory().items;
      const { id = '' } = item ?? {};
      laptop.now += years * 365 * DAY_MS;
      await laptop.workspace.changeItem({ kind: 'confirm', id });
      await settle(laptop, tower);
      tower.now += 60_000;
      await tower.workspace.changeItem({ kind: 'reject', id });
      await settle(tower, laptop);
      expect(await laptop.shared()).toEqual(await tower.shared());
    }
  });
});

describe('wrong words', () => {
  test('are told before anything is written, here or there', async () => {
    const [tower] = await pair();
    const stranger = await device('stranger');
    stranger.say('ferry', 'Mine alone.');
    await stranger.import();
    const kept = await stranger.store.read(await stranger.store.keys());
    const outcome = await stranger.workspace.sync.join(wordsOf(newSecretCode()), relay.url);
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'vault-unknown' } });
    expect(stranger.sent.map(({ method }) => method)).toEqual(['GET']);
    expect(await stranger.store.read(await stranger.store.keys())).toEqual(kept);
    expect(stranger.workspace.sync.status().vault).toBeNull();
    const before = await tower.shared();
    await tower.sync();
    expect(await tower.shared()).toEqual(before);
  });

  test('that are none ask nobody', async () => {
    const stranger = await device('stranger');
    for (const words of ['', 'exeunt omnes', wordsOf(newSecretCode()).replace(/ \w+$/, '')])
      expect(await stranger.workspace.sync.join(words, relay.url)).toMatchObject({
        ok: false,
        problem: { code: 'code-words' },
      });
    expect(stranger.sent).toEqual([]);
  });
});

describe('a vault that was deleted while a device was away', () => {
  test('is told, and nothing is made again by itself', async () => {
    const [tower, laptop] = await pair();
    expect(await tower.workspace.sync.deleteVault()).toMatchObject({ ok: true });
    expect(tower.workspace.sync.status().vault).toBeNull();
    laptop.say('fjord', 'Still here.');
    await laptop.import();
    for (let again = 0; again < 3; again++)
      expect(await laptop.workspace.sync.sync()).toMatchObject({ ok: false, problem: { code: 'vault-gone' } });
    expect(laptop.sent.filter(({ method }) => method === 'PUT').length).toBeGreaterThan(0);
    const puts = laptop.sent.length;
    await laptop.open();
    expect(laptop.workspace.sync.status().last).toMatchObject({ problem: { code: 'vault-gone' } });
    await laptop.workspace.sync.sync();
    expect(laptop.sent.slice(puts).map(({ method }) => method)).toEqual(['GET']);
    expect(laptop.texts()).toHaveLength(4);
  });

  test('is made again from here when the person says so, for the others too', async () => {
    const [tower, laptop, words] = await pair();
    await tower.workspace.sync.deleteVault();
    expect(await laptop.workspace.sync.rewrite()).toMatchObject({ ok: true });
    await tower.join(words);
    await settle(tower, laptop);
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('stays deleted when it is deleted in the middle of a sync', async () => {
    const [tower, laptop] = await pair();
    laptop.say('fjord', 'Still here.');
    await laptop.import();
    // between the look at the index and the first writing
    let asked = 0;
    const deleting = new Promise<void>((resolve) => {
      laptop.fate = () => {
        asked += 1;
        if (asked === 2) void tower.workspace.sync.deleteVault().then(() => resolve());
        return 'arrives';
      };
    });
    await laptop.workspace.sync.sync();
    await deleting;
    laptop.fate = () => 'arrives';
    expect(await laptop.workspace.sync.sync()).toMatchObject({ ok: false, problem: { code: 'vault-gone' } });
  });
});

describe('what a relay may do', () => {
  /** Every file of every vault: what a thief finds, and an operator may put back. */
  async function stolen(): Promise<Map<string, Buffer>> {
    const names = await readdir(relay.folder, { recursive: true, withFileTypes: true });
    const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
    return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)));
  }

  test('never includes to read a word: nothing that is sent tells anything but the ciphertext', async () => {
    const [tower, laptop, words] = await pair();
    await tower.extract();
    await settle(tower, laptop);
    const sent = [...tower.sent, ...laptop.sent].map(({ url, text }) => `${url}\n${text}`).join('\n');
    const kept = [...(await stolen())].map(([file, bytes]) => `${file}\n${bytes.toString('latin1')}`).join('\n');
    const secrets = [
      'ferry',
      'spaces',
      'opencode',
      'build',
      '/home/nora',
      'src/fjord',
      'tower',
      'laptop',
      'Title of',
      Buffer.from(codeOf(words)).toString('base64'),
      ...words.split(' ').map((word) => ` ${word} `),
    ];
    for (const secret of secrets) {
      expect(sent).not.toContain(secret);
      expect(sent).not.toContain(Buffer.from(secret).toString('base64').slice(1, -3));
      expect(kept.replaceAll(relay.folder, '')).not.toContain(secret);
    }
  });
});

describe('an old backup, restored on one device', () => {
  test('does not take the others back', async () => {
    const [tower, laptop] = await pair();
    const backup = await laptop.workspace.backup();
    await tower.extract();
    tower.say('ferry', 'Said later.');
    await tower.import();
    await settle(tower, laptop);
    const [item] = tower.workspace.memory().items;
    await tower.workspace.changeItem({ kind: 'confirm', id: item?.id ?? '' });
    await settle(tower, laptop);
    const shared = await tower.shared();
    await laptop.workspace.restore(backup);
    expect(laptop.texts()).not.toContain('Said later.');
    await settle(laptop, tower);
    expect(await tower.shared()).toEqual(shared);
    expect(await laptop.shared()).toEqual(shared);
  });

  test('in the middle of a sync costs nothing that only the vault has', async () => {
    const [tower, laptop, words] = await pair();
    const backup = await laptop.workspace.backup();
    tower.say('ferry', 'Said later.');
    await tower.import();
    await settle(tower, laptop);
    laptop.now += 1_000;
    laptop.say('dunes', 'Said here.');
    await laptop.import();
    const restored: Promise<unknown>[] = [];
    laptop.fate = () => {
      if (restored.length === 0) restored.push(laptop.workspace.restore(backup));
      return 'arrives';
    };
    await expect(laptop.sync()).rejects.toThrow('sync-busy');
    await Promise.all(restored);
    await laptop.sync();
    expect(laptop.texts()).toContain('Said later.');
    const phone = await device('phone');
    await phone.join(words);
    expect(phone.texts()).toContain('Said later.');
  });

  test('nor does a whole folder that was put back by hand', async () => {
    const [tower, laptop] = await pair();
    const state = await laptop.store.read((await laptop.store.keys()).filter((key) => !key.startsWith('sync/')));
    tower.say('ferry', 'Said later.');
    await tower.import();
    await settle(tower, laptop);
    laptop.now += 1_000;
    await laptop.import();
    await settle(tower, laptop);
    const shared = await tower.shared();
    await laptop.store.commit(state);
    await laptop.open();
    await settle(laptop, tower);
    expect(await tower.shared()).toEqual(shared);
    expect(await laptop.shared()).toEqual(shared);
  });
});

describe('a sync', () => {
  test('with nothing to do is one request of less than a kilobyte', async () => {
    const [tower] = await pair();
    tower.sent.length = 0;
    const report = await tower.sync();
    expect(report).toMatchObject({ pulled: 0, merged: 0, pushed: 0, requests: 1 });
    expect(report.bytesUp + report.bytesDown).toBeLessThan(1_000);
    expect(tower.sent).toHaveLength(1);
  });

  test('sends and fetches several shards at a time, and not too many', async () => {
    const [tower, laptop] = [await device('tower'), await device('laptop')];
    tower.say('ferry', ...Array.from({ length: 40 }, (_, at) => `${at} ${'tabs '.repeat(4_000)}`));
    await tower.import();
    const words = await tower.make();
    expect(tower.sent.filter(({ method }) => method === 'PUT').length).toBeGreaterThan(10);
    await laptop.join(words);
    expect([tower.most, laptop.most]).toEqual([AT_ONCE, AT_ONCE]);
  });

  test('says what it did', async () => {
    const [tower, laptop] = await pair();
    tower.say('ferry', 'One more.');
    await tower.import();
    const pushed = await tower.sync();
    expect(pushed).toMatchObject({ pulled: 0, merged: 0 });
    expect(pushed.pushed).toBeGreaterThan(0);
    const pulled = await laptop.sync();
    expect(pulled).toMatchObject({ pulled: pushed.pushed, pushed: 0 });
    expect(pulled.merged).toBeGreaterThan(0);
    expect(laptop.workspace.sync.status().last).toMatchObject({ report: pulled, problem: null });
  });

  test('ends when it is told to, and changes nothing', async () => {
    const [tower, laptop] = await pair();
    tower.say('ferry', 'One more.');
    await tower.import();
    await tower.sync();
    const shared = await laptop.shared();
    const aborting = new AbortController();
    laptop.fate = () => {
      aborting.abort();
      return 'arrives';
    };
    const outcome = await laptop.workspace.sync.sync({ signal: aborting.signal });
    const message = 'Cancelled. Nothing was taken from the vault, and nothing written to it.';
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'cancelled', message } });
    expect(await laptop.shared()).toEqual(shared);
  });

  test('that is ended on the way says so: what was done stays, and the next one does the rest', async () => {
    const [tower, laptop] = await pair();
    tower.say('ferry', 'One more.');
    await tower.import();
    await tower.extract();
    const aborting = new AbortController();
    tower.sent.length = 0;
    tower.fate = () => {
      if (tower.sent.some(({ method }) => method === 'PUT')) aborting.abort();
      return 'arrives';
    };
    const outcome = await tower.workspace.sync.sync({ signal: aborting.signal });
    expect(tower.sent.filter(({ method }) => method === 'PUT')).not.toHaveLength(0);
    if (outcome.ok) throw new Error('it was not ended');
    expect(outcome.problem.code).toBe('cancelled');
    expect(outcome.problem.message).toContain('written to it by then stays');
    tower.fate = () => 'arrives';
    await settle(tower, laptop);
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('turned off leaves everything where it is', async () => {
    const [tower, laptop, words] = await pair();
    await laptop.workspace.sync.off();
    expect(laptop.workspace.sync.status()).toEqual({ vault: null, isRunning: false, last: null });
    expect(await laptop.workspace.sync.words()).toBeNull();
    expect(laptop.texts()).toHaveLength(3);
    expect(await laptop.workspace.sync.sync()).toMatchObject({ ok: false, problem: { code: 'vault-unknown' } });
    expect([...(await laptop.store.read(['sync/vault', 'sync/known', 'sync/last']))]).toEqual([]);
    await laptop.join(words);
    await settle(tower, laptop);
    expect(await laptop.shared()).toEqual(await tower.shared());
  });

  test('is refused a second vault', async () => {
    const [tower] = await pair();
    expect(await tower.workspace.sync.make(relay.url)).toMatchObject({ ok: false, problem: { code: 'vault-exists' } });
  });

  test('keeps what it knows out of backups', async () => {
    const [tower] = await pair();
    const backup = await tower.workspace.backup();
    expect(backup).not.toContain('sync/');
  });
});
