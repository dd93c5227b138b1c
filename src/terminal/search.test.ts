import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHome } from './fixture-cli.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 30);
const AT = '2026-11-21T10:00:00Z';
const text = v.string();
const number = v.number();
const excerpt = v.object({ text, marks: v.array(v.object({ start: number, end: number })) });

/** The shapes that programs rely on. Fields may be added. */
const message = v.object({
  id: text,
  session_id: text,
  session_title: text,
  project_path: text,
  project_name: text,
  source: v.picklist(['opencode', 'claude']),
  agent: text,
  persona: v.nullable(text),
  role: v.picklist(['user', 'assistant']),
  time: v.pipe(text, v.isoTimestamp()),
  excerpt,
  in_tool: v.boolean(),
});

function hits<T extends v.GenericSchema>(hit: T) {
  return v.object({ total: number, hits: v.array(hit) });
}

const found = v.object({
  kept: v.object({
    personas: hits(v.object({ id: text, name: text, source: text, last_time: v.nullable(text) })),
    sessions: hits(v.object({ session_id: text, title: text, source: text, project_name: text, time: text })),
    items: hits(v.object({ id: text, kind: text, name: text, time: text })),
    messages: hits(message),
  }),
  history: v.nullable(v.object({ ...hits(message).entries, searched: number, problems: v.array(v.unknown()) })),
  notes: v.array(text),
});

let home: TestHome;

beforeAll(async () => {
  home = await TestHome.make();
  await home.addSample(NOW);
});

afterAll(() => home.remove());

async function search(...argv: readonly string[]) {
  return v.parse(found, await home.jsonHere('search', ...argv));
}

test('before any import the whole history is searched, afterwards what is kept comes first and not twice', async () => {
  const before = await search('rate', '--limit', '100');
  expect(before.kept.messages.total).toBe(0);
  expect(before.history?.total).toBeGreaterThan(0);

  await home.jsonHere('import', '--now', AT);
  const after = await search('rate', '--limit', '100');
  expect(after.kept.messages.total).toBeGreaterThan(0);
  expect(after.kept.sessions.hits[0]?.title).toMatch(/rate/i);
  const ids = (all: typeof after) =>
    [...all.kept.messages.hits, ...(all.history?.hits ?? [])].map(({ id }) => id).sort();
  expect(ids(after)).toEqual(ids(before));

  const kept = await search('rate', '--kept');
  expect(kept.history).toBeNull();
  expect(kept.kept).toEqual(after.kept);
});

test('options filter as the words of the query do', async () => {
  const byWord = await search('rate role:user project:trailhead');
  expect(await search('rate', '--role', 'user', '--project', 'trailhead')).toEqual(byWord);
  expect(byWord.kept.messages.hits.every(({ role }) => role === 'user')).toBe(true);
  expect((await search('rate', '--tool', 'claude')).kept.messages.total).toBe(0);
});

test('for people: sections, the newest first; when nothing is found it says so and ends well', async () => {
  const { code, out, err } = await home.here('search', 'rate limit', '--limit', '2');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Sessions \(/m);
  expect(out).toMatch(/^Kept messages \(the newest 2 of \d+\)$/m);
  const none = await home.here('search', 'quixotic');
  expect(none.code).toBe(0);
  expect(none.out).toBe('');
  expect(none.err).toMatch(/^Nothing was found. \d+ messages of the whole history searched.\n$/);
});
