/** The tables of OpenCode 2, alone and beside the old ones. */
import type { Database, SqlJsStatic } from 'sql.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Source, SourceMessage } from '../source.ts';
import { FixtureFile, loadSqlJs } from '../sqlite/fixture-files.ts';
import {
  addRow,
  addSessionV2,
  answer,
  NEWER_TABLES,
  NEWER_TABLES_WITHOUT_INDEX,
  ROWS_TABLE,
  ROWS_TABLE_WITHOUT_SEQ,
} from './fixture-newer.ts';
import {
  addMessage,
  addPart,
  addSession,
  bytesOf,
  INDICES,
  opencodeDatabase,
  Recorder,
  TABLES,
} from './fixture-store.ts';
import { openOpencodeDb } from './read.ts';

let sql: SqlJsStatic;
beforeAll(async () => {
  sql = await loadSqlJs();
});
const never = new AbortController().signal;
const OLDER = TABLES + INDICES;

function open(db: Database): Promise<Source> {
  return openOpencodeDb(new FixtureFile('opencode.db', bytesOf(db)), null, { loadSqlJs });
}

async function messagesOf(db: Database, id = 'ses_1'): Promise<SourceMessage[]> {
  const { messages, problems } = await (await open(db)).messages(id, never);
  expect(problems).toEqual([]);
  return messages;
}

async function readAll(source: Source, wanted: ReadonlySet<string> | 'all' = 'all'): Promise<Recorder> {
  const recorder = new Recorder();
  await source.read(wanted, recorder, never);
  return recorder;
}

/** A database that OpenCode 2 made itself, with one session. */
function newer(): Database {
  const db = opencodeDatabase(sql, {}, NEWER_TABLES);
  addSessionV2(db, 'ses_1');
  return db;
}

/** Older tables and newer ones, each session in a way of its own. */
function upgraded(schema = NEWER_TABLES): Database {
  const db = opencodeDatabase(sql, {}, OLDER + schema);
  for (const id of ['ses_copied', 'ses_left', 'ses_empty']) addSession(db, id);
  for (const id of ['ses_copied', 'ses_new', 'ses_empty']) addSessionV2(db, id, { title: `2: ${id}`, time: 2000 });
  for (const id of ['copied', 'left', 'empty']) {
    addMessage(db, `msg_${id}`, `ses_${id}`, 1, { role: 'user' });
    addPart(db, `prt_${id}`, `msg_${id}`, `ses_${id}`, { type: 'text', text: `1: ${id}` });
    addPart(db, `prt_tool_${id}`, `msg_${id}`, `ses_${id}`, { type: 'tool' });
  }
  addMessage(db, 'msg_summary', 'ses_copied', 2, { role: 'assistant', summary: true });
  addRow(db, 'msg_copied', 'ses_copied', 'user', 1, { text: '2: copied' });
  addRow(db, 'msg_new', 'ses_new', 'user', 1, { text: '2: new' });
  return db;
}

