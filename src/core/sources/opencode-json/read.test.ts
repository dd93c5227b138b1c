import { describe, expect, test } from 'vitest';
import { FixtureFolder } from '../opencode-shared/fixture-folder.ts';
import { Recorder } from '../opencode-shared/fixture-recorder.ts';
import type { SessionHead, Source } from '../source.ts';
import { makeHistory } from './fixture-history.ts';
import type { FixtureSession } from './fixture-history.ts';
import { writeOldProjects, writeStorage } from './fixture.ts';
import { openOpencodeJson } from './read.ts';

const never = new AbortController().signal;
const history = makeHistory({ seed: 'json', sessions: 12, messages: 8 });

function stored(write: (data: FixtureFolder) => void): FixtureFolder {
  const data = new FixtureFolder('home/opencode');
  write(data);
  return data;
}

/** One session `ses_1` of project `p`, to be written into. */
function single(more: Record<string, unknown> = {}): FixtureFolder {
  const session = { id: 'ses_1', title: 'One', directory: '/src/shop', time: { created: 5, updated: 9 }, ...more };
  return stored((data) => data.write('storage/session/p/ses_1.json', session));
}

function addMessage(data: FixtureFolder, id: string, created: number, more: Record<string, unknown> = {}): void {
  data.write(`storage/message/ses_1/${id}.json`, { id, sessionID: 'ses_1', role: 'user', time: { created }, ...more });
}

function addText(data: FixtureFolder, messageId: string, id: string, text: unknown, more = {}): void {
  data.write(`storage/part/${messageId}/${id}.json`, { id, messageID: messageId, type: 'text', text, ...more });
}

async function readAll(source: Source): Promise<Recorder> {
  const recorder = new Recorder();
  await source.read('all', recorder, never);
  return recorder;
}

async function listOf(data: FixtureFolder): Promise<{ heads: SessionHead[]; problems: string[] }> {
  const { heads, problems } = await (await openOpencodeJson(data)).sessions(never);
  return { heads, problems: problems.map(({ code, severity, file, lost }) => `${code} ${severity} ${file} ${lost}`) };
}

/** Session, messages with texts, and tool calls, as a pass gives them. */
function found(recorder: Recorder, sessions: readonly FixtureSession[]): unknown {
  return sessions.map(({ id }) => {
    return recorder.transcript(id).map(({ id: message, role, agent, time, text }) => {
      const tools = recorder.calls.filter((call) => call.messageId === message).map((call) => call.time);
      return { id: message, role, agent, time, text, tools };
    });
  });
}

function truth(sessions: readonly FixtureSession[]): unknown {
  return sessions.map(({ messages }) => messages.map(({ id, truth: known }) => ({ id, ...known })));
}

describe.each([
  ['0.6 to 1.1', writeStorage],
  ['to 0.5', writeOldProjects],
])('a written store of the layout %s', (_, write) => {
  test('is read as it was written', async () => {
    const source = await openOpencodeJson(stored((data) => write(data, history)));
    const recorder = await readAll(source);
    expect(recorder.problems).toEqual([]);
    expect(found(recorder, history)).toEqual(truth(history));
  });

  test('tells the folder of each session: Windows paths as they are', async () => {
    const source = await openOpencodeJson(stored((data) => write(data, history)));
    const { heads } = await source.sessions(never);
    const told = (await readAll(source)).sessions;
    for (const { id, directory, messages } of history) {
      const head = told.find((later) => later.id === id) ?? heads.find((first) => first.id === id);
      const known = write === writeStorage || messages.some(({ truth: { role } }) => role === 'assistant');
      expect(head?.directory).toBe(known ? directory : '');
    }
    expect(history.some(({ directory }) => directory.includes('\\'))).toBe(true);
  });

  test('a transcript is the same as the pass', async () => {
    const source = await openOpencodeJson(stored((data) => write(data, history)));
    const recorder = await readAll(source);
    for (const { id } of history) {
      expect((await source.messages(id, never)).messages).toEqual(recorder.transcript(id));
    }
  });
});

