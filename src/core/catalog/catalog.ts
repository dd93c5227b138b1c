import type { CatalogRow, SessionTimes } from '../model/agent-session.ts';
import { groupBy } from '../model/group-by.ts';
import type { GroupStore } from '../state/group-store.ts';
import {
  byStartThenId,
  CATALOG_PREFIX,
  decodeCatalog,
  decodeTimes,
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
}

/** Every session of every source, whatever its age. Holds no message bodies. */
export class Catalog {
  #rows: Map<string, CatalogRow>;
  #children: Map<string, CatalogRow[]> | null = null;
  #revision = 0;

  constructor(rows: Iterable<CatalogRow> = []) {
    this.#rows = new Map([...rows].map((row) => [row.sessionId, row]));
  }

  /** Grows whenever rows change: what is derived from them can be kept until then. */
  get revision(): number {
    return this.#revision;
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

  /** Sessions an agent of this session called, oldest first. */
  children(sessionId: string): readonly CatalogRow[] {
    this.#children ??= childrenByParent(this.#rows.values());
    return this.#children.get(sessionId) ?? [];
  }

  /** The month groups these changes touch, encoded. Nothing is changed until {@link accept}. */
  async prepare(changes: readonly CatalogChange[], store: GroupStore): Promise<Map<string, string | null>> {
    const writes = new Map<string, string | null>();
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
      writes.set(CATALOG_PREFIX + month, inMonth === undefined ? null : encodeCatalog(inMonth));
    }
    for (const [key, value] of await changedTimes(changes, months, next, store)) writes.set(key, value);
    return writes;
  }

  accept(changes: readonly CatalogChange[]): void {
    for (const { row } of changes) this.#rows.set(row.sessionId, row);
    this.#children = null;
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

/** The moments of these sessions, by session id. Those that can't be read are missing: they are made anew with their session. */
export async function loadTimes(
  store: GroupStore,
  rows: Iterable<Pick<CatalogRow, 'startTime'>>,
): Promise<Map<string, SessionTimes>> {
  const months = new Set([...rows].map((row) => TIMES_PREFIX + monthOf(row.startTime)));
  const times = new Map<string, SessionTimes>();
  for (const text of (await store.read([...months])).values()) {
    for (const entry of readableTimes(text)) times.set(entry.sessionId, entry);
  }
  return times;
}

async function changedTimes(
  changes: readonly CatalogChange[],
  months: ReadonlySet<string>,
  rows: ReadonlyMap<string, CatalogRow>,
  store: GroupStore,
): Promise<Map<string, string | null>> {
  const stored = await store.read([...months].map((month) => TIMES_PREFIX + month));
  const times = new Map<string, SessionTimes>();
  for (const text of stored.values()) for (const entry of readableTimes(text)) times.set(entry.sessionId, entry);
  for (const { row, times: read } of changes) if (read !== undefined) times.set(row.sessionId, read);
  const byMonth = groupBy(times.values(), ({ sessionId }) => monthOf(rows.get(sessionId)?.startTime ?? Number.NaN));
  return new Map(
    [...months].map((month) => {
      const inMonth = byMonth.get(month);
      return [TIMES_PREFIX + month, inMonth === undefined ? null : encodeTimes(inMonth)];
    }),
  );
}

/** Times of a damaged group are made again when their sessions are read again. */
function readableTimes(text: string): SessionTimes[] {
  try {
    return decodeTimes(text);
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