describe('a message of OpenCode 2', () => {
  test('has role, agent, time, state and text by the rules of the format', async () => {
    const db = newer();
    addRow(db, 'msg_1', 'ses_1', 'user', 1, { text: ' hello ', files: [{ uri: 'file:///a' }] });
    const content = [
      { type: 'reasoning', text: 'hidden' },
      { type: 'text', text: 'first' },
      { type: 'tool', name: 'bash', state: { content: [{ type: 'text', text: 'x'.repeat(50_000) }] } },
      { type: 'text', text: ' \n' },
      { type: 'text', text: 'second' },
    ];
    addRow(db, 'msg_2', 'ses_1', 'assistant', 4, answer('', { agent: ' Plan', content }));
    addRow(db, 'msg_3', 'ses_1', 'assistant', 9, { agent: 'plan', content: [], time: {} });
    const usual = { sessionId: 'ses_1', agent: 'plan', summary: false, finished: true, reverted: false };
    expect(await messagesOf(db)).toEqual([
      { ...usual, id: 'msg_1', role: 'user', time: 10, updated: 10, seq: 1, text: ' hello ' },
      { ...usual, id: 'msg_2', role: 'assistant', time: 40, updated: 40, end: 40, seq: 4, text: 'first\n\nsecond' },
      { ...usual, id: 'msg_3', role: 'assistant', time: 90, updated: 90, seq: 9, text: '', finished: false },
    ]);
  });

  test('is finished when it says when or how it ended, or that it failed', async () => {
    const db = newer();
    const ends = [{ time: { completed: 5 } }, { finish: 'stop' }, { error: { type: 'x' } }, { error: 'x' }, {}];
    for (const [i, end] of ends.entries()) addRow(db, `msg_${i}`, 'ses_1', 'assistant', i, { content: [], ...end });
    expect((await messagesOf(db)).map((message) => message.finished)).toEqual([true, true, true, true, false]);
  });

  test('comes in the order of the numbers, whatever its time and id say', async () => {
    const db = newer();
    addRow(db, 'msg_c', 'ses_1', 'user', 3, { text: 'a' }, 30);
    addRow(db, 'msg_b', 'ses_1', 'assistant', 12, answer('b'), 50);
    addRow(db, 'msg_a', 'ses_1', 'user', 18, { text: 'c' }, 40);
    expect((await messagesOf(db)).map((message) => message.id)).toEqual(['msg_c', 'msg_b', 'msg_a']);
    db.run(`UPDATE session_v2 SET revert = '{"messageID":"msg_b"}'`);
    expect((await messagesOf(db)).map((message) => message.reverted)).toEqual([false, true, true]);
  });

  test('comes by time and id where there are no numbers', async () => {
    const db = opencodeDatabase(sql, {}, OLDER + ROWS_TABLE_WITHOUT_SEQ);
    addSession(db, 'ses_1');
    const add = (id: string, type: string, time: number, data: object): void =>
      void db.run('INSERT INTO session_message VALUES (?, ?, ?, ?, ?, ?)', [
        id,
        'ses_1',
        type,
        time,
        time,
        JSON.stringify(data),
      ]);
    add('msg_2', 'user', 20, { text: 'b' });
    add('msg_1', 'user', 20, { text: 'a' });
    add('evt_9', 'agent-switched', 20, { agent: 'plan' });
    add('msg_0', 'assistant', 10, answer('c'));
    addMessage(db, 'msg_old', 'ses_1', 25, { role: 'user' });
    const found = (await messagesOf(db)).map(({ id, agent }) => `${id} ${agent}`);
    expect(found).toEqual(['msg_old build', 'msg_0 build', 'msg_1 plan', 'msg_2 plan']);
  });

  test('is none when its row is of another kind, and that is no problem', async () => {
    const db = newer();
    const kinds = ['synthetic', 'system', 'skill', 'shell', 'compaction', 'agent-switched', 'model-switched', 'idle'];
    for (const [i, kind] of [...kinds, 'later-invention'].entries())
      addRow(db, `msg_${i}`, 'ses_1', kind, i, 'no json');
    addRow(db, 'msg_said', 'ses_1', 'user', 20, { text: 'hello' });
    const { heads, pieces, problems } = await readAll(await open(db));
    expect([heads.map((head) => head.id), pieces.length, problems]).toEqual([['msg_said'], 1, []]);
  });

  test('is told and left out when its data is no JSON; the rest is read', async () => {
    const db = newer();
    addRow(db, 'msg_bad', 'ses_1', 'user', 1, '{"text":"cut');
    addRow(db, 'msg_list', 'ses_1', 'assistant', 2, '[]');
    addRow(db, 'msg_odd', 'ses_1', 'assistant', 3, { content: 'text', agent: 7, time: 'now' });
    addRow(db, 'msg_good', 'ses_1', 'user', 4, { text: 'here' });
    for (const wanted of ['all', new Set(['ses_1'])] as const) {
      const { heads, pieces, problems } = await readAll(await open(db), wanted);
      expect(heads.map((head) => head.id).toSorted()).toEqual(['msg_good', 'msg_odd']);
      expect(pieces.map((piece) => piece.text)).toEqual(['here']);
      expect(problems.map(({ code, file, row, lost }) => [code, file, row, lost].join(' ')).toSorted()).toEqual([
        'bad-json made/opencode.db msg_bad message',
        'bad-json made/opencode.db msg_list message',
      ]);
    }
  });

  test('brings its tool calls, each with its own time or that of the message', async () => {
    const db = newer();
    const content = [{ type: 'tool', time: { created: 44, ran: 45 } }, { type: 'tool' }, { type: 'text', text: 'x' }];
    addRow(db, 'msg_1', 'ses_1', 'assistant', 4, answer('', { content }));
    expect((await readAll(await open(db))).calls).toEqual([
      { messageId: 'msg_1', sessionId: 'ses_1', time: 44 },
      { messageId: 'msg_1', sessionId: 'ses_1', time: 40 },
    ]);
  });
});

