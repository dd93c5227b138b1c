/** Folders that genuine OpenCode programs wrote, against what an independent reader found in them. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diskFolder } from '../opencode-shared/fixture-disk.ts';
import type { OracleSession } from '../opencode-shared/fixture-oracle.ts';
import {
  byId,
  CORPUS,
  expected,
  expectedHead,
  hasCorpus,
  plain,
  plainHead,
  readOracle,
} from '../opencode-shared/fixture-oracle.ts';
import { Recorder } from '../opencode-shared/fixture-recorder.ts';
import type { SessionHead, Source } from '../source.ts';
import { openOpencodeJson } from './read.ts';

const never = new AbortController().signal;
const STORES = ['json-0.5.29', 'json-1.0.61', 'json-1.1.65'];
/** Written by 1.1, and left over beside the database that later versions made. */
const LEFTOVERS = ['sqlite-migrated-from-json-1.2.27', 'sqlite-upgraded-chain'];

const open = (store: string, inside = ''): Promise<Source> => openOpencodeJson(diskFolder(join(CORPUS, store, inside)));

/** The heads of the list, with what reading tells of them. */
function finalHeads(heads: readonly SessionHead[], told: readonly SessionHead[]): SessionHead[] {
  const better = new Map(told.map((head) => [head.id, head]));
  return byId(heads.map((head) => better.get(head.id) ?? head));
}

describe.skipIf(!hasCorpus).each(STORES)('%s', (store) => {
  test('lists every session with what the oracle says of it', async () => {
    const oracle = readOracle(store);
    const source = await open(store);
    const { heads, problems } = await source.sessions(never);
    const recorder = new Recorder();
    await source.read('all', recorder, never);
    expect([source.problems, problems, recorder.problems]).toEqual([[], [], []]);
    expect(finalHeads(heads, recorder.sessions).map(plainHead)).toEqual(byId(oracle.sessions).map(expectedHead));
    expect(heads.every((head) => head.version !== undefined && head.version !== '')).toBe(true);
  });

  test('gives the messages of each session, in order, with their texts', async () => {
    const source = await open(store);
    for (const session of readOracle(store).sessions) {
      const { messages, problems } = await source.messages(session.id, never);
      expect(problems).toEqual([]);
      expect(plain(messages)).toEqual(expected(session));
    }
  });

  test('one pass over everything gives the same, and every tool call', async () => {
    const { sessions, totals } = readOracle(store);
    const recorder = new Recorder();
    await (await open(store)).read('all', recorder, never);
    for (const session of sessions) expect(plain(recorder.transcript(session.id))).toEqual(expected(session));
    expect(recorder.heads.length).toBe(totals['messages']);
    expect(recorder.calls.length).toBe(totals['tool_parts']);
    expect(toolsOf(recorder)).toEqual(expectedTools(sessions));
    expect(recorder.steps.at(-1)).toEqual({
      done: (totals['messages'] ?? 0) + (totals['parts'] ?? 0),
      total: (totals['messages'] ?? 0) + (totals['parts'] ?? 0),
    });
  });

  test('a pass over some sessions gives those and no others', async () => {
    const some = readOracle(store).sessions.filter((_, i) => i % 3 === 0);
    const recorder = new Recorder();
    await (await open(store)).read(new Set([...some.map(({ id }) => id), 'ses_none']), recorder, never);
    for (const session of some) expect(plain(recorder.transcript(session.id))).toEqual(expected(session));
    expect(new Set(recorder.heads.map(({ sessionId }) => sessionId)).size).toBe(
      some.filter(({ messages }) => messages.length > 0).length,
    );
  });

  test('every tool call has the time its part says', async () => {
    const recorder = new Recorder();
    await (await open(store)).read('all', recorder, never);
    const times = new Map(recorder.heads.map((head) => [head.id, head.time]));
    for (const call of recorder.calls) expect(call.time).toBeGreaterThanOrEqual(times.get(call.messageId) ?? Infinity);
  });

  test('the order of messages is the same every time', async () => {
    const [first, second] = [new Recorder(), new Recorder()];
    await (await open(store)).read('all', first, never);
    await (await open(store)).read('all', second, never);
    expect(second.order).toEqual(first.order);
  });
});

describe.skipIf(!hasCorpus)('any of the folders a person may choose', () => {
  test.each([
    ['json-1.1.65', 'storage'],
    ['json-0.5.29', 'project'],
  ])('%s/%s gives every session', async (store, inside) => {
    const { heads } = await (await open(store, inside)).sessions(never);
    expect(heads.length).toBe(readOracle(store).totals['sessions']);
  });

  test.each(['', '/storage'])('one old project alone gives its sessions (%s)', async (inside) => {
    const source = await open('json-0.5.29', `project/global${inside}`);
    expect((await source.sessions(never)).heads.map(({ title }) => title)).toEqual(['Offsite notes']);
  });
});

describe.skipIf(!hasCorpus).each(LEFTOVERS)('JSON left over beside the database of %s', (store) => {
  test('is found, each session whole', async () => {
    const oracle = readOracle(store);
    const source = await open(store);
    const { heads, problems } = await source.sessions(never);
    const recorder = new Recorder();
    await source.read('all', recorder, never);
    expect([problems, recorder.problems]).toEqual([[], []]);
    expect(heads.length).toBe(oracle.leftover_json?.sessions);
    const known = new Map(oracle.sessions.map((session) => [session.id, session]));
    const inDatabase = heads.flatMap((head) => known.get(head.id) ?? []);
    expect(inDatabase.length).toBe(heads.length - (oracle.leftover_json?.not_in_database.length ?? 0));
    // later versions wrote on in some of these sessions: what the folder has is the beginning of them
    for (const session of inDatabase) {
      const messages = recorder.transcript(session.id);
      expect(plain(messages)).toEqual(expected({ ...session, messages: session.messages.slice(0, messages.length) }));
    }
  });
});

function toolsOf(recorder: Recorder): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { messageId } of recorder.calls) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
  return counts;
}

function expectedTools(sessions: readonly OracleSession[]): Map<string, number> {
  const messages = sessions.flatMap((session) => session.messages).filter(({ tools }) => tools.length > 0);
  return new Map(messages.map(({ id, tools }) => [id, tools.length]));
}
