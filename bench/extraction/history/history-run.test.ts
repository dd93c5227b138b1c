import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FixtureStore } from '../../../src/core/fixture-store.ts';
import { DAY_MS } from '../../../src/core/model/constants.ts';
import { FIXTURE_NOW } from '../../../src/core/sources/opencode-db/fixture-specs.ts';
import { runHistory } from './history-run.ts';
import { LookingStore } from './looking-store.ts';

let folder: string;
let database: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  database = join(folder, 'opencode.db');
  const store = new FixtureStore(await initSqlJs());
  for (const [session, days] of [
    ['old', 90],
    ['new', 2],
  ] as const) {
    const began = FIXTURE_NOW - days * DAY_MS;
    store.session(session, began);
    for (let at = 0; at < 20; at++)
      store.message({ id: `${session}-${at}`, session, time: began + at * 1_000, text: `We always use pnpm, ${at}.` });
  }
  store.message({ id: 'silent', session: 'old', time: FIXTURE_NOW - 80 * DAY_MS, text: '' });
  store.message({ id: 'long', session: 'old', time: FIXTURE_NOW - 80 * DAY_MS, text: 'Some words. '.repeat(5_000) });
  store.session('below', FIXTURE_NOW - 2 * DAY_MS, { parent: 'new' });
  store.message({ id: 'below-0', session: 'below', time: FIXTURE_NOW - 2 * DAY_MS });
  writeFileSync(database, store.db.export());
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a whole history', () => {
  const WHOLE = { sessions: 2, messages: 41, notInLedger: 0, analysed: 41, analysedTwice: 0 };

  it('goes through the built-in rules, every message of a top-level session once', async () => {
    const run = await runHistory(database, null);
    expect(run).toMatchObject({ ...WHOLE, sent: null });
    expect(run.items).toBeGreaterThan(0);
    expect(run.samples.at(-1)?.bytes).toBeGreaterThan(run.ledgerBytes);
    expect(run.ledgerBytes).toBeGreaterThan(41 * 8);
  });

  it('goes to a model over HTTP, whose server says what it got', async () => {
    const run = await runHistory(database, { latencyMs: 1, concurrency: 2 });
    expect(run).toMatchObject({ ...WHOLE, items: 0, sent: { calls: run.calls } });
    // 60,000 characters alone take two calls
    expect(run.calls).toBeGreaterThan(2);
    expect(run.sent?.tokens).toBeGreaterThan(run.tokens);
  });
});

describe('a store that looks', () => {
  it('measures the state after every commit, and nothing else', async () => {
    const store = new LookingStore();
    await store.commit(
      new Map([
        ['state/meta', 'äb'],
        ['catalog/1', 'xxxx'],
      ]),
    );
    await store.commit(new Map([['injected/1', 'abc']]));
    await store.commit(new Map([['state/meta', null]]));
    expect(store.samples.map(({ bytes }) => bytes)).toEqual([3, 6, 3]);
  });
});
