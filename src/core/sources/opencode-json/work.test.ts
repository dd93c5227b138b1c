/** How much is read, and what tells that something changed. */
import { describe, expect, test } from 'vitest';
import { FixtureFolder } from '../opencode-shared/fixture-folder.ts';
import { Recorder } from '../opencode-shared/fixture-recorder.ts';
import { makeHistory } from './fixture-history.ts';
import { writeOldProjects, writeStorage } from './fixture.ts';
import { openOpencodeJson, peekOpencodeJson } from './read.ts';

const never = new AbortController().signal;
const history = makeHistory({ seed: 'work', sessions: 10, messages: 12 });
const full = history.filter(({ messages }) => messages.length > 3);
const [one] = full;
if (one === undefined) throw new Error('the history has no session with messages');
const [first] = one.messages;
const last = one.messages.at(-1);

function storage(write = writeStorage): FixtureFolder {
  const data = new FixtureFolder('opencode');
  write(data, history);
  return data;
}

async function versionOf(data: FixtureFolder): Promise<string | undefined> {
  const { heads } = await (await openOpencodeJson(data)).sessions(never);
  return heads.find(({ id }) => id === one?.id)?.version;
}

describe('how much is read', () => {
  test('the session list reads session files only, and never todo, session_diff or project', async () => {
    const data = storage();
    await (await openOpencodeJson(data)).sessions(never);
    expect(data.asked.read.length).toBe(history.length);
    expect(data.asked.read.every((path) => path.startsWith('opencode/storage/session/'))).toBe(true);
    expect(data.asked.lists.filter((path) => /todo|session_diff|project|part/.test(path))).toEqual([]);
  });

  test('a pass over one session opens its files and no others', async () => {
    const data = storage();
    const source = await openOpencodeJson(data);
    data.asked.opened = [];
    await source.read(new Set([one.id]), new Recorder(), never);
    expect(data.asked.opened.length).toBe(one.messages.reduce((sum, { parts }) => sum + 1 + parts.length, 0));
  });

  test('many files are read at a time, but not too many', async () => {
    const data = storage();
    data.asked.slow = true;
    await (await openOpencodeJson(data)).read('all', new Recorder(), never);
    expect(data.asked.mostInFlight).toBeGreaterThan(16);
    expect(data.asked.mostInFlight).toBeLessThanOrEqual(64);
    expect(data.asked.inFlight).toBe(0);
  });

  test('bytes are counted', async () => {
    const data = storage();
    const source = await openOpencodeJson(data);
    const before = source.bytesRead;
    await source.read('all', new Recorder(), never);
    const all = data.all().filter(([path]) => /storage\/(session|message|part)\//.test(path));
    expect(source.bytesRead).toBe(all.reduce((sum, [, file]) => sum + file.bytes.length, 0));
    expect(before).toBeLessThan(source.bytesRead);
    expect(source.sizeBytes).toBe(source.bytesRead);
  });

  test('of large parts only texts and tool calls are read whole', async () => {
    const data = storage();
    const big = 'x'.repeat(1_000_000);
    const part = (id: string, json: object): void => {
      data.write(`storage/part/${first?.id}/${id}.json`, { id, sessionID: one.id, messageID: first?.id, ...json });
    };
    part('prt_z1', { type: 'file', url: big });
    part('prt_z2', { type: 'text', text: big });
    const recorder = new Recorder();
    const source = await openOpencodeJson(data);
    const before = source.bytesRead;
    await source.read(new Set([one.id]), recorder, never);
    expect(recorder.pieces.some(({ text }) => text === big)).toBe(true);
    expect(source.bytesRead - before).toBeLessThan(1_100_000);
  });

  test('progress is in files, never runs back, and ends whole', async () => {
    const recorder = new Recorder();
    await (await openOpencodeJson(storage())).read('all', recorder, never);
    const shares = recorder.steps.map(({ done, total }) => done / total);
    expect(shares.every((share, i) => share <= 1 && share >= (shares[i - 1] ?? 0) - 0.02)).toBe(true);
    const files = history.flatMap(({ messages }) => messages).reduce((sum, { parts }) => sum + 1 + parts.length, 0);
    expect(recorder.steps.at(-1)).toEqual({ done: files, total: files });
  });
});

describe('a look whether anything was written', () => {
  const looks = [
    ['0.6 to 1.1', writeStorage],
    ['to 0.5', writeOldProjects],
  ] as const;

  test.each(looks)('reads no file and says what opening says (%s)', async (_, write) => {
    const data = storage(write);
    data.write('storage/session/x/ses_broken.json', '{');
    data.write('storage/message/ses_gone/msg_1.json', {});
    data.write('storage/session/x/ses_other.json', { ...one.json, id: 'ses_named_else' });
    data.write('storage/message/ses_named_else/msg_2.json', {});
    data.asked.read = [];
    const { fingerprint, bytesRead } = await peekOpencodeJson(data);
    expect(data.asked.read).toEqual([]);
    expect(bytesRead).toBe(0);
    expect((await openOpencodeJson(data)).fingerprint).toBe(fingerprint);
  });

  test('it is the same whether the platform knows sizes beforehand or not', async () => {
    const data = storage();
    const before = await versionOf(data);
    const print = (await openOpencodeJson(data)).fingerprint;
    for (const [, file] of data.all()) Object.assign(file, { size: file.bytes.length });
    expect(await versionOf(data)).toBe(before);
    expect((await openOpencodeJson(data)).fingerprint).toBe(print);
  });
});

describe('cancelling', () => {
  test('throws the reason, and nothing is told afterwards', async () => {
    const source = await openOpencodeJson(storage());
    const control = new AbortController();
    const recorder = new Recorder();
    let told = 0;
    recorder.progress = () => {
      if (++told === 3) control.abort(new Error('enough'));
    };
    await expect(source.read('all', recorder, control.signal)).rejects.toThrow('enough');
    const then = recorder.order.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(recorder.order.length).toBe(then);
    await source.read('all', new Recorder(), never);
  });

  test.each(['sessions', 'read', 'messages'] as const)(
    '%s does not begin when it was cancelled before',
    async (what) => {
      const source = await openOpencodeJson(storage());
      const signal = AbortSignal.abort(new Error('before'));
      const run = {
        sessions: () => source.sessions(signal),
        read: () => source.read('all', new Recorder(), signal),
        messages: () => source.messages(one.id, signal),
      };
      await expect(run[what]()).rejects.toThrow('before');
    },
  );
});

describe.each([
  ['0.6 to 1.1', writeStorage, `storage/session/${one.projectId}/${one.id}.json`, `storage/message/${one.id}`],
  ['to 0.5', writeOldProjects, null, null],
])('what tells that a session changed (%s)', (_, write, sessionPath, messagePath) => {
  const paths = (data: FixtureFolder): { session: string; messages: string } => {
    const at = (end: string): string => data.all().find(([path]) => path.endsWith(end))?.[0] ?? '';
    const messages = messagePath ?? at(`${first?.id}.json`).replace(/\/[^/]*$/, '');
    return { session: sessionPath ?? at(`info/${one.id}.json`), messages };
  };

  test('nothing written: the same version and fingerprint', async () => {
    const data = storage(write);
    expect(await versionOf(data)).toBe(await versionOf(data));
    expect((await openOpencodeJson(data)).fingerprint).toBe((await openOpencodeJson(data)).fingerprint);
  });

  test('the session file, a new message, the newest message written over, a message removed', async () => {
    const data = storage(write);
    const { session, messages } = paths(data);
    const seen = [await versionOf(data)];
    const prints = [(await openOpencodeJson(data)).fingerprint];
    const note = async (): Promise<void> => {
      seen.push(await versionOf(data));
      prints.push((await openOpencodeJson(data)).fingerprint);
    };
    data.write(session, one.json, 2);
    await note();
    data.write(`${messages}/msg_zzz.json`, { id: 'msg_zzz', role: 'user', time: { created: 1 } });
    await note();
    data.write(`${messages}/msg_zzz.json`, { id: 'msg_zzz', role: 'user', time: { created: 1 } }, 3);
    await note();
    data.remove(`${messages}/${first?.id}.json`);
    await note();
    expect(new Set(seen).size).toBe(5);
    expect(new Set(prints).size).toBe(5);
  });

  test('the list is made anew when it is asked for again', async () => {
    const data = storage(write);
    const source = await openOpencodeJson(data);
    const before = await source.sessions(never);
    const print = source.fingerprint;
    data.write(paths(data).session, { ...one.json, title: 'Renamed' }, 2);
    const { heads } = await source.sessions(never);
    expect(heads.length).toBe(before.heads.length);
    expect(heads.find(({ id }) => id === one.id)?.title).toBe('Renamed');
    expect(source.fingerprint).not.toBe(print);
  });

  test('a mark moves with a new message and with parts of the named ones, and with nothing else', async () => {
    const data = storage(write);
    const source = await openOpencodeJson(data);
    const ids = [first?.id ?? ''];
    const mark = (): Promise<string> => source.mark(one.id, ids);
    const seen = [await mark()];
    expect(await mark()).toBe(seen[0]);
    const other = full.at(-1)?.messages[0];
    for (const [path, file] of data.all()) if (path.includes(`${other?.id}/`)) file.modified = 7;
    expect(await mark()).toBe(seen[0]);
    const part = data.all().find(([path]) => path.includes(`${first?.id}/prt`))?.[1];
    if (part !== undefined) part.modified = 5;
    seen.push(await mark());
    data.write(`${paths(data).messages}/msg_zzz.json`, {});
    seen.push(await mark());
    expect(new Set(seen).size).toBe(3);
    expect(await source.mark('ses_none', ['msg_none'])).toBe(await source.mark('ses_none', ['msg_none']));
  });
});

describe('a store that is being written', () => {
  test('a file that changes while it is read is read again', async () => {
    const data = storage();
    const path = `storage/message/${one.id}/${last?.id}.json`;
    const file = data.write(path, '{"id": ');
    const source = await openOpencodeJson(data);
    let reads = 0;
    file.beforeRead = () => {
      if (++reads === 1) data.write(path, last?.json, 2);
    };
    const recorder = new Recorder();
    await source.read('all', recorder, never);
    expect(recorder.problems).toEqual([]);
    expect(recorder.heads.some(({ id }) => id === last?.id)).toBe(true);
  });

  test('a file that never stands still is told, and the rest is read', async () => {
    const data = storage();
    const file = data.write(`storage/message/${one.id}/${last?.id}.json`, last?.json);
    file.beforeRead = () => {
      file.modified++;
    };
    const recorder = new Recorder();
    await (await openOpencodeJson(data)).read('all', recorder, never);
    expect(recorder.problems).toMatchObject([{ lost: 'message', row: last?.id }]);
    expect(recorder.transcript(one.id).length).toBe(one.messages.length - 1);
  });

  test('parts that came after the pass are in the transcript', async () => {
    const data = storage();
    data.remove(`storage/part/${last?.id}`);
    const source = await openOpencodeJson(data);
    await source.read('all', new Recorder(), never);
    data.write(`storage/part/${last?.id}/prt_new.json`, { id: 'prt_new', type: 'text', text: 'late' });
    expect((await source.messages(one.id, never)).messages.at(-1)?.text).toBe('late');
  });
});
