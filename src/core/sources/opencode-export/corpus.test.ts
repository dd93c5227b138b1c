/** Files that the genuine `opencode export` wrote, against the store they were exported from. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diskFile } from '../opencode-shared/fixture-disk.ts';
import {
  CORPUS,
  expected,
  expectedHead,
  hasCorpus,
  plain,
  plainHead,
  readOracle,
} from '../opencode-shared/fixture-oracle.ts';
import { Recorder } from '../opencode-shared/fixture-recorder.ts';
import { openOpencodeExport } from './read.ts';

const never = new AbortController().signal;

function exportsOf(store: string): string[] {
  const folder = join(CORPUS, store, 'exports');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
}

const stores = hasCorpus ? readdirSync(CORPUS).filter((store) => exportsOf(store).length > 0) : [];
const files = stores.flatMap((store) => exportsOf(store).map((name): [string, string] => [store, name]));

describe.skipIf(!hasCorpus)('exports of genuine programs', () => {
  test('are there', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  test.each(files)('%s/exports/%s is the session of the store', async (store, name) => {
    const source = await openOpencodeExport(diskFile(join(CORPUS, store, 'exports', name)));
    const { heads, problems } = await source.sessions(never);
    const [head] = heads;
    const session = readOracle(store).sessions.find(({ id }) => id === head?.id);
    if (head === undefined || session === undefined) throw new Error(`${name} is of no session of the store`);
    const { messages, problems: lost } = await source.messages(head.id, never);
    expect([source.problems, problems, lost]).toEqual([[], [], []]);
    // its own time may have moved on after it was exported
    expect(plainHead(head)).toEqual({ ...expectedHead(session), timeUpdated: head.timeUpdated });
    expect(head.timeUpdated).toBeLessThanOrEqual(session.time_updated);
    expect(plain(messages)).toEqual(expected(session));
    const recorder = new Recorder();
    await source.read('all', recorder, never);
    expect(plain(recorder.transcript(head.id))).toEqual(expected(session));
    expect([recorder.heads.length, recorder.calls.length]).toEqual([messages.length, session.counts['tool_parts']]);
    expect(recorder.steps.at(-1)).toEqual({ done: source.sizeBytes, total: source.sizeBytes });
  });
});
