import { expect, it } from 'vitest';
import type { SessionReader } from '../session-reader.ts';
import type { Source } from '../source.ts';
import { FixtureFile, loadSqlJs } from '../sqlite/fixture-files.ts';
import { addMessage, addPart, addSession, bytesOf, INDICES, opencodeDatabase, TABLES } from './fixture-store.ts';
import { openOpencodeDb } from './read.ts';

const never = new AbortController().signal;
const MESSAGES = 6_000;

/** Of before March 2026: no index has the order of a session's messages. */
const OLD_INDICES = `
CREATE INDEX message_session_idx ON message (session_id);
CREATE INDEX part_message_idx ON part (message_id);
CREATE INDEX part_session_idx ON part (session_id);`;

/** One long session and another, written in turn; each answer has a large output. */
async function longSession(indices: string): Promise<{ source: Source; reader: SessionReader }> {
  const sql = await loadSqlJs();
  const db = opencodeDatabase(sql, {}, TABLES + indices);
  for (const id of ['ses_long', 'ses_other']) addSession(db, id);
  db.run('BEGIN');
  for (let i = 0; i < MESSAGES; i += 1) {
    const id = String(i).padStart(6, '0');
    const session = i % 5 === 4 ? 'ses_other' : 'ses_long';
    addMessage(db, `msg_${id}`, session, i, { role: i % 2 === 0 ? 'user' : 'assistant', time: { created: i } });
    addPart(db, `prt_${id}`, `msg_${id}`, session, { type: 'text', text: `Text ${i} ${'x'.repeat(2_000)}` });
  }
  db.run('COMMIT');
  const file = new FixtureFile('opencode.db', bytesOf(db));
  const source = await openOpencodeDb(file, null, { loadSqlJs });
  const reader = await source.transcript('ses_long', never);
  if (reader === null) throw new Error('the session is there');
  return { source, reader };
}

it.each([
  ['with the index that has their order', INDICES],
  ['with the indices of before', OLD_INDICES],
])('the end of a long session is read without the rest, %s', async (_, indices) => {
  const { source, reader } = await longSession(indices);
  const before = source.bytesRead;
  const newest = await reader.newest(20, never);
  const bytes = source.bytesRead - before;
  expect(newest.map(({ id }) => id).at(-1)).toBe(`msg_${String(MESSAGES - 2).padStart(6, '0')}`);
  expect(newest).toHaveLength(20);
  // 20 messages of 2 kB, some pages of three indices; the whole file has 20 MB
  expect(source.sizeBytes).toBeGreaterThan(15_000_000);
  expect(bytes).toBeLessThan(2_000_000);
  source.close();
});

it('a stretch of the messages costs only its own', async () => {
  const { source, reader } = await longSession(INDICES);
  const ids = await reader.ids(never);
  expect(ids).toHaveLength((MESSAGES / 5) * 4);
  expect(ids).toEqual(ids.toSorted());
  const before = source.bytesRead;
  expect(await reader.ids(never)).toEqual(ids);
  const [first] = await reader.messages(100, 101, never);
  expect(first?.parts).toMatchObject([{ kind: 'text', text: `Text 125 ${'x'.repeat(2_000)}` }]);
  expect(source.bytesRead - before).toBeLessThan(1_500_000);
  source.close();
});

it('of another session of the same database nothing is shown, and of none there is nothing', async () => {
  const { source } = await longSession(INDICES);
  const other = await source.transcript('ses_other', never);
  expect(await other?.ids(never)).toHaveLength(MESSAGES / 5);
  expect(await source.transcript('ses_none', never)).toBeNull();
  source.close();
});

it('what was taken back is marked, also where only the end is read', async () => {
  const sql = await loadSqlJs();
  const db = opencodeDatabase(sql);
  addSession(db, 'ses_1', { revert: JSON.stringify({ messageID: 'msg_3' }) });
  for (let i = 1; i <= 5; i += 1) addMessage(db, `msg_${i}`, 'ses_1', i, { role: 'user', time: { created: i } });
  const source = await openOpencodeDb(new FixtureFile('opencode.db', bytesOf(db)), null, { loadSqlJs });
  const reader = await source.transcript('ses_1', never);
  const reverted = (messages: readonly { readonly reverted: boolean }[] = []): boolean[] =>
    messages.map((message) => message.reverted);
  expect(reverted(await reader?.newest(4, never))).toEqual([false, true, true, true]);
  expect(reverted(await reader?.messages(0, 3, never))).toEqual([false, false, true]);
});

it('damaged rows and parts of new kinds are shown as they stand', async () => {
  const sql = await loadSqlJs();
  const db = opencodeDatabase(sql);
  addSession(db, 'ses_1');
  addMessage(db, 'msg_1', 'ses_1', 1, '{"role": "us');
  addMessage(db, 'msg_2', 'ses_1', 2, { role: 'assistant', time: { created: 2 } });
  addPart(db, 'prt_1', 'msg_2', 'ses_1', '{"type":');
  addPart(db, 'prt_2', 'msg_2', 'ses_1', { type: 'hologram', angle: 3 });
  const source = await openOpencodeDb(new FixtureFile('opencode.db', bytesOf(db)), null, { loadSqlJs });
  const reader = await source.transcript('ses_1', never);
  const [first, second] = (await reader?.newest(9, never)) ?? [];
  expect(first?.parts).toMatchObject([{ kind: 'unknown', type: 'damaged', raw: '{"role": "us' }]);
  expect(second?.parts).toMatchObject([
    { kind: 'unknown', type: 'damaged', raw: '{"type":' },
    { kind: 'unknown', type: 'hologram', raw: JSON.stringify({ type: 'hologram', angle: 3 }, null, 2) },
  ]);
});