describe('both eras side by side', () => {
  const both = (): FixtureFolder =>
    stored((data) => {
      writeOldProjects(data, history);
      writeStorage(data, history.slice(0, 6));
    });

  test('nothing is there twice: 0.6 copied what 0.5 wrote', async () => {
    const source = await openOpencodeJson(both());
    const { heads, problems } = await source.sessions(never);
    expect([heads.length, problems]).toEqual([history.length, []]);
    const recorder = await readAll(source);
    expect(found(recorder, history)).toEqual(truth(history));
    expect(recorder.heads.length).toBe(history.flatMap(({ messages }) => messages).length);
  });

  test('what the copying did not reach is taken from the old one', async () => {
    const data = both();
    const session = history.find(({ messages }, i) => i < 6 && messages.length > 2);
    const [first, second] = session?.messages ?? [];
    data.remove(`storage/message/${session?.id}/${first?.id}.json`);
    data.remove(`storage/part/${second?.id}`);
    expect(found(await readAll(await openOpencodeJson(data)), history)).toEqual(truth(history));
  });

  test('a copy that was cut is replaced by the old one, with a warning', async () => {
    const data = both();
    const session = history.find(({ messages }, i) => i < 6 && messages.length > 0);
    data.write(`storage/session/${session?.projectId}/${session?.id}.json`, '{"id": "ses');
    data.write(`storage/message/${session?.id}/${session?.messages[0]?.id}.json`, '');
    const source = await openOpencodeJson(data);
    const { heads, problems } = await source.sessions(never);
    expect(heads.length).toBe(history.length);
    const recorder = await readAll(source);
    expect([...problems, ...recorder.problems].map(({ severity, lost }) => [severity, lost])).toEqual([
      ['warning', undefined],
      ['warning', undefined],
    ]);
    expect(found(recorder, history)).toEqual(truth(history));
  });
});

describe('what the files say', () => {
  test('messages go by time and then id, never by id: ids wrapped on 2026-08-14', async () => {
    const data = single();
    addMessage(data, 'msg_fff', 1);
    addMessage(data, 'msg_001', 2);
    addMessage(data, 'msg_000', 2);
    const recorder = await readAll(await openOpencodeJson(data));
    expect(recorder.heads.map(({ id }) => id)).toEqual(['msg_fff', 'msg_000', 'msg_001']);
  });

  test('the text is the parts by id, without synthetic, ignored and blank ones, joined by a blank line', async () => {
    const data = single();
    addMessage(data, 'msg_1', 1);
    addText(data, 'msg_1', 'prt_3', 'third');
    addText(data, 'msg_1', 'prt_1', ' first\n');
    addText(data, 'msg_1', 'prt_2', 'no', { synthetic: true });
    addText(data, 'msg_1', 'prt_4', 'no', { ignored: true });
    addText(data, 'msg_1', 'prt_5', ' \n ');
    addText(data, 'msg_1', 'prt_6', 7);
    const { messages } = await (await openOpencodeJson(data)).messages('ses_1', never);
    expect(messages.map(({ text }) => text)).toEqual([' first\n\n\nthird']);
  });

  test('the agent is agent, else mode, else build', async () => {
    const data = single();
    addMessage(data, 'msg_1', 1, { agent: 'Plan', mode: 'build' });
    addMessage(data, 'msg_2', 2, { agent: '', mode: 'Docs' });
    addMessage(data, 'msg_3', 3, { agent: null });
    const { heads } = await readAll(await openOpencodeJson(data));
    expect(heads.map(({ agent }) => agent)).toEqual(['plan', 'docs', 'build']);
  });

  test('a session without folder takes the cwd of its first message that has one, before its messages', async () => {
    const data = single({ directory: undefined });
    addMessage(data, 'msg_1', 3, { role: 'assistant', path: { cwd: '/late' } });
    addMessage(data, 'msg_2', 2, { role: 'assistant', path: { cwd: String.raw`C:\first` } });
    addMessage(data, 'msg_3', 1);
    const recorder = await readAll(await openOpencodeJson(data));
    expect(recorder.sessions.map(({ directory }) => directory)).toEqual([String.raw`C:\first`]);
    expect(recorder.order[0]).toBe('session ses_1');
  });

  test('a revert hides the messages from that one on, by position', async () => {
    const data = single({ revert: { messageID: 'msg_2', snapshot: 'x' } });
    for (const [i, id] of ['msg_9', 'msg_2', 'msg_1'].entries()) addMessage(data, id, i);
    const source = await openOpencodeJson(data);
    expect((await source.sessions(never)).heads[0]?.revertedFrom).toBe('msg_2');
    const { messages } = await source.messages('ses_1', never);
    expect(messages.map(({ reverted }) => reverted)).toEqual([false, true, true]);
  });

  test('parent and archive time are the session’s own', async () => {
    const { heads } = await listOf(single({ parentID: 'ses_0', time: { created: 5, updated: 9, archived: 10 } }));
    expect(heads).toMatchObject([{ id: 'ses_1', parentId: 'ses_0', archived: true, timeCreated: 5, timeUpdated: 9 }]);
  });

  test('an answer without completion time is unfinished, a summary is marked, a tool has its own time', async () => {
    const data = single();
    addMessage(data, 'msg_1', 1, { role: 'assistant', summary: true });
    addMessage(data, 'msg_2', 2, { role: 'assistant', time: { created: 2, completed: 8 } });
    const state = { status: 'running', time: { start: 4 } };
    data.write('storage/part/msg_2/prt_1.json', { id: 'prt_1', type: 'tool', tool: 'bash', state });
    data.write('storage/part/msg_2/prt_2.json', { id: 'prt_2', type: 'tool', state: { status: 'pending' } });
    const { heads, calls } = await readAll(await openOpencodeJson(data));
    expect(heads.map(({ finished, summary, updated }) => [finished, summary, updated])).toEqual([
      [false, true, 1],
      [true, false, 8],
    ]);
    expect(calls.map(({ time }) => time)).toEqual([4, 2]);
  });

  test('ids that differ in case only are different sessions, messages and parts', async () => {
    const data = single();
    data.write('storage/session/p/ses_A.json', { id: 'ses_A', time: { created: 1, updated: 1 } });
    data.write('storage/session/p/ses_a.json', { id: 'ses_a', time: { created: 2, updated: 2 } });
    addMessage(data, 'msg_A', 1);
    addMessage(data, 'msg_a', 2);
    addText(data, 'msg_A', 'prt_B', 'upper');
    addText(data, 'msg_A', 'prt_b', 'lower');
    const source = await openOpencodeJson(data);
    expect((await source.sessions(never)).heads.length).toBe(3);
    const { messages } = await source.messages('ses_1', never);
    expect(messages.map(({ text }) => text)).toEqual(['upper\n\nlower', '']);
  });

  test('a session in the folders of two projects is one: the newer', async () => {
    const data = single();
    data.write('storage/session/global/ses_1.json', { id: 'ses_1', title: 'New', time: { created: 5, updated: 99 } });
    expect((await listOf(data)).heads.map(({ title }) => title)).toEqual(['New']);
  });
});

