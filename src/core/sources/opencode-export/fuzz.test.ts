/** Whatever is in the file: nothing but a ProblemError is thrown, and the messages beside a damaged one are read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProblemError } from '../../model/problem.ts';
import { makeHistory } from '../opencode-json/fixture-history.ts';
import type { Damage } from '../opencode-shared/fixture-damage.ts';
import { damaged, damages } from '../opencode-shared/fixture-damage.ts';
import { FixtureFile } from '../opencode-shared/fixture-folder.ts';
import { Recorder } from '../opencode-shared/fixture-recorder.ts';
import { exportText } from './fixture.ts';
import { openOpencodeExport } from './read.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 120);
const never = new AbortController().signal;
const sessions = makeHistory({ seed: 'fuzz', sessions: 8, messages: 6 }).filter(({ messages }) => messages.length > 2);

async function readBytes(bytes: Uint8Array): Promise<Recorder> {
  const file = new FixtureFile('session.json');
  file.bytes = bytes;
  const recorder = new Recorder();
  const source = await openOpencodeExport(file);
  const { heads } = await source.sessions(never);
  await source.read('all', recorder, never);
  for (const { id } of heads) await source.messages(id, never);
  return recorder;
}

/** Null when the file is refused. Anything else than a ProblemError goes on. */
async function readOrRefuse(bytes: Uint8Array): Promise<Recorder | null> {
  try {
    return await readBytes(bytes);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** How many messages damage in one place may cost. */
function worst({ kind }: Damage, indent: number): number {
  if (kind === 'flip' && indent > 0) return 2;
  return ['proto', 'types', 'deep', 'huge'].includes(kind) ? 1 : Infinity;
}

test('one damaged place costs no more than the messages it touches', async () => {
  const one = async (pick: number, indent: number, damage: Damage): Promise<void> => {
    const session = sessions[pick % sessions.length];
    if (session === undefined) return;
    const bytes = new TextEncoder().encode(exportText(session, { indent }));
    const recorder = await readOrRefuse(damaged(bytes, damage));
    if (recorder === null) return;
    const kept = new Set(recorder.heads.map(({ id }) => id));
    const lost = session.messages.filter(({ id }) => !kept.has(id)).length;
    expect(lost).toBeLessThanOrEqual(worst(damage, indent));
    expect(lost === 0 || recorder.problems.length > 0 || recorder.heads.length === session.messages.length).toBe(true);
  };
  await fc.assert(fc.asyncProperty(fc.nat(1000), fc.constantFrom(0, 2), damages, one), { numRuns: RUNS });
}, 120_000);

test('any bytes are an export or refused', async () => {
  const any = async (bytes: Uint8Array): Promise<void> => {
    await expect(readBytes(bytes)).rejects.toBeInstanceOf(ProblemError);
  };
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), any), { numRuns: RUNS });
});

test('any JSON is an export or refused', async () => {
  const any = async (value: unknown): Promise<void> => {
    const recorder = await readOrRefuse(new TextEncoder().encode(JSON.stringify(value)));
    expect(recorder?.problems.every(({ message }) => message !== '') ?? true).toBe(true);
  };
  const odd = fc.record({
    info: fc.oneof(fc.jsonValue(), fc.constant({ id: 'ses_1', time: { created: 1 } })),
    messages: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
  });
  await fc.assert(fc.asyncProperty(fc.oneof(fc.jsonValue(), odd), any), { numRuns: RUNS });
});
