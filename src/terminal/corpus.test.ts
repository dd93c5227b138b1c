/**
 * Stores that genuine OpenCode programs wrote, against what an independent reader found in them (`oracle.json`). They are not
 * part of the project: DRAMATIS_CORPUS names their folder, else they are looked for beside the checkout. Skipped without them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from './fixture-cli.ts';

const BESIDE = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const CORPUS = join(process.env['DRAMATIS_CORPUS'] ?? BESIDE, 'opencode');

const STORES = [
  'sqlite-1.2.1',
  'sqlite-1.2.27',
  'sqlite-1.14.48',
  'sqlite-1.18.34',
  'sqlite-upgraded-chain',
  'sqlite-migrated-from-json-1.2.27',
];

const Oracle = v.object({
  sessions: v.array(
    v.object({
      id: v.string(),
      parent_id: v.nullable(v.string()),
      title: v.string(),
      directory: v.string(),
      time_created: v.number(),
      counts: v.object({ messages: v.number(), assistant: v.number(), tool_parts: v.number() }),
      messages: v.array(
        v.object({
          id: v.string(),
          role: v.string(),
          agent: v.nullable(v.string()),
          time_created: v.number(),
          text: v.string(),
        }),
      ),
    }),
  ),
});

const Session = v.object({
  session_id: v.string(),
  parent_session_id: v.nullable(v.string()),
  summary: v.string(),
  project_path: v.string(),
  start_time: v.string(),
  message_count: v.number(),
  assistant_message_count: v.number(),
  tool_call_count: v.number(),
});

const Shown = v.object({
  session: Session,
  messages: v.array(
    v.object({ id: v.string(), role: v.string(), agent: v.string(), time: v.string(), text: v.string() }),
  ),
});

let state: string;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'dramatis-corpus-'));
});

afterAll(async () => {
  await rm(state, { recursive: true });
});

async function json(...argv: readonly string[]): Promise<unknown> {
  const { code, out, err } = await runHere(...argv, '--json');
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as unknown;
}

function byId<T extends { session_id: string }>(sessions: readonly T[]): T[] {
  return sessions.toSorted((a, b) => (a.session_id < b.session_id ? -1 : 1));
}

describe.each(STORES)('%s', (name) => {
  const store = join(CORPUS, name);
  const options = () => ['--data-dir', join(state, name), '--opencode', store];

  // without the corpus this shows as skipped, by its name
  test.runIf(existsSync(store))('import, sessions and show give what an independent reader finds', async () => {
    const oracle = v.parse(Oracle, JSON.parse(readFileSync(join(store, 'oracle.json'), 'utf8')));
    const expected = oracle.sessions.map((session) => ({
      session_id: session.id,
      parent_session_id: session.parent_id,
      summary: session.title,
      project_path: session.directory,
      start_time: new Date(session.time_created).toISOString(),
      message_count: session.counts.messages,
      assistant_message_count: session.counts.assistant,
      tool_call_count: session.counts.tool_parts,
    }));

    const receipt = await json('import', ...options());
    expect(receipt).toMatchObject({
      sources: [{ sessions: { found: expected.length, new: expected.length, skipped: 0 } }],
    });

    const listed = v.parse(v.array(Session), await json('sessions', ...options()));
    expect(byId(listed)).toEqual(byId(expected));

    for (const session of oracle.sessions) {
      const shown = v.parse(Shown, await json('show', session.id, ...options()));
      expect(shown.session).toEqual(expected.find((each) => each.session_id === session.id));
      expect(shown.messages).toEqual(
        session.messages.map(({ id, role, agent, time_created: time, text }) => ({
          id,
          role,
          agent: (agent ?? 'build').toLowerCase(),
          time: new Date(time).toISOString(),
          text,
        })),
      );
    }
  });
});
