import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startTestRelay, type TestRelay } from '../../relay/fixture-relay.ts';
import { TestHome } from '../fixture-cli.ts';
import { hasPty, TerminalWindow } from './fixture-pty.ts';

const DAY = Date.UTC(2026, 10, 20);

const Words = v.object({ words: v.string() });
const Items = v.array(v.looseObject({ status: v.string() }));

describe.skipIf(!hasPty)('the screen of a device that shares a vault', { timeout: 400_000 }, () => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay();
  });

  afterAll(() => relay.stop());

  test('shows by itself what another device brings, and brings there what is changed on it', async () => {
    const [tower, laptop] = [await TestHome.make(), await TestHome.make()];
    onTestFinished(async () => {
      await tower.remove();
      await laptop.remove();
    });
    const { words } = v.parse(Words, await tower.json('sync', '--new', '--relay', relay.url));
    const window = TerminalWindow.open(laptop.path, []);
    onTestFinished(() => window.close());
    await window.shows('not synced');
    // a vault that is joined while the screen is open is heard of
    await laptop.json('sync', '--pair', words, '--relay', relay.url);
    await window.shows('synced just now');

    await tower.addSample(DAY);
    await tower.run('import', '--archive-all');
    await tower.json('sync');
    await window.shows(/▌ (build|plan|reviewer) oc/);

    window.press('gm');
    await window.shows('[Memory]');
    window.press('c');
    await window.shows(/^Confirmed: /m);
    const confirmed = async () => {
      await tower.json('sync');
      return v.parse(Items, await tower.json('memory')).filter(({ status }) => status === 'confirmed').length;
    };
    await expect.poll(confirmed, { timeout: 120_000 }).toBe(1);

    window.press('gy');
    await window.shows(relay.url);
    window.press('\r');
    expect(await window.shows(/Synced: nothing new/)).toContain('Last sync');
  });
});