describe('the agent of a prompt', () => {
  async function agents(rows: readonly (readonly [type: string, agent?: string])[], own?: string): Promise<string> {
    const db = opencodeDatabase(sql, {}, NEWER_TABLES);
    addSessionV2(db, 'ses_1', own === undefined ? {} : { agent: own });
    for (const [i, [type, agent]] of rows.entries())
      addRow(db, `msg_${9 - i}`, 'ses_1', type, i, { agent, content: [] });
    const prompts = (await messagesOf(db)).filter((message) => message.role === 'user');
    return prompts.map((message) => message.agent).join(' ');
  }

  test('is the one that answers next', async () => {
    expect(await agents([['user'], ['assistant', 'plan'], ['user'], ['user'], ['assistant', 'Build']])).toBe(
      'plan build build',
    );
  });

  test('is the one in force when it was switched before the answer, or none came', async () => {
    expect(await agents([['agent-switched', 'plan'], ['user'], ['agent-switched', 'build'], ['user']])).toBe(
      'plan build',
    );
    expect(await agents([['assistant', 'plan'], ['user']])).toBe('plan');
  });

  test('is the one it names itself, else the session’s, else build', async () => {
    expect(
      await agents([
        ['user', 'Review'],
        ['assistant', 'plan'],
      ]),
    ).toBe('review');
    expect(await agents([['user']], 'plan')).toBe('plan');
    expect(await agents([['user']])).toBe('build');
  });

  test('is not the sub-agent that a command ran as', async () => {
    const db = newer();
    addRow(db, 'msg_1', 'ses_1', 'user', 1, { text: '/review' });
    addRow(db, 'msg_2', 'ses_1', 'assistant', 2, { agent: 'general', content: [{ type: 'tool', name: 'task' }] });
    addRow(db, 'msg_3', 'ses_1', 'assistant', 3, answer('done', { agent: 'plan' }));
    expect((await messagesOf(db)).map((message) => message.agent)).toEqual(['plan', 'general', 'plan']);
  });
});

describe('the session list', () => {
  test('is that of OpenCode 2 with what is only in the old one', async () => {
    const { heads, problems } = await (await open(upgraded())).sessions(never);
    expect(problems).toEqual([]);
    expect(heads.map(({ id, title, timeUpdated }) => [id, title, timeUpdated])).toEqual([
      ['ses_copied', '2: ses_copied', 2000],
      ['ses_new', '2: ses_new', 2000],
      ['ses_empty', '2: ses_empty', 2000],
      ['ses_left', 'Title of ses_left', 1000],
    ]);
  });

  test('gives a session without title an empty one, and a fork as a fork', async () => {
    const db = newer();
    addSessionV2(db, 'ses_2', { title: null, forkOf: 'ses_1' });
    const { heads } = await (await open(db)).sessions(never);
    expect(heads.map(({ title, fork }) => [title, fork])).toEqual([
      ['Title of ses_1', undefined],
      ['', true],
    ]);
  });

  test('needs no old tables, and says when those of OpenCode 2 are not whole', async () => {
    expect((await open(newer())).problems).toEqual([]);
    const db = newer();
    db.run('DROP TABLE session_message');
    const { problems } = await open(db);
    expect(problems.map(({ code, message }) => [code, message.includes('session_message')])).toEqual([
      ['unsupported-file', true],
    ]);
  });

  test('knows of rows that were added to a session of 1.18, whose own time stands still', async () => {
    const db = opencodeDatabase(sql, {}, OLDER + ROWS_TABLE);
    addSession(db, 'ses_1', { time: 1000 });
    addSession(db, 'ses_2', { time: 1000 });
    addRow(db, 'msg_1', 'ses_1', 'user', 1, { text: 'a' }, 5000);
    addRow(db, 'msg_2', 'ses_2', 'model-switched', 1, {}, 5000);
    const { heads } = await (await open(db)).sessions(never);
    expect(heads.map((head) => head.timeUpdated)).toEqual([5000, 1000]);
  });
});

