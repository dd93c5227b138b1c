import type { SessionActivity } from '../model/activity.ts';
import type { CatalogRow, SessionTimes } from '../model/agent-session.ts';
import { groupBy } from '../model/group-by.ts';
import type { GroupStore, GroupWrite } from '../state/group-store.ts';
import { byAge } from './by-age.ts';
import {
  ACTIVITY_PREFIX,
  byStartThenId,
  CATALOG_PREFIX,
  decodeActivity,
  decodeCatalog,
  decodeTimes,
  encodeActivity,
  encodeCatalog,
  encodeTimes,
  monthOf,
  TIMES_PREFIX,
} from './catalog-groups.ts';

/** What one import read of a session. */
export interface CatalogChange {
  readonly row: CatalogRow;
  /** Missing: its moments are as they were. */
  readonly times?: SessionTimes;
  /** The same of who was at work when. */
  readonly activity?: SessionActivity;
}

/** Every session of every source, whatever its age. Holds no message bodies. */
export class Catalog {
  #rows: Map<string, CatalogRow>;
  #children: Map<string, CatalogRow[]> | null = null;
  #revision = 0;
  /** In the order of {@link byAge}, as far as it is known; and how it will be when these changes were accepted. */
  #aged: readonly CatalogRow[] | null = null;
  #next: { readonly changes: readonly CatalogChange[]; readonly aged: readonly CatalogRow[] } | null = null;
  readonly #months = new Map<string, number>();

  constructor(rows: Iterable<CatalogRow> = []) {
    this.#rows = new Map([...rows].map((row) => [row.sessionId, row]));
  }

  /** Grows whenever rows change: what is derived from them can be kept until then. */
  get revision(): number {
    return this.#revision;
  }

  /** The revision that changed the sessions of a month last; 0 when they are as they were loaded. */
  revisionOf(month: string): number {
    return this.#months.get(month) ?? 0;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(sessionId: string): CatalogRow | undefined {
    return this.#rows.get(sessionId);
  }

  rows(): IterableIterator<CatalogRow> {
    return this.#rows.values();
  }

