import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestRelay, type TestRelay, waitFor } from '../../relay/fixture-relay.ts';
import { DAY_MS } from '../model/constants.ts';
import { problem, ProblemError } from '../model/problem.ts';
import type { SyncOutcome } from '../model/sync-views.ts';
import { sleepFor } from '../net/sleep.ts';
import { BackgroundSync } from './background.ts';
import { FixtureDevice } from './fixture-device.ts';

let relay: TestRelay;
const running: BackgroundSync[] = [];

beforeAll(async () => {
  relay = await startTestRelay();
});

afterAll(async () => {
  for (const each of running) each.end();
  await relay.stop();
});

/** Requests beside those that listen. */
function askedBy(device: FixtureDevice): number {
  return device.sent.filter(({ url }) => !url.endsWith('/changes')).length;
}

/** Its waits are a hundredth of what they are. */
function inBackground(device: FixtureDevice): {
  readonly background: BackgroundSync;
  readonly outcomes: SyncOutcome[];
} {
  const outcomes: SyncOutcome[] = [];
  const background = new BackgroundSync(() => device.workspace.sync, {
    sleep: (ms, signal) => sleepFor(ms / 100, signal),
    random: () => 0.5,
    onBegin: () => undefined,
    onEnd: (outcome) => outcomes.push(outcome),
  });
  running.push(background);
  background.begin();
  return { background, outcomes };
}

async function pair(): Promise<[FixtureDevice, FixtureDevice]> {
  const [tower, laptop] = [await FixtureDevice.make('tower', relay.url), await FixtureDevice.make('laptop', relay.url)];
  await laptop.join(await tower.make());
  return [tower, laptop];
}

/** One that has not synced while a deletion elsewhere was remembered and forgotten. */
async function awayTooLong(): Promise<FixtureDevice> {
  const [tower, laptop] = await pair();
  tower.say('ferry', 'I use tabs.');
  await tower.import();
  await tower.extract();
  await tower.sync();
  await laptop.sync();
  const [item] = tower.workspace.memory().items;
  await tower.workspace.changeItem({ kind: 'delete', id: item?.id ?? '' });
  await tower.sync();
  tower.now += 91 * DAY_MS;
  laptop.now = tower.now;
  await tower.workspace.ceremony();
  await tower.sync();
  return laptop;
}

test('what is written on one device is on the other without anyone asking', async () => {
  const [tower, laptop] = await pair();
  const { background } = inBackground(tower);
  inBackground(laptop);
  tower.say('ferry', 'The ferry leaves at eight.');
  await tower.import();
  background.changed();
  await waitFor(() => laptop.texts().length === 1, 'the message');
  expect(await laptop.shared()).toEqual(await tower.shared());
});

test('what comes back of one’s own writing is no reason for another sync', async () => {
  const [tower] = await pair();
  const { background, outcomes } = inBackground(tower);
  await waitFor(() => outcomes.length === 1, 'the first sync');
  tower.say('ferry', 'The ferry leaves at eight.');
  await tower.import();
  background.changed();
  await waitFor(() => outcomes.length === 2, 'the sync of it');
  const notices: boolean[] = [];
  const listening = new AbortController();
  void tower.workspace.sync
    .listen(
      (notice) => void tower.workspace.sync.isNews(notice).then((isNews) => notices.push(isNews)),
      listening.signal,
    )
    .catch(() => undefined);
  await waitFor(() => notices.length > 0, 'a notice');
  listening.abort();
  expect(notices).toEqual([false]);
});

test('a relay that was away is found again', async () => {
  const [tower, laptop] = await pair();
  laptop.fate = () => 'lost';
  const { outcomes } = inBackground(laptop);
  await waitFor(() => outcomes.some((outcome) => !outcome.ok), 'a failure');
  tower.say('ferry', 'The ferry leaves at eight.');
  await tower.import();
  await tower.sync();
  laptop.fate = () => 'arrives';
  await waitFor(() => laptop.texts().length === 1 && outcomes.at(-1)?.ok === true, 'the message');
  expect(outcomes.at(-1)).toMatchObject({ ok: true });
});

test('what only a person can mend is not tried again before they did', async () => {
  const [tower, laptop] = await pair();
  await tower.workspace.sync.deleteVault();
  const { background, outcomes } = inBackground(laptop);
  await waitFor(() => outcomes.length > 0, 'the word of it');
  expect(outcomes).toMatchObject([{ ok: false, problem: { code: 'vault-gone' } }]);
  const asked = askedBy(laptop);
  background.changed();
  background.focused();
  await sleepFor(700, new AbortController().signal);
  expect(askedBy(laptop)).toBe(asked);
  await laptop.workspace.sync.rewrite();
  background.begin(true);
  laptop.say('fjord', 'Mine.');
  await laptop.import();
  background.changed();
  await waitFor(() => outcomes.at(-1)?.ok === true, 'a sync that goes well');
});

test('a device that must start from the vault does not fetch it again and again', async () => {
  const laptop = await awayTooLong();
  const { background, outcomes } = inBackground(laptop);
  await waitFor(() => outcomes.length > 0, 'the word of it');
  expect(outcomes).toMatchObject([{ ok: false, problem: { code: 'away-too-long' } }]);
  const asked = askedBy(laptop);
  background.focused();
  await sleepFor(700, new AbortController().signal);
  expect(askedBy(laptop)).toBe(asked);
});

test('a sync that a full disk ends is told, and tried again', async () => {
  const [tower] = await pair();
  const { background, outcomes } = inBackground(tower);
  await waitFor(() => outcomes.length === 1, 'the first sync');
  const commit = tower.store.commit.bind(tower.store);
  tower.store.commit = () => Promise.reject(new ProblemError(problem('storage-failed', 'error', 'store', 'Full.')));
  background.changed();
  await waitFor(() => outcomes.length > 1, 'the word of it');
  expect(outcomes[1]).toMatchObject({ ok: false, problem: { code: 'storage-failed' } });
  tower.store.commit = commit;
  await waitFor(() => outcomes.at(-1)?.ok === true, 'a sync that goes well');
});

test('a notice while the store can not be read is looked into by a sync', async () => {
  const [tower, laptop] = await pair();
  const { outcomes } = inBackground(laptop);
  await waitFor(() => outcomes.length === 1, 'the first sync');
  const read = laptop.store.read.bind(laptop.store);
  laptop.store.read = () => Promise.reject(new ProblemError(problem('storage-failed', 'error', 'store', 'Locked.')));
  tower.say('ferry', 'The ferry leaves at eight.');
  await tower.import();
  await tower.sync();
  await waitFor(() => outcomes.length > 1, 'the word of it');
  expect(outcomes[1]).toMatchObject({ ok: false, problem: { code: 'storage-failed' } });
  laptop.store.read = read;
  await waitFor(() => laptop.texts().length === 1, 'the message');
});