describe('what is missing or damaged', () => {
  test('no folder of messages, or of parts, is an empty session and not an error', async () => {
    const data = single();
    expect((await readAll(await openOpencodeJson(data))).heads).toEqual([]);
    addMessage(data, 'msg_1', 1);
    const recorder = await readAll(await openOpencodeJson(data));
    expect([recorder.heads.length, recorder.pieces, recorder.problems]).toEqual([1, [], []]);
  });

  test.each([
    ['cut', '{"id": "msg_2", "role": "us'],
    ['empty', ''],
    ['all zeros', '\0\0\0\0'],
    ['a list', '[]'],
    ['of no role', '{"id": "msg_2", "time": {"created": 3}}'],
    ['without time', '{"id": "msg_2", "role": "user", "time": {"created": "3"}}'],
  ])('a message file that is %s is told with its path, and its neighbours are read', async (_, content) => {
    const data = single();
    for (const [i, id] of ['msg_1', 'msg_2', 'msg_3'].entries()) addMessage(data, id, i);
    addText(data, 'msg_3', 'prt_1', 'there');
    data.write('storage/message/ses_1/msg_2.json', content);
    const recorder = await readAll(await openOpencodeJson(data));
    expect(recorder.heads.map(({ id }) => id)).toEqual(['msg_1', 'msg_3']);
    expect(recorder.pieces.length).toBe(1);
    expect(recorder.problems).toMatchObject([
      { severity: 'skipped', lost: 'message', file: 'home/opencode/storage/message/ses_1/msg_2.json', row: 'msg_2' },
    ]);
  });

  test('a session file that is cut is told with its path, and not again for its messages', async () => {
    const data = single();
    data.write('storage/session/p/ses_2.json', '{"id": "ses_2", "ti');
    data.write('storage/message/ses_2/msg_1.json', { id: 'msg_1', role: 'user', time: { created: 1 } });
    expect(await listOf(data)).toMatchObject({
      heads: [{ id: 'ses_1' }],
      problems: ['bad-json skipped home/opencode/storage/session/p/ses_2.json session'],
    });
  });

  test('a part that is cut costs only itself', async () => {
    const data = single();
    addMessage(data, 'msg_1', 1);
    addText(data, 'msg_1', 'prt_1', 'one');
    data.write('storage/part/msg_1/prt_2.json', '{"type": "text", "text": "tw');
    addText(data, 'msg_1', 'prt_3', 'three');
    const { messages, problems } = await (await openOpencodeJson(data)).messages('ses_1', never);
    expect(messages.map(({ text }) => text)).toEqual(['one\n\nthree']);
    expect(problems).toMatchObject([{ code: 'bad-json', lost: 'part' }]);
  });

  test('<name>.json<ms>.tmp is ignored when the real one is whole, and told when it is not', async () => {
    const data = single();
    addMessage(data, 'msg_1', 1);
    addMessage(data, 'msg_2', 2);
    const whole = { id: 'msg_1', role: 'user', time: { created: 1 } };
    data.write('storage/message/ses_1/msg_1.json1767225600000.tmp', whole);
    const source = await openOpencodeJson(data);
    expect((await readAll(source)).problems).toEqual([]);
    data.write('storage/message/ses_1/msg_1.json', '{"id": "ms');
    data.write('storage/message/ses_1/msg_3.json1767225600000.tmp', '{"id": "ms');
    const recorder = await readAll(source);
    expect(recorder.heads.map(({ id }) => id)).toEqual(['msg_2']);
    expect(recorder.problems.map(({ file, lost }) => [file.split('/').at(-1), lost])).toEqual([
      ['msg_1.json', 'message'],
      ['msg_3.json1767225600000.tmp', 'message'],
    ]);
  });

  test('a thousand damaged files are named, more are counted', async () => {
    const data = single();
    for (let i = 0; i < 1200; i++) data.write(`storage/message/ses_1/msg_${i}.json`, '{');
    const { problems } = await readAll(await openOpencodeJson(data));
    expect(problems.length).toBe(1001);
    expect(problems.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(1200);
  });

  test('__proto__ keys are names like others', async () => {
    const data = single();
    data.write(
      'storage/message/ses_1/msg_1.json',
      '{"__proto__": {"role": "user", "time": {"created": 1}}, "id": "msg_1"}',
    );
    data.write('storage/session/p/__proto__.json', '{"id": "__proto__", "time": {"created": 1, "updated": 1}}');
    data.write('storage/message/__proto__/msg_2.json', '{"id": "__proto__", "role": "user", "time": {"created": 1}}');
    data.write('storage/part/__proto__/prt_1.json', '{"type": "text", "text": "kept"}');
    const source = await openOpencodeJson(data);
    expect((await source.sessions(never)).heads.map(({ id }) => id)).toEqual(['__proto__', 'ses_1']);
    expect((await source.messages('__proto__', never)).messages).toMatchObject([{ id: '__proto__', text: 'kept' }]);
    expect((await source.messages('ses_1', never)).messages).toEqual([]);
  });

  test('times that can’t be leave the session in the list, with a warning', async () => {
    const { heads, problems } = await listOf(single({ time: { created: -5, updated: 'soon' } }));
    expect(heads).toMatchObject([{ timeCreated: 0, timeUpdated: 0 }]);
    expect(problems).toEqual(['bad-json warning home/opencode/storage/session/p/ses_1.json undefined']);
  });

  test('bytes that are no text are shown as such, with a warning', async () => {
    const data = single();
    addMessage(data, 'msg_1', 1);
    const bytes = new TextEncoder().encode('{"id":"prt_1","type":"text","text":"gr_n"}');
    data.write('storage/part/msg_1/prt_1.json', bytes.with(bytes.indexOf(0x5f, 10), 0xfc).fill(0xfc, 37, 38));
    const recorder = await readAll(await openOpencodeJson(data));
    expect(recorder.pieces[0]?.text).toContain('\uFFFD');
    expect(recorder.problems).toMatchObject([{ severity: 'warning' }]);
  });

  test('messages whose session file is gone are told; the empty folders of deleted sessions are not', async () => {
    const data = single();
    data.folder('storage/message/ses_deleted');
    expect((await listOf(data)).problems).toEqual([]);
    data.write('storage/message/ses_gone/msg_1.json', {});
    expect((await listOf(data)).problems).toEqual([
      'damaged-row warning home/opencode/storage/message/ses_gone undefined',
    ]);
  });

  test('a folder that can’t be listed costs only what is in it', async () => {
    const data = single();
    data.write('storage/session/q/ses_2.json', { id: 'ses_2', time: { created: 1, updated: 1 } });
    data.folder('storage/session/q').locked = true;
    expect(await listOf(data)).toMatchObject({
      heads: [{ id: 'ses_1' }],
      problems: ['file-unreadable skipped home/opencode/storage/session/q session'],
    });
  });

  test('a folder without sessions is refused, and the message says where they are', async () => {
    const data = stored((root) => root.write('storage/session_diff/ses_1.json', []));
    const refused = openOpencodeJson(data);
    await expect(refused).rejects.toMatchObject({ problem: { code: 'nothing-found', file: 'home/opencode' } });
    await expect(refused).rejects.toThrow('in the folder storage');
  });
});
