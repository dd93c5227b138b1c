/** What Activity takes over a whole history, and beside it what it takes to read the same bytes at all. */
import type { SqlJsStatic } from 'sql.js';
import * as v from 'valibot';
import { ACTIVITY_PREFIX } from '../../src/core/catalog/catalog-groups.ts';
import type { ActivityQuery } from '../../src/core/model/activity-views.ts';
import type { GroupStore } from '../../src/core/state/group-store.ts';
import { openWorkspace } from '../../src/core/workspace.ts';
import { HISTORY_END } from './history.ts';

export interface ActivityMeasured {
  /** Reading the same groups, parsing their JSON and adding up every number character in them, ms. */
  readonly floor: number;
  /** The first report: all three years, by project, ms. */
  readonly first: number;
  /** Another range, with everything known, ms. */
  readonly again: number;
  readonly megabytes: number;
  /** Of the first report, so that it is seen to be of something. */
  readonly prompts: number;
  readonly agentHours: number;
}

const Group = v.object({ sessions: v.array(v.object({ entries: v.string() })) });

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export async function measureActivity(store: GroupStore): Promise<ActivityMeasured> {
  const floor = await measureFloor(store);
  const loadSqlJs = (): Promise<SqlJsStatic> => Promise.reject(new Error('nothing is imported here'));
  const workspace = await openWorkspace({
    store,
    loadSqlJs,
    now: () => HISTORY_END,
    newDeviceId: () => 'bench',
    timeZone: 'UTC',
  });
  const whole: ActivityQuery = { from: HISTORY_END - 3 * 365 * DAY_MS, to: HISTORY_END, zone: 'Europe/Berlin' };
  const [first, report] = await timed(() => workspace.activity.report(whole));
  const [again] = await timed(() => workspace.activity.report({ ...whole, from: HISTORY_END - 14 * DAY_MS }));
  const { prompts, agentMs } = report.totals;
  return { floor: floor.ms, first, again, megabytes: floor.bytes / 1e6, prompts, agentHours: agentMs / HOUR_MS };
}

async function measureFloor(store: GroupStore): Promise<{ ms: number; bytes: number }> {
  const started = performance.now();
  const keys = (await store.keys()).filter((key) => key.startsWith(ACTIVITY_PREFIX));
  let [bytes, sum] = [0, 0];
  for (const key of keys) {
    const text = (await store.read([key])).get(key) ?? '';
    bytes += text.length;
    const { sessions } = v.parse(Group, JSON.parse(text));
    for (const { entries } of sessions) for (let at = 0; at < entries.length; at++) sum += entries.charCodeAt(at);
  }
  if (sum === 0) throw new Error('there is no activity');
  return { ms: performance.now() - started, bytes };
}

async function timed<T>(task: () => Promise<T>): Promise<[number, T]> {
  const started = performance.now();
  const result = await task();
  return [performance.now() - started, result];
}
