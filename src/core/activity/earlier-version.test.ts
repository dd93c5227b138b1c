/** What an earlier version kept has no activity: it is read, nothing of it is lost, and the next import reads its sessions again. */
import initSqlJs from 'sql.js';
import { beforeAll, expect, it } from 'vitest';
import { week, WorkHistory } from './fixture-work.ts';

let SQL: Awaited<ReturnType<typeof initSqlJs>>;

beforeAll(async () => {
  SQL = await initSqlJs();
});

/** Everything kept but the clock of this device, which goes on with each import. */
async function kept(history: WorkHistory): Promise<[string, string][]> {
  const groups = [...(await history.store.read(await history.store.keys()))].filter(([key]) => key !== 'state/meta');
  return groups.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Takes out of the store what the earlier version did not write. */
async function asBefore({ store }: WorkHistory): Promise<void> {
  const writes = new Map<string, string | null>();
  for (const [key, text] of await store.read(await store.keys())) {
    if (key.startsWith('activity/')) writes.set(key, null);
    else if (key.startsWith('catalog/') || key === 'sources') writes.set(key, text.replaceAll(/,"reading":\d+/g, ''));
  }
  await store.commit(writes);
}

async function written(): Promise<WorkHistory> {
  const history = new WorkHistory(SQL);
  for (const session of ['ses_1', 'ses_2']) {
    history.session(session, 0);
    history.prompt(session, 0, `What of ${session}?`);
    history.answer(session, 1, 4);
  }
  await history.import();
  return history;
}

it('a catalog of the earlier version opens as it is, and says which sessions have no times', async () => {
  const history = await written();
  await asBefore(history);
  const before = await kept(history);
  const workspace = await history.open();
  expect(workspace.sessions().total).toBe(2);
  const { totals, unread } = await workspace.activity.report(week());
  expect([totals.agentMs, totals.sessions, unread]).toEqual([0, 0, 2]);
  expect(await kept(history)).toEqual(before);
});

it('its sessions are read again by the next import, and nothing else changes', async () => {
  const history = await written();
  const whole = await kept(history);
  await asBefore(history);
  const receipt = await history.import();
  expect(receipt.sources).toMatchObject([
    { sessions: { found: 2, new: 0, updated: 0, unchanged: 2 }, messages: { new: 0, updated: 0 } },
  ]);
  expect(await kept(history)).toEqual(whole);
});

it('after that an import reads nothing again', async () => {
  const history = await written();
  await asBefore(history);
  await history.import();
  const read = history.db.bytesRead;
  await history.import();
  // the header of the file, to know that it is as it was
  expect(history.db.bytesRead - read).toBeLessThanOrEqual(4_096);
});

it('a session whose source is gone keeps its row, without times', async () => {
  const history = await written();
  await asBefore(history);
  history.db.run(`DELETE FROM session WHERE id = 'ses_2'`);
  await history.import();
  const workspace = await history.open();
  expect(workspace.session('ses_2')).toMatchObject({ messageCount: 2 });
  expect((await workspace.activity.report(week())).totals.sessions).toBe(1);
});
