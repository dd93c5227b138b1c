/** Activity of genuine stores, against sums that are made here from the files alone: plain SQL, and a plain scan of the lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { FixtureReader } from '../core/sources/opencode-db/fixture-reader.ts';
import { loadSqlJs } from '../platform/node/sql-js.ts';
import { hasCorpus, StoreOnDisk } from './fixture-corpus.ts';

const MINUTE = 60_000;

interface Busy {
  readonly prompts: number[];
  /** Answers and tool runs. */
  readonly spans: [number, number][];
}

/** Everything a session covers: its spans, and the silences of at most 15 minutes before each within a turn. */
function covered({ prompts, spans }: Busy): [number, number][] {
  const edges = [Number.NEGATIVE_INFINITY, ...prompts.toSorted((a, b) => a - b), Number.POSITIVE_INFINITY];
  const cover: [number, number][] = [];
  for (let turn = 0; turn + 1 < edges.length; turn++) {
    const [from = 0, to = 0] = edges.slice(turn, turn + 2);
    const inside = spans
      .filter(([start, end]) => start < to && end >= from && !(end === from && start < from))
      .map(([start, end]): [number, number] => [Math.max(start, from), Math.min(end, to)])
      .sort(([a], [b]) => a - b);
    let last = from;
    for (const [start, end] of inside) {
      if (start > last && start - last <= 15 * MINUTE) cover.push([last, start]);
      cover.push([start, end]);
      last = Math.max(last, end);
    }
  }
  return cover;
}

/** By counting what is open at each edge. */
function unionMs(stretches: readonly [number, number][]): number {
  const edges = stretches.flatMap(([start, end]) => [
    [start, 1],
    [end, -1],
  ]);
  edges.sort(([a = 0, x = 0], [b = 0, y = 0]) => a - b || y - x);
  let [open, before, sum] = [0, 0, 0];
  for (const [time = 0, change = 0] of edges) {
    if (open > 0) sum += time - before;
    open += change;
    before = time;
  }
  return sum;
}

function ownMs(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted.reduce((sum, time, at) => sum + Math.min(5 * MINUTE, (sorted[at + 1] ?? Infinity) - time), 0);
}

/** Minutes as the report rounds them. */
function minutes(ms: number): number {
  return Math.round((ms / MINUTE) * 10_000) / 10_000;
}

describe.runIf(hasCorpus)('a database of OpenCode', () => {
  // a message a fork copied: there when the session that had it was made, under another id
  const COPIED = `EXISTS (SELECT 1 FROM message o JOIN session t ON t.id = o.session_id
    WHERE o.time_created = m.time_created AND o.id <> m.id AND t.time_created < s.time_created
      AND m.time_created < s.time_created)`;
  const SPOKEN = `EXISTS (SELECT 1 FROM part p WHERE p.message_id = m.id AND json_extract(p.data, '$.type') = 'text'
    AND coalesce(json_extract(p.data, '$.synthetic'), 0) = 0 AND coalesce(json_extract(p.data, '$.ignored'), 0) = 0
    AND trim(json_extract(p.data, '$.text')) <> '')`;

  test.each(['sqlite-1.18.34', 'sqlite-1.2.27', 'sqlite-upgraded-chain'])('%s', async (name) => {
    const store = await StoreOnDisk.open('opencode', name);
    await store.import();
    const { totals, models } = await store.report();
    const bytes = (file: string): Uint8Array => new Uint8Array(readFileSync(store.file(file)));
    const reader = new FixtureReader(await loadSqlJs(), bytes('opencode.db'), bytes('opencode.db-wal'));
    const from = `FROM message m JOIN session s ON s.id = m.session_id WHERE NOT ${COPIED}`;

    const trees = new Map<string, string>();
    for (const [id, parent] of reader.rows('SELECT id, parent_id FROM session')) {
      trees.set(String(id), parent === null ? String(id) : String(parent));
    }
    const sessions = new Map<string, Busy>();
    const busy = (id: unknown): Busy => {
      const known = sessions.get(String(id)) ?? { prompts: [], spans: [] };
      sessions.set(String(id), known);
      return known;
    };
    const prompts = reader.rows(
      `SELECT m.session_id, m.time_created ${from} AND json_extract(m.data, '$.role') = 'user' AND s.parent_id IS NULL AND ${SPOKEN}`,
    );
    for (const [id, time] of prompts) busy(id).prompts.push(Number(time));
    for (const [id, start, end] of reader.rows(
      `SELECT m.session_id, m.time_created, coalesce(json_extract(m.data, '$.time.completed'), m.time_created)
       ${from} AND json_extract(m.data, '$.role') = 'assistant'`,
    ))
      busy(id).spans.push([Number(start), Number(end)]);
    for (const [id, start, end] of reader.rows(
      `SELECT m.session_id, json_extract(r.data, '$.state.time.start'), json_extract(r.data, '$.state.time.end')
       FROM part r JOIN message m ON m.id = r.message_id JOIN session s ON s.id = m.session_id
       WHERE NOT ${COPIED} AND json_extract(r.data, '$.type') = 'tool' AND json_extract(r.data, '$.state.time.end') IS NOT NULL`,
    ))
      busy(id).spans.push([Number(start), Number(end)]);
    const byTree = new Map<string, [number, number][]>();
    for (const [id, work] of sessions) {
      const root = trees.get(id) ?? id;
      byTree.set(root, [...(byTree.get(root) ?? []), ...covered(work)]);
    }
    const agentMs = [...byTree.values()].reduce((sum, cover) => sum + unionMs(cover), 0);
    expect(totals['prompts']).toBe(prompts.length);
    expect(totals['own_minutes']).toBe(minutes(ownMs(prompts.map(([, time]) => Number(time)))));
    expect(totals['agent_minutes']).toBe(minutes(agentMs));
    expect(totals['agent_wall_minutes']).toBe(minutes(unionMs([...byTree.values()].flat())));

    const used = reader.rows(
      `SELECT json_extract(m.data, '$.providerID') || '/' || json_extract(m.data, '$.modelID'), sum(json_extract(m.data, '$.tokens.input')),
         sum(json_extract(m.data, '$.tokens.output')), sum(json_extract(m.data, '$.tokens.cache.read')), round(sum(json_extract(m.data, '$.cost')), 6)
       ${from} AND json_extract(m.data, '$.role') = 'assistant' AND json_extract(m.data, '$.tokens.output') > 0 GROUP BY 1 ORDER BY 1`,
    );
    const told = models.map((use) => [
      use.model,
      use['input_tokens'],
      use['output_tokens'],
      use['cache_read_tokens'],
      use.recorded_cost,
    ]);
    expect(told.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual(used);
  });
});

const Line = v.object({
  type: v.string(),
  timestamp: v.optional(v.string()),
  isSidechain: v.optional(v.boolean()),
  message: v.optional(
    v.object({
      id: v.optional(v.string()),
      model: v.optional(v.string()),
      content: v.union([v.string(), v.array(v.looseObject({ type: v.string() }))]),
      usage: v.optional(v.looseObject({ input_tokens: v.number(), output_tokens: v.number() })),
    }),
  ),
});
type Line = v.InferOutput<typeof Line>;

const Oracle = v.object({
  totals_sessions_only: v.object({ user_prompts: v.number() }),
  files: v.array(
    v.object({ file: v.string(), kind: v.string(), user_prompts: v.array(v.object({ timestamp: v.string() })) }),
  ),
});

/** The lines of a transcript that are whole. */
function linesOf(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text) => {
      if (!/"type"\s*:\s*"(?:user|assistant)"/.test(text)) return [];
      const parsed = v.safeParse(Line, JSON.parse(text));
      return parsed.success && (parsed.output.type === 'user' || parsed.output.type === 'assistant')
        ? [parsed.output]
        : [];
    });
}