  /** The rows as these changes will leave them, in the order of {@link byAge}. */
  agedAfter(changes: readonly CatalogChange[]): readonly CatalogRow[] {
    if (changes.length === 0) {
      this.#aged ??= [...this.#rows.values()].sort(byAge);
      return this.#aged;
    }
    const rows = new Map(this.#rows);
    for (const { row } of changes) rows.set(row.sessionId, row);
    const aged = [...rows.values()].sort(byAge);
    this.#next = { changes, aged };
    return aged;
  }

  /** Sessions an agent of this session called, oldest first. */
  children(sessionId: string): readonly CatalogRow[] {
    this.#children ??= childrenByParent(this.#rows.values());
    return this.#children.get(sessionId) ?? [];
  }

  /** The month groups these changes touch, each encoded when its turn to be written comes. Nothing is changed until {@link accept}. */
  async prepare(changes: readonly CatalogChange[], store: GroupStore): Promise<Map<string, GroupWrite>> {
    const writes = new Map<string, GroupWrite>();
    if (changes.length === 0) return writes;
    const next = new Map(this.#rows);
    const months = new Set<string>();
    for (const { row } of changes) {
      const before = this.#rows.get(row.sessionId);
      if (before !== undefined) months.add(monthOf(before.startTime));
      months.add(monthOf(row.startTime));
      next.set(row.sessionId, row);
    }
    const rows = groupBy(next.values(), (row) => monthOf(row.startTime));
    for (const month of months) {
      const inMonth = rows.get(month);
      writes.set(CATALOG_PREFIX + month, inMonth === undefined ? null : () => encodeCatalog(inMonth));
    }
    const monthAfter = (sessionId: string): string => monthOf(next.get(sessionId)?.startTime ?? Number.NaN);
    const read = { months, monthAfter, store };
    const times = changes.flatMap((change) => change.times ?? []);
    const activity = changes.flatMap((change) => change.activity ?? []);
    for (const [key, value] of await changedGroups(TIMES, times, read)) writes.set(key, value);
    for (const [key, value] of await changedGroups(ACTIVITY, activity, read)) writes.set(key, value);
    return writes;
  }

  accept(changes: readonly CatalogChange[]): void {
    if (changes.length === 0) return;
    for (const { row } of changes) {
      const before = this.#rows.get(row.sessionId);
      this.#months.set(monthOf(before?.startTime ?? row.startTime), this.#revision + 1);
      this.#months.set(monthOf(row.startTime), this.#revision + 1);
      this.#rows.set(row.sessionId, row);
    }
    this.#children = null;
    this.#aged = this.#next?.changes === changes ? this.#next.aged : null;
    this.#next = null;
    this.#revision += 1;
  }
}

/** Reads the catalog. Groups that can't be read are named in `unreadable`: the next import makes them anew. */
export async function loadCatalog(store: GroupStore): Promise<{ catalog: Catalog; unreadable: Map<string, string> }> {
  const keys = (await store.keys()).filter((key) => key.startsWith(CATALOG_PREFIX));
  const unreadable = new Map<string, string>();
  const rows: CatalogRow[] = [];
  for (const [key, text] of await store.read(keys)) {
    try {
      rows.push(...decodeCatalog(text));
    } catch {
      unreadable.set(key, text);
    }
  }
  return { catalog: new Catalog(rows), unreadable };
}

/** What is kept beside the rows, a group a month. What can't be read is missing: it is made anew with its sessions. */
interface Beside<T> {
  readonly prefix: string;
  readonly decode: (text: string) => T[];
  readonly encode: (kept: Iterable<T>) => string;
}

const TIMES: Beside<SessionTimes> = { prefix: TIMES_PREFIX, decode: decodeTimes, encode: encodeTimes };
const ACTIVITY: Beside<SessionActivity> = { prefix: ACTIVITY_PREFIX, decode: decodeActivity, encode: encodeActivity };

/** The moments of these sessions, by session id. */
export function loadTimes(
  store: GroupStore,
  rows: Iterable<Pick<CatalogRow, 'startTime'>>,
): Promise<Map<string, SessionTimes>> {
  return loadBeside(TIMES, store, new Set([...rows].map((row) => monthOf(row.startTime))));
}

/** The activity of the sessions that began in these months, by session id. */
export function loadActivity(store: GroupStore, months: Iterable<string>): Promise<Map<string, SessionActivity>> {
  return loadBeside(ACTIVITY, store, months);
}

async function loadBeside<T extends { readonly sessionId: string }>(
  { prefix, decode }: Beside<T>,
  store: GroupStore,
  months: Iterable<string>,
): Promise<Map<string, T>> {
  const texts = await store.read([...months].map((month) => prefix + month));
  return bySession([...texts.values()].flatMap((text) => readable(text, decode)));
}

function bySession<T extends { readonly sessionId: string }>(entries: readonly T[]): Map<string, T> {
  return new Map(entries.map((entry) => [entry.sessionId, entry]));
}

interface ChangedMonths {
  readonly months: ReadonlySet<string>;
  /** The month a session is in when the change is made. */
  readonly monthAfter: (sessionId: string) => string;
  readonly store: GroupStore;
}

/** The groups of these months with what was read put in. A month of which nothing is kept has none. */
async function changedGroups<T extends { readonly sessionId: string }>(
  beside: Beside<T>,
  read: readonly T[],
  { months, monthAfter, store }: ChangedMonths,
): Promise<Map<string, GroupWrite>> {
  const texts = await store.read([...months].map((month) => beside.prefix + month));
  const stored = [...texts.values()].flatMap((text) => readable(text, beside.decode));
  const kept = bySession([...stored, ...read]);
  const byMonth = groupBy(kept.values(), ({ sessionId }) => monthAfter(sessionId));
  const writes = new Map<string, GroupWrite>();
  for (const month of months) {
    const inMonth = byMonth.get(month);
    if (inMonth === undefined && !texts.has(beside.prefix + month)) continue;
    writes.set(beside.prefix + month, inMonth === undefined ? null : () => beside.encode(inMonth));
  }
  return writes;
}

function readable<T>(text: string, decode: (text: string) => T[]): T[] {
  try {
    return decode(text);
  } catch {
    return [];
  }
}

function childrenByParent(rows: Iterable<CatalogRow>): Map<string, CatalogRow[]> {
  const children = groupBy(rows, (row) => row.parentSessionId ?? '');
  children.delete('');
  for (const siblings of children.values()) siblings.sort(byStartThenId);
  return children;
}