describe('a session that stands in both generations', () => {
  const TEXTS = ['1: empty', '1: left', '2: copied', '2: new'];

  test.each([
    ['', NEWER_TABLES],
    [' without an index', NEWER_TABLES_WITHOUT_INDEX],
  ])('is read from the newer tables, and from the old ones when nothing was said there%s', async (_, schema) => {
    const source = await open(upgraded(schema));
    const all = await readAll(source);
    expect(all.pieces.map((piece) => piece.text).toSorted()).toEqual(TEXTS);
    expect(all.heads.map((head) => head.id).toSorted()).toEqual(['msg_copied', 'msg_empty', 'msg_left', 'msg_new']);
    expect([all.calls.length, all.problems]).toEqual([2, []]);
    const some = await readAll(source, new Set(['ses_copied', 'ses_left', 'none']));
    expect(some.pieces.map((piece) => piece.text).toSorted()).toEqual(['1: left', '2: copied']);
    expect(some.heads.length).toBe(2);
  });

  test('is told apart where the indices are damaged', async () => {
    const db = upgraded();
    addRow(db, 'msg_left', 'ses_left', 'user', 1, { text: '2: left' });
    const roots = db.exec(`SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'session_message'`);
    const bytes = bytesOf(db);
    for (const [root] of roots[0]?.values ?? []) bytes.fill(0, (Number(root) - 1) * 4096, Number(root) * 4096);
    const source = await openOpencodeDb(new FixtureFile('opencode.db', bytes), null, { loadSqlJs });
    expect((await source.sessions(never)).heads.length).toBe(4);
    const { pieces } = await readAll(source);
    expect(pieces.map((piece) => piece.text).toSorted()).toEqual(['1: empty', '2: copied', '2: left', '2: new']);
  });

  test('is asked for among many, and no other is read', async () => {
    const many = Array.from({ length: 99 }, (_, i) => `ses_none${i}`);
    const { pieces } = await readAll(await open(upgraded()), new Set([...many, 'ses_copied', 'ses_left']));
    expect(pieces.map((piece) => piece.text).toSorted()).toEqual(['1: left', '2: copied']);
  });

  test('costs no reading of what was replaced', async () => {
    const db = upgraded();
    for (let i = 1; i <= 9; i++) {
      addSessionV2(db, `ses_many${i}`);
      addRow(db, `msg_${i}`, `ses_many${i}`, 'user', 1, { text: '2' });
      addMessage(db, `msg_${i}`, `ses_many${i}`, 1, { role: 'user' });
      const text = 'x'.repeat(2_000_000);
      addPart(db, `prt_${i}`, `msg_${i}`, `ses_many${i}`, { type: 'text', text });
    }
    const source = await open(db);
    const before = source.bytesRead;
    expect((await readAll(source)).heads.length).toBe(13);
    expect(source.bytesRead - before).toBeLessThan(1_500_000);
  });

  test('is the old messages and then the new ones, those in both as the new ones say, when one program wrote it', async () => {
    const db = opencodeDatabase(sql, {}, OLDER + ROWS_TABLE);
    addSession(db, 'ses_1');
    for (const id of ['msg_1', 'msg_2']) {
      addMessage(db, id, 'ses_1', 500, { role: 'user' });
      addPart(db, `prt_${id}`, id, 'ses_1', { type: 'text', text: `1: ${id}` });
      addPart(db, `prt_tool_${id}`, id, 'ses_1', { type: 'tool' });
    }
    addRow(db, 'msg_2', 'ses_1', 'user', 1, { text: '2: msg_2' });
    addRow(db, 'msg_0', 'ses_1', 'assistant', 2, answer('2: msg_0'));
    const expected = ['1: msg_1', '2: msg_2', '2: msg_0'];
    expect((await messagesOf(db)).map((message) => message.text)).toEqual(expected);
    const { heads, pieces, calls } = await readAll(await open(db));
    expect([heads.length, pieces.map((piece) => piece.text).toSorted(), calls.length]).toEqual([
      3,
      expected.toSorted(),
      1,
    ]);
  });
});

test('a mark changes with a new row, a row rewritten in place, and with nothing else', async () => {
  const db = newer();
  addSessionV2(db, 'ses_2');
  addRow(db, 'msg_1', 'ses_1', 'user', 1, { text: 'a' });
  addRow(db, 'msg_2', 'ses_1', 'assistant', 2, { content: [] });
  const mark = async (): Promise<string> => (await open(db)).mark('ses_1', ['msg_2']);
  const first = await mark();
  addRow(db, 'msg_9', 'ses_2', 'user', 1, { text: 'a' });
  db.run(`UPDATE session_v2 SET title = 'new'`);
  expect(await mark()).toBe(first);
  const seen = new Set([first]);
  for (const change of [
    `UPDATE session_message SET time_updated = 99 WHERE id = 'msg_2'`,
    `UPDATE session_message SET time_updated = 98 WHERE id = 'msg_1'`,
    `INSERT INTO session_message VALUES ('msg_3', 'ses_1', 'idle', 3, 30, 30, '{}')`,
    `DELETE FROM session_message WHERE id = 'msg_2'`,
  ]) {
    db.run(change);
    seen.add(await mark());
  }
  expect(seen.size).toBe(5);
});
