/**
 * Stores that genuine programs wrote, with what an independent reader found in them (`oracle.json`). They are not part of the
 * project: DRAMATIS_CORPUS names their folder, else they are looked for beside the checkout. Tests skip loudly without them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { expect, onTestFinished } from 'vitest';
import { runHere } from './fixture-cli.ts';

const BESIDE = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
export const CORPUS = process.env['DRAMATIS_CORPUS'] ?? BESIDE;

export const hasCorpus = existsSync(CORPUS);
if (!hasCorpus) console.warn(`The corpus is not at ${CORPUS}: the command line is NOT TESTED on genuine stores.`);

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Tally = v.object({ found: Count, new: Count, updated: Count, unchanged: v.number(), skipped: Count });
const Explained = v.object({
  sessions: v.objectWithRest({ forks: Count }, Count),
  messages: v.record(v.string(), Count),
});
const Receipt = v.object({
  sources: v.array(v.object({ kind: v.string(), sessions: Tally, messages: Tally, explained: Explained })),
  personas: v.array(v.object({ id: v.string(), found: Count, kept: Count, pruned: Count })),
});
export type Receipt = v.InferOutput<typeof Receipt>;

const Session = v.object({
  session_id: v.string(),
  source: v.string(),
  parent_session_id: v.nullable(v.string()),
  session_type: v.string(),
  project_path: v.string(),
  start_time: v.string(),
  end_time: v.nullable(v.string()),
  message_count: v.number(),
  assistant_message_count: v.number(),
  tool_call_count: v.number(),
  summary: v.string(),
  user_prompts: v.array(v.string()),
});
export type Session = v.InferOutput<typeof Session>;

const Shown = v.object({
  session: Session,
  messages: v.array(
    v.object({ id: v.string(), role: v.string(), agent: v.string(), time: v.string(), text: v.string() }),
  ),
});

const Report = v.object({
  totals: v.record(v.string(), v.number()),
  models: v.array(v.objectWithRest({ model: v.string(), recorded_cost: v.nullable(v.number()) }, v.number())),
});

const Ingested = v.strictObject({ claude: Count, opencode: Count, indexed: Count, events: Count });

/** The command line over one store, with a state of its own. */
export class StoreOnDisk {
  readonly #path: string;
  readonly #options: readonly string[];

  private constructor(path: string, tool: 'opencode' | 'claude', state: string) {
    this.#path = path;
    this.#options = ['--data-dir', state, `--${tool}`, path];
  }

  /** Goes away with the test. */
  static async open(tool: 'opencode' | 'claude', name: string): Promise<StoreOnDisk> {
    const state = await mkdtemp(join(tmpdir(), 'dramatis-corpus-'));
    onTestFinished(() => rm(state, { recursive: true }));
    return new StoreOnDisk(join(CORPUS, tool, name), tool, state);
  }

  oracle(): unknown {
    return JSON.parse(readFileSync(join(this.#path, 'oracle.json'), 'utf8'));
  }

  /** Where one of its files is. */
  file(name: string): string {
    return join(this.#path, name);
  }

  /** Own and agent time of all that was scanned, in days of UTC. */
  async report() {
    return v.parse(Report, await this.#json('report', '--start', '2020-01-01', '--end', '2030-01-01', '--zone', 'UTC'));
  }

  async ingest() {
    return v.parse(Ingested, await this.#json('ingest', 'sessions'));
  }

  async import(): Promise<Receipt> {
    return v.parse(Receipt, await this.#json('import'));
  }

  /** By id. */
  async sessions(): Promise<Session[]> {
    const listed = v.parse(v.array(Session), await this.#json('sessions'));
    return listed.sort((a, b) => (a.session_id < b.session_id ? -1 : 1));
  }

  async show(sessionId: string) {
    return v.parse(Shown, await this.#json('show', sessionId));
  }

  async #json(...argv: readonly string[]): Promise<unknown> {
    const { code, out, err } = await runHere(...argv, ...this.#options, '--json');
    if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as unknown;
  }
}

/**
 * What every store must do whatever it holds: scanned and imported, each twice, nothing is missed and nothing counted twice.
 *
 * @returns what the scan said
 */
export async function checkCounts(store: StoreOnDisk) {
  const ingested = await store.ingest();
  expect(await store.ingest()).toEqual(ingested);
  const scanned = await store.sessions();
  expect(scanned).toHaveLength(ingested.indexed);
  expect(ingested.events).toBe(scanned.reduce((count, session) => count + eventsOf(session), 0));

  const first = await store.import();
  checkSums(first);
  expect(first.sources.reduce((count, source) => count + source.sessions.new, 0)).toBe(scanned.length);
  expect(first.personas.length).toBeGreaterThan(0);
  expect(await store.sessions()).toEqual(scanned);

  const again = await store.import();
  checkSums(again);
  for (const [at, source] of again.sources.entries()) {
    const { found, skipped } = first.sources[at]?.sessions ?? { found: -1, skipped: 0 };
    expect(source.sessions).toEqual({ found, new: 0, updated: 0, unchanged: found - skipped, skipped });
    expect(source.messages).toMatchObject({ found: first.sources[at]?.messages.found, new: 0, updated: 0 });
  }
  expect(again.personas).toEqual(first.personas);
  expect(await store.ingest()).toEqual(ingested);
  return ingested;
}

function checkSums({ sources, personas }: Receipt): void {
  for (const tally of sources.flatMap(({ sessions, messages }) => [sessions, messages])) {
    expect(tally.found).toBe(tally.new + tally.updated + tally.unchanged + tally.skipped);
    expect(tally.unchanged).toBeGreaterThanOrEqual(0);
  }
  for (const { sessions, messages, explained } of sources) {
    const { forks, ...kinds } = explained.sessions;
    expect(forks).toBeLessThanOrEqual(sessions.found);
    expect(sum(Object.values(kinds))).toBe(sessions.found - sessions.skipped);
    expect(sum(Object.values(explained.messages))).toBe(messages.found - messages.skipped);
  }
  for (const { found, kept, pruned } of personas) expect(found).toBe(kept + pruned);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((whole, number) => whole + number, 0);
}

/** It started, perhaps it ended, and in between a person spoke and tools were used: as few as these stores have, all are kept. */
function eventsOf(session: Session): number {
  const prompts = session.session_type === 'user' ? session.message_count - session.assistant_message_count : 0;
  return 1 + prompts + session.tool_call_count + (session.end_time === null ? 0 : 1);
}
