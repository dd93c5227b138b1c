import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestRelay, type TestRelay } from '../relay/fixture-relay.ts';
import { newSecretCode, wordsOf } from '../core/sync/secret-code.ts';
import { TestHome } from './fixture-cli.ts';

const NOW = Date.UTC(2026, 10, 21, 9);
const Made = v.object({ words: v.string(), pushed: v.number() });

let relay: TestRelay;
let tower: TestHome;
let laptop: TestHome;

beforeAll(async () => {
  relay = await startTestRelay();
  [tower, laptop] = [await TestHome.make(), await TestHome.make()];
  await tower.addSample(NOW);
  await tower.here('import', '--now', new Date(NOW).toISOString());
});

afterAll(async () => {
  await Promise.all([relay.stop(), tower.remove(), laptop.remove()]);
});

describe('dramatis sync', () => {
  test('shares a vault between two machines, words given on stdin', async () => {
    const made = v.parse(Made, await tower.jsonHere('sync', '--new', '--relay', relay.url));
    expect(made.words.split(' ')).toHaveLength(12);
    expect(made.pushed).toBeGreaterThan(3);

    const child = laptop.start(['sync', '--pair', '-', '--relay', relay.url, '--json']);
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => (out += String(text)));
    child.stderr.on('data', (text) => (err += String(text)));
    child.stdin.end(`${made.words.toUpperCase()}\n`);
    await once(child, 'close');
    expect([child.exitCode, err]).toEqual([0, '']);
    const keys = ['pulled', 'merged', 'pushed', 'bytes_up', 'bytes_down', 'requests'];
    expect(Object.keys(v.parse(v.record(v.string(), v.number()), JSON.parse(out)))).toEqual(keys);

    const [here, there] = [await tower.jsonHere('personas'), await laptop.jsonHere('personas')];
    expect(there).toMatchObject(v.parse(v.array(v.object({ id: v.string(), messages_kept: v.number() })), here));
    expect((await laptop.here('sync', '--words')).out).toContain(` 1. ${made.words.split(' ')[0]}`);
  }, 60_000);

  test('makes no second vault, and does not show the words of the first one for it', async () => {
    const again = await tower.here('sync', '--new', '--relay', relay.url);
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toContain('shares a vault already');
  });

  test('says that there is nothing to do, in one request', async () => {
    await tower.here('sync');
    const { code, out, err } = await tower.here('sync');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Nothing to do: .*, 1 request\n$/);
  });

  test('keeps the secret code for its owner alone', async () => {
    const files = await readdir(tower.stateFolder, { recursive: true });
    expect(files.length).toBeGreaterThan(3);
    for (const file of files)
      expect([file, (await stat(join(tower.stateFolder, file))).mode & 0o077]).toEqual([file, 0]);
  });

  test('refuses wrong words and keeps what it has', async () => {
    const home = await TestHome.make();
    const wrong = await home.here('sync', '--pair', wordsOf(newSecretCode()), '--relay', relay.url);
    expect([wrong.code, wrong.out]).toEqual([1, '']);
    expect(wrong.err).toContain('no vault for these words');
    expect((await home.here('sync', '--pair', 'exeunt omnes')).err).toContain('Word 1, "exeunt"');
    expect((await home.here('sync')).err).toContain('shares no vault yet');
    await home.remove();
  });

  test('is called wrongly with two wishes at once', async () => {
    expect(await tower.here('sync', '--new', '--off')).toMatchObject({ code: 2, out: '' });
    expect(await tower.here('sync', '--relay', relay.url)).toMatchObject({ code: 2, out: '' });
    expect((await tower.here('sync', '--pair')).err).toContain('--pair needs a value');
  });

  test('says that the vault was deleted, and makes it again only when told to', async () => {
    expect(await laptop.here('sync', '--delete')).toMatchObject({ code: 0 });
    expect((await laptop.here('sync')).err).toContain('shares no vault yet');
    const gone = await tower.here('sync');
    expect(gone.code).toBe(1);
    expect(gone.err).toContain('--rewrite');
    expect(await tower.here('sync', '--rewrite')).toMatchObject({ code: 0 });
    expect(await tower.here('sync')).toMatchObject({ code: 0 });
    expect((await tower.here('sync', '--off')).out).toContain('Everything stays here');
  });
});
