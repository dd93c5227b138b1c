/** A history of activity of any size, as imports would have left it: the same seed gives the same one. */
import type { WrittenEntry } from '../../src/core/activity/entries.ts';
import { encodeEntries, writeUse } from '../../src/core/activity/entries.ts';
import {
  ACTIVITY_PREFIX,
  CATALOG_PREFIX,
  encodeActivity,
  encodeCatalog,
  monthOf,
} from '../../src/core/catalog/catalog-groups.ts';
import type { SessionActivity } from '../../src/core/model/activity.ts';
import { READING } from '../../src/core/model/activity.ts';
import type { CatalogRow } from '../../src/core/model/agent-session.ts';
import { groupBy } from '../../src/core/model/group-by.ts';
import { SeededRandom } from '../../src/core/sources/opencode-db/fixture-random.ts';
import type { GroupStore } from '../../src/core/state/group-store.ts';

export interface HistorySize {
  readonly sessions: number;
  /** Prompts, answers and tool runs. */
  readonly events: number;
}

export const FULL_SIZE: HistorySize = { sessions: 41_000, events: 1_000_000 };

export const HISTORY_END = Date.UTC(2026, 10, 21);
const YEARS_MS = 3 * 365 * 86_400_000;
const SECOND = 1_000;
const MODELS = ['anthropic/claude-sonnet-5', 'anthropic/claude-opus-4-8', 'acme/one'];
const PROJECTS = 40;

/** Puts the history into a store. */
export async function writeHistory(store: GroupStore, { sessions, events }: HistorySize): Promise<void> {
  const random = new SeededRandom('activity');
  const rows: CatalogRow[] = [];
  const activities: SessionActivity[] = [];
  const starts = Array.from({ length: sessions }, () => Math.floor(HISTORY_END - random.next() * YEARS_MS)).sort(
    (a, b) => a - b,
  );
  let left = events;
  for (const [at, start] of starts.entries()) {
    const count = Math.round(left / (sessions - at));
    left -= count;
    const activity = sessionOf(random, `ses_${String(at).padStart(26, '0')}`, start, count);
    activities.push(activity);
    const parent = at % 5 === 4 ? (rows[at - 1] ?? null) : null;
    rows.push(rowOf(activity.sessionId, at, start, parent));
  }
  const months = new Map(rows.map(({ sessionId, startTime }) => [sessionId, monthOf(startTime)]));
  const writes = new Map<string, string>();
  for (const [month, inMonth] of groupBy(rows, ({ startTime }) => monthOf(startTime))) {
    writes.set(CATALOG_PREFIX + month, encodeCatalog(inMonth));
  }
  for (const [month, inMonth] of groupBy(activities, ({ sessionId }) => months.get(sessionId) ?? '')) {
    writes.set(ACTIVITY_PREFIX + month, encodeActivity(inMonth));
  }
  await store.commit(writes);
}

function sessionOf(random: SeededRandom, sessionId: string, start: number, events: number): SessionActivity {
  const models: string[] = [];
  const entries: WrittenEntry[] = [];
  let time = start;
  for (let made = 0; made < events;) {
    time += random.int(5, 900) * SECOND;
    entries.push({
      key: `msg_${sessionId.slice(-12)}${made}`,
      role: 'user',
      agent: 'build',
      time,
      end: time,
      runs: [],
      use: null,
    });
    made += 1;
    for (let answers = random.int(2, 9); answers > 0 && made < events; answers--) {
      time += random.int(1, 20) * SECOND;
      const end = time + random.int(2, 90) * SECOND;
      const hasRun = made + 1 < events && random.chance(0.8);
      const runs = hasRun ? [{ start: end - SECOND, end: end + random.int(1, 60) * SECOND }] : [];
      entries.push({
        key: random.int(1e9, 2e9).toString(36).slice(0, 8),
        role: 'assistant',
        agent: 'build',
        time,
        end,
        runs,
        use: useOf(random, models),
      });
      made += 1 + runs.length;
      time = runs[0]?.end ?? end;
    }
  }
  return encodeEntries(sessionId, entries, models);
}

function useOf(random: SeededRandom, models: string[]): string {
  const model = MODELS[random.int(0, MODELS.length - 1)] ?? '';
  const counts = { input: random.int(1, 9_000), output: random.int(1, 2_000), reasoning: random.int(0, 500) };
  return writeUse(
    { model, ...counts, cacheRead: random.int(0, 90_000), cacheWrite: 0, cost: random.int(1, 90_000) / 1e6 },
    models,
  );
}

function rowOf(sessionId: string, at: number, startTime: number, parent: CatalogRow | null): CatalogRow {
  return {
    sessionId,
    source: at % 3 === 0 ? 'claude' : 'opencode',
    parentSessionId: parent?.parentSessionId === null ? parent.sessionId : null,
    sessionType: parent?.parentSessionId === null ? 'subagent' : 'user',
    projectPath: `/home/ada/src/project-${at % PROJECTS}`,
    projectName: `project-${at % PROJECTS}`,
    startTime,
    endTime: startTime + 3_600_000,
    messageCount: 24,
    assistantMessageCount: 20,
    toolCallCount: 8,
    summary: `What was done in session ${at}`,
    startingPrompt: 'Go on with it',
    userPrompts: ['Go on with it'],
    store: 'bench',
    sourceUpdated: startTime,
    sourceVersion: null,
    readThrough: startTime,
    archived: false,
    fork: false,
    agents: [{ agent: 'build', messages: 24, firstTime: startTime, lastTime: startTime }],
    watch: null,
    offered: true,
    reading: READING,
  };
}
