import { describe, expect, test } from 'vitest';
import { makeHistory } from '../opencode-json/fixture-history.ts';
import { FixtureFile } from '../opencode-shared/fixture-folder.ts';
import { Recorder } from '../opencode-shared/fixture-recorder.ts';
import { exportText } from './fixture.ts';
import { openOpencodeExport } from './read.ts';

const never = new AbortController().signal;
const history = makeHistory({ seed: 'export', sessions: 6, messages: 9 });
const [one] = history.filter(({ messages }) => messages.length > 4);
if (one === undefined) throw new Error('the history has no session with messages');
const truth = one.messages.map(({ id, truth: known }) => ({ id, ...known }));

function file(content: string | Uint8Array): FixtureFile {
  const made = new FixtureFile('drop/session.json');
  made.bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return made;
}

async function readAll(content: string | Uint8Array): Promise<Recorder> {
  const recorder = new Recorder();
  await (await openOpencodeExport(file(content))).read('all', recorder, never);
  return recorder;
}

function found(recorder: Recorder): unknown {
  return recorder.transcript(one?.id ?? '').map(({ id, role, agent, time, text }) => {
    const tools = recorder.calls.filter((call) => call.messageId === id).map((call) => call.time);
    return { id, role, agent, time, text, tools };
  });
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  view.setUint16(0, 0xfeff, littleEndian);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i + 2, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

describe('an exported session', () => {
  test.each<[string, string | Uint8Array]>([
    ['as the tool writes it', exportText(one)],
    ['after a status line', exportText(one, { before: `Exporting session: ${one.id}\n\u001b[0m` })],
    ['on one line', exportText(one, { indent: 0 })],
    ['with a byte order mark', `\uFEFF${exportText(one)}`],
    ['with line ends of Windows', exportText(one).replaceAll('\n', '\r\n')],
    ['as Windows PowerShell writes it, in UTF-16', utf16(exportText(one), true)],
    ['in UTF-16 the other way round', utf16(exportText(one), false)],
    ['with something after it', `${exportText(one)}\nDone.\n`],
  ])('%s is read whole', async (_, content) => {
    const recorder = await readAll(content);
    expect(recorder.problems).toEqual([]);
    expect(found(recorder)).toEqual(truth);
  });

  test('says what its info says', async () => {
    const source = await openOpencodeExport(file(exportText(one)));
    const { heads, problems } = await source.sessions(never);
    expect(problems).toEqual([]);
    expect(heads).toMatchObject([{ id: one.id, directory: one.directory, title: one.json['title'] }]);
    expect([source.kind, source.tool, source.store]).toEqual([
      'opencode-export',
      'opencode',
      'opencode:drop/session.json',
    ]);
  });

  test('without messages is an empty session', async () => {
    const recorder = await readAll(exportText({ ...one, messages: [] }));
    expect([recorder.heads, recorder.problems]).toEqual([[], []]);
  });

  test('with info behind the messages is one all the same', async () => {
    const text = exportText(one, { indent: 0 });
    const at = text.indexOf(',"messages":');
    const swapped = `{${text.slice(at + 1, -2)},${text.slice(1, at)}}`;
    expect(found(await readAll(swapped))).toEqual(truth);
  });

  test('without folder takes the cwd of its first message that has one, before its messages', async () => {
    const { directory: _, ...json } = one.json;
    const recorder = await readAll(exportText({ ...one, json, messages: one.messages.toReversed() }));
    expect(recorder.sessions.map(({ directory }) => directory)).toEqual([one.directory]);
    expect(recorder.order[0]).toBe(`session ${one.id}`);
    expect(found(recorder)).toEqual(truth);
  });

  test('hides the messages from a revert on, by position', async () => {
    const json = { ...one.json, revert: { messageID: one.messages[2]?.id } };
    const source = await openOpencodeExport(file(exportText({ ...one, json })));
    const { messages } = await source.messages(one.id, never);
    expect(messages.map(({ reverted }) => reverted)).toEqual(one.messages.map((__, i) => i >= 2));
  });

  test('is not read when another session is wanted', async () => {
    const source = await openOpencodeExport(file(exportText(one)));
    const recorder = new Recorder();
    await source.read(new Set(['ses_none']), recorder, never);
    expect(recorder.order).toEqual([]);
    expect((await source.messages('ses_none', never)).messages).toEqual([]);
  });

  test('a part without id keeps its place, one that is no object is told', async () => {
    const parts = [{ id: 'x', json: { type: 'text', text: 'no id' } }];
    const messages = one.messages.slice(0, 1).map((message) => ({ ...message, parts }));
    const exported = exportText({ ...one, messages });
    const recorder = await readAll(exported.replace('"parts": [', '"parts": [7, '));
    expect(recorder.pieces.map(({ text }) => text)).toEqual(['no id']);
    expect(recorder.problems).toMatchObject([{ code: 'bad-json', lost: 'part' }]);
  });
});

describe('what is damaged', () => {
  test.each([0.3, 0.6, 0.9])(
    'cut at %d of its length, the messages before are read and the cut is told',
    async (share) => {
      const text = exportText(one);
      const recorder = await readAll(text.slice(0, text.length * share));
      expect(found(recorder)).toEqual(truth.slice(0, recorder.heads.length));
      expect(recorder.heads.length).toBeGreaterThan(0);
      expect(recorder.problems).toMatchObject([{ code: 'truncated', file: 'drop/session.json' }]);
    },
  );

  test.each(['"role"', '"parts"', '{', '}', ',', '"'])(
    'a damaged %s in a message costs no other message',
    async (mark) => {
      const text = exportText(one);
      const from = text.indexOf(one.messages[2]?.id ?? '');
      const at = text.indexOf(mark, from);
      const recorder = await readAll(`${text.slice(0, at)}\u0007${text.slice(at + 1)}`);
      const others = truth.filter((_, i) => i !== 2);
      expect(found(recorder)).toEqual(expect.arrayContaining(others));
      expect(recorder.problems.length).toBeGreaterThan(0);
    },
  );

  test.each<[string, string, string]>([
    ['an empty file', '', 'empty-file'],
    ['words', 'hello', 'unsupported-file'],
    ['a list', '[1, 2]', 'unsupported-file'],
    ['another object', '{"name": "x", "messages": []}', 'unsupported-file'],
    ['info that is no session', '{"info": {"title": "x"}, "messages": []}', 'unsupported-file'],
    ['messages that are no list', '{"info": {"id": "s", "time": {}}, "messages": {}}', 'unsupported-file'],
    ['lines of JSON', '{"type": "user"}\n{"info": {"id": "s", "time": {}}, "messages": []}', 'unsupported-file'],
    ['a file cut in its info', '{"info": {"id": "s", "ti', 'truncated'],
    ['a file cut behind its info', '{"info": {"id": "s", "time": {}}, "mess', 'truncated'],
  ])('%s is refused, and the code says which', async (_, content, code) => {
    await expect(openOpencodeExport(file(content))).rejects.toMatchObject({
      problem: { code, severity: 'error', file: 'drop/session.json' },
    });
  });

  test('a large file of another kind is not read to its end', async () => {
    const other = file(new Uint8Array(40_000_000).fill(0x20));
    await expect(openOpencodeExport(other)).rejects.toMatchObject({ problem: { code: 'unsupported-file' } });
  });
});

describe('a file that changes', () => {
  test('is read again from the start', async () => {
    const changing = file(exportText(one));
    const source = await openOpencodeExport(changing);
    changing.modified = 2;
    const recorder = new Recorder();
    recorder.restart = () => recorder.order.push('restart');
    await source.read('all', recorder, never);
    expect(recorder.order[0]).toBe('restart');
    expect(found(recorder)).toEqual(truth);
    expect(source.fingerprint).toBe(`${changing.bytes.length}:2`);
  });

  test('has another mark, version and fingerprint', async () => {
    const changing = file(exportText(one));
    const first = await openOpencodeExport(changing);
    const mark = await first.mark(one.id, []);
    changing.modified = 2;
    const second = await openOpencodeExport(changing);
    expect(await second.mark(one.id, [])).not.toBe(mark);
    expect(second.fingerprint).not.toBe(first.fingerprint);
  });

  test('is left alone when cancelled', async () => {
    const source = await openOpencodeExport(file(exportText(one)));
    await expect(source.read('all', new Recorder(), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
