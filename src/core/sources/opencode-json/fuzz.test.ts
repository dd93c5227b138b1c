/** Whatever is in the files: nothing is thrown, and the files beside a damaged one are read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Damage } from '../opencode-shared/fixture-damage.ts';
import { damaged, damages } from '../opencode-shared/fixture-damage.ts';
import { FixtureFolder } from '../opencode-shared/fixture-folder.ts';
import { Recorder } from '../opencode-shared/fixture-recorder.ts';
import { makeHistory } from './fixture-history.ts';
import { writeOldProjects, writeStorage } from './fixture.ts';
import { openOpencodeJson } from './read.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 120);
const never = new AbortController().signal;
const history = makeHistory({ seed: 'fuzz', sessions: 4, messages: 4 });

function storeOf(old: boolean): FixtureFolder {
  const data = new FixtureFolder('opencode');
  if (old) writeOldProjects(data, history);
  else writeStorage(data, history);
  return data;
}

async function readAll(data: FixtureFolder): Promise<Recorder> {
  const recorder = new Recorder();
  const source = await openOpencodeJson(data);
  const { heads, problems } = await source.sessions(never);
  for (const problem of problems) recorder.problem(problem);
  await source.read('all', recorder, never);
  for (const { id } of heads) await source.messages(id, never);
  return recorder;
}

test('any one damaged file costs at most what it holds', async () => {
  const whole = new Map([true, false].map((old) => [old, storeOf(old).all()]));
  const truths = new Map([
    [true, await readAll(storeOf(true))],
    [false, await readAll(storeOf(false))],
  ]);
  const one = async (old: boolean, pick: number, damage: Damage): Promise<void> => {
    const data = storeOf(old);
    const path = (whole.get(old) ?? []).map(([name]) => name)[pick % (whole.get(old)?.length ?? 1)] ?? '';
    const file = data.all().find(([name]) => name === path)?.[1];
    if (file !== undefined) file.bytes = damaged(file.bytes, damage);
    const before = await readAll(data);
    const truth = truths.get(old);
    const spared = (line: { sessionId: string; messageId?: string; id?: string }): boolean =>
      !path.includes(line.sessionId) && !path.includes(line.messageId ?? line.id ?? '');
    expect(before.heads.filter(spared)).toEqual(expect.arrayContaining(truth?.heads.filter(spared) ?? []));
    expect(before.pieces).toEqual(expect.arrayContaining(truth?.pieces.filter(spared) ?? []));
    expect(before.calls).toEqual(expect.arrayContaining(truth?.calls.filter(spared) ?? []));
  };
  await fc.assert(fc.asyncProperty(fc.boolean(), fc.nat(10_000), damages, one), { numRuns: RUNS });
}, 120_000);

test('many damaged files at once are told or read, and nothing else is thrown', async () => {
  const many = fc.array(fc.tuple(fc.nat(10_000), damages), { minLength: 2, maxLength: 12 });
  const all = async (old: boolean, changes: [number, Damage][]): Promise<void> => {
    const data = storeOf(old);
    const files = data.all();
    for (const [pick, damage] of changes) {
      const file = files[pick % files.length]?.[1];
      if (file !== undefined) file.bytes = damaged(file.bytes, damage);
    }
    const { heads, problems } = await readAll(data);
    expect(new Set(heads.map(({ sessionId, id }) => `${sessionId} ${id}`)).size).toBe(heads.length);
    expect(problems.every(({ file, message }) => file !== '' && message !== '')).toBe(true);
  };
  await fc.assert(fc.asyncProperty(fc.boolean(), many, all), { numRuns: RUNS / 3 });
}, 120_000);

test('files and folders of any names are no error', async () => {
  const names = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      'session',
      'message',
      'part',
      'info',
      'storage',
      'project',
      '__proto__',
      'a.json',
      '.json',
      '.DS_Store',
    ),
  );
  const paths = fc.array(fc.array(names, { minLength: 1, maxLength: 6 }), { maxLength: 20 });
  const all = async (made: string[][]): Promise<void> => {
    const data = storeOf(false);
    for (const parts of made) {
      const path = parts.map((part) => part.replaceAll('/', '') || 'x').join('/');
      if (!data.all().some(([known]) => known.startsWith(path) || path.startsWith(known))) data.write(path, '{}');
    }
    const { heads } = await readAll(data);
    expect(heads.length).toBe(history.flatMap(({ messages }) => messages).length);
  };
  await fc.assert(fc.asyncProperty(paths, all), { numRuns: RUNS / 3 });
}, 120_000);
