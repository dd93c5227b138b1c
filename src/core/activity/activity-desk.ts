/**
 * Who was at work when, out of the activity that is kept of every session. A month of sessions is decoded once and kept until one of
 * them changes; conversations are put together once for each state of the catalog.
 */
import { loadActivity } from '../catalog/catalog.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { monthOf } from '../catalog/catalog-groups.ts';
import { touches } from '../context/context.ts';
import { READING } from '../model/activity.ts';
import type { ActivityEntry } from '../model/activity.ts';
import type {
  ActivityMessage,
  ActivityQuery,
  ActivityReport,
  IntervalPage,
  IntervalsQuery,
} from '../model/activity-views.ts';
import { groupBy } from '../model/group-by.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import { DAY_MS } from '../model/constants.ts';
import type { StateAccess } from '../state/state-access.ts';
import type { Accounts } from './accounts.ts';
import { accountsOf } from './accounts.ts';
import { decodeEntries } from './entries.ts';
import type { Worked } from './forked.ts';
import { intervalPage } from './intervals.ts';
import { LocalTime } from './local-days.ts';
import { reportOf } from './report.ts';
import { sessionWork } from './session-work.ts';

export interface ActivityDesk {
  /** Accounts for a range of time. Throws ProblemError `no-zone`. */
  report(query: ActivityQuery, options?: ActivityOptions): Promise<ActivityReport>;
  /** What a total of it is made of, a page of it. */
  intervals(query: IntervalsQuery, options?: ActivityOptions): Promise<IntervalPage>;
  /** The messages of a conversation in a stretch of time, those of its sub-agents too, by time. */
  messages(sessionId: string, start: number, end: number): Promise<readonly ActivityMessage[]>;
  /** From the first to the last moment anything was done, ms; null when nothing is known. */
  extent(): Promise<{ readonly from: number; readonly to: number } | null>;
}

export interface ActivityOptions {
  readonly signal?: AbortSignal;
  /** Months read, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

interface Month {
  readonly revision: number;
  readonly work: ReadonlyMap<string, Pick<Worked, 'work' | 'activity'>>;
}

const NO_WORK = { work: sessionWork({ sessionId: '', agents: [], models: [], entries: '' }, 0) };
/** A longer range is cut to what is known: nobody looks at empty decades. */
const LONGEST_MS = 3_700 * DAY_MS;

export class KeptActivity implements ActivityDesk {
  readonly #access: Pick<StateAccess, 'store' | 'catalog'>;
  #months = new Map<string, Month>();
  #accounts: { readonly catalog: Catalog; readonly revision: number; readonly accounts: Accounts } | null = null;

  constructor(access: Pick<StateAccess, 'store' | 'catalog'>) {
    this.#access = access;
  }

  async report(query: ActivityQuery, options: ActivityOptions = {}): Promise<ActivityReport> {
    const time = new LocalTime(query.zone);
    const accounts = await this.#load(options);
    const range = cut(query, accounts);
    return reportOf(accounts, range, time, this.#unread(range));
  }

  async intervals(query: IntervalsQuery, options: ActivityOptions = {}): Promise<IntervalPage> {
    return intervalPage(await this.#load(options), query);
  }

  async messages(sessionId: string, start: number, end: number): Promise<readonly ActivityMessage[]> {
    const rows = this.#tree(sessionId);
    const activities = await loadActivity(this.#access.store, new Set(rows.map((row) => monthOf(row.startTime))));
    const messages = rows.flatMap((row) => {
      const activity = activities.get(row.sessionId);
      const entries = activity === undefined ? [] : decodeEntries(activity);
      return entries.filter((entry) => isWithin(entry, start, end)).map((entry) => toMessage(row, entry));
    });
    return messages.sort((a, b) => a.time - b.time);
  }

  async extent(): Promise<{ from: number; to: number } | null> {
    return extentOf(await this.#load({}));
  }

  async #load({ signal, onProgress }: ActivityOptions): Promise<Accounts> {
    const { catalog } = this.#access;
    const { revision } = catalog;
    if (this.#accounts?.catalog === catalog && this.#accounts.revision === revision) return this.#accounts.accounts;
    if (this.#accounts?.catalog !== catalog) this.#months = new Map();
    const sessions: Worked[] = [];
    const byMonth = groupBy(catalog.rows(), (row) => monthOf(row.startTime));
    // as of these rows: the catalog may change while months are read
    const revisions = new Map([...byMonth.keys()].map((month) => [month, catalog.revisionOf(month)]));
    let done = 0;
    for (const [month, rows] of byMonth) {
      signal?.throwIfAborted();
      const { work } = await this.#month(month, revisions.get(month) ?? 0, rows);
      for (const row of rows) sessions.push({ row, ...(work.get(row.sessionId) ?? NO_WORK) });
      onProgress?.((done += 1), byMonth.size);
    }
    const accounts = accountsOf(sessions);
    this.#accounts = { catalog, revision, accounts };
    return accounts;
  }

  async #month(month: string, revision: number, rows: readonly CatalogRow[]): Promise<Month> {
    const known = this.#months.get(month);
    if (known?.revision === revision) return known;
    const activities = await loadActivity(this.#access.store, [month]);
    const work = new Map<string, Pick<Worked, 'work' | 'activity'>>();
    for (const { sessionId, startTime } of rows) {
      const activity = activities.get(sessionId);
      if (activity === undefined) continue;
      const own = sessionWork(activity, startTime);
      work.set(sessionId, own.early.length === 0 ? { work: own } : { work: own, activity });
    }
    const fresh = { revision, work };
    this.#months.set(month, fresh);
    return fresh;
  }

  /** Sessions in the range that were read by an earlier version. */
  #unread({ from, to }: ActivityQuery): number {
    let count = 0;
    for (const row of this.#access.catalog.rows())
      if (row.reading !== READING && row.messageCount > 0 && touches(row, { start: from, end: to - 1 })) count += 1;
    return count;
  }

  /** A session and all under it. */
  #tree(sessionId: string): CatalogRow[] {
    const { catalog } = this.#access;
    const root = catalog.get(sessionId);
    const rows = new Map(root === undefined ? [] : [[sessionId, root]]);
    // the map grows while it is walked
    for (const id of rows.keys())
      for (const child of catalog.children(id)) if (!rows.has(child.sessionId)) rows.set(child.sessionId, child);
    return [...rows.values()];
  }
}

function isWithin({ time, end, runs }: ActivityEntry, from: number, to: number): boolean {
  const last = runs.reduce((latest, run) => Math.max(latest, run.end), end);
  return time <= to && last >= from;
}

function toMessage(row: CatalogRow, { role, agent, time, end, key }: ActivityEntry): ActivityMessage {
  return { sessionId: row.sessionId, role, agent, time, end, messageId: role === 'user' ? key : null };
}

function extentOf({ intervals, prompts }: Accounts): { from: number; to: number } | null {
  const from = Math.min(intervals[0]?.start ?? Infinity, prompts[0]?.prompt.time ?? Infinity);
  const last = prompts.at(-1)?.prompt.time ?? -Infinity;
  const to = intervals.reduce((latest, { end }) => Math.max(latest, end), last);
  return from <= to ? { from, to } : null;
}

function cut<T extends ActivityQuery>(query: T, accounts: Accounts): T {
  if (query.to - query.from <= LONGEST_MS) return query;
  const known = extentOf(accounts);
  if (known === null) return { ...query, from: query.to };
  const from = Math.max(query.from, known.from - DAY_MS);
  return { ...query, from, to: Math.max(from, Math.min(query.to, known.to + DAY_MS)) };
}