/** From the first line of an answer to its last, and from the line that calls a tool to the one with its result. */
function spansOf(lines: readonly Line[]): [number, number][] {
  const answers = new Map<string, [number, number]>();
  const calls = new Map<string, number>();
  const runs: [number, number][] = [];
  for (const { type, timestamp, message } of lines) {
    const time = Date.parse(timestamp ?? '');
    const blocks = typeof message?.content === 'string' ? [] : (message?.content ?? []);
    if (type === 'assistant' && message?.id !== undefined) {
      const [first, last] = answers.get(message.id) ?? [time, time];
      answers.set(message.id, [Math.min(first, time), Math.max(last, time)]);
    }
    for (const block of blocks) {
      if (block.type === 'tool_use') calls.set(String(block['id']), time);
      const called = block.type === 'tool_result' ? calls.get(String(block['tool_use_id'])) : undefined;
      if (called !== undefined && time >= called) runs.push([called, time]);
    }
  }
  return [...answers.values(), ...runs];
}

describe.runIf(hasCorpus)('transcripts of Claude Code', () => {
  test('marot-spotter', async () => {
    const store = await StoreOnDisk.open('claude', 'marot-spotter');
    await store.import();
    const { totals, models } = await store.report();
    const oracle = v.parse(Oracle, store.oracle());
    const prompts = oracle.files.flatMap(({ kind, user_prompts: said }) =>
      kind === 'session' ? said.map(({ timestamp }) => Date.parse(timestamp)) : [],
    );
    expect(totals['prompts']).toBe(oracle.totals_sessions_only.user_prompts);
    expect(totals['own_minutes']).toBe(minutes(ownMs(prompts)));

    const root = store.file('projects');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.jsonl') && !name.endsWith('journal.jsonl'),
    );
    const byTree = new Map<string, [number, number][]>();
    const largest = new Map<string, { model: string; input: number; output: number }>();
    for (const name of files) {
      const lines = linesOf(join(root, name));
      const session = oracle.files.find(({ file, kind }) => kind === 'session' && file.endsWith(name));
      const busy = {
        prompts: (session?.user_prompts ?? []).map(({ timestamp }) => Date.parse(timestamp)),
        spans: spansOf(lines),
      };
      const tree = /([0-9a-f-]{36})(?:\/subagents\/|\.jsonl)/.exec(name)?.[1] ?? name;
      byTree.set(tree, [...(byTree.get(tree) ?? []), ...covered(busy)]);
      for (const { message } of lines) {
        if (message?.id === undefined || message.usage === undefined || message.model === '<synthetic>') continue;
        const { input_tokens: input, output_tokens: output } = message.usage;
        const known = largest.get(message.id);
        if (known === undefined || output >= known.output)
          largest.set(message.id, { model: message.model ?? '', input, output });
      }
    }
    const agentMs = [...byTree.values()].reduce((sum, cover) => sum + unionMs(cover), 0);
    expect(totals['agent_minutes']).toBe(minutes(agentMs));
    expect(totals['agent_wall_minutes']).toBe(minutes(unionMs([...byTree.values()].flat())));
    const sums = new Map<string, number[]>();
    for (const { model, input, output } of largest.values()) {
      const [before = 0, after = 0] = sums.get(model) ?? [];
      sums.set(model, [before + input, after + output]);
    }
    expect(new Map(models.map((use) => [use.model, [use['input_tokens'], use['output_tokens']]]))).toEqual(sums);
  });
});
