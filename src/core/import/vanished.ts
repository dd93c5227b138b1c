/**
 * What an import no longer finds where it was: a session its source does not have any more, a source its place does not have any
 * more. Their rows stay in the catalog, marked; what comes back loses its mark. A pure plan over what was read; a place
 * that was not read says nothing.
 */
import type { Catalog } from '../catalog/catalog.ts';
import type { CatalogRow } from '../model/agent-session.ts';
import type { Problem } from '../model/problem.ts';
import type { SessionHead } from '../sources/source.ts';
import type { SourceResult } from './receipt.ts';
import type { SourceRecord } from './source-records.ts';

export interface VanishedInput {
  readonly catalog: Catalog;
  /** As they were before this import. */
  readonly records: ReadonlyMap<string, SourceRecord>;
  readonly results: readonly SourceResult[];
  /** What could not be used at all. */
  readonly refused: readonly Problem[];
  /** Paths of the folders and files that were read whole and are the very ones known by these paths. */
  readonly places: readonly string[];
  /** ms */
  readonly now: number;
}

export interface VanishedPlan {
  /** Rows that are marked now, or not any more. */
  readonly rows: readonly CatalogRow[];
  /** Records of sources that were not found. */
  readonly records: readonly SourceRecord[];
}

export function planVanished(input: VanishedInput): VanishedPlan {
  const read = input.results.flatMap((result) => (result.kind === 'read' ? [result] : []));
  const heads = new Map<string, Listing>();
  for (const { source, reading } of read) {
    for (const head of reading.heads) if (!heads.has(head.id)) heads.set(head.id, { head, store: source.store });
  }
  const justRead = new Set(read.flatMap(({ reading }) => reading.changes.map(({ row }) => row.sessionId)));
  const whole = new Set(read.filter((result) => isWhole(result, input.places)).map(({ source }) => source.store));
  const rows: CatalogRow[] = [];
  for (const row of input.catalog.rows()) {
    if (justRead.has(row.sessionId)) continue;
    const settled = settle(row, heads, justRead, whole, input);
    if (settled !== row) rows.push(settled);
  }
  return { rows, records: missingRecords(input) };
}

/** The place that leads to this path, the nearest one. */
export function placeOf(path: string, places: readonly string[]): string | null {
  const leading = places.filter((place) => isUnder(path, place));
  return leading.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** The records of sources under a place that is not there any more. */
export function withoutPlace(
  records: Iterable<SourceRecord>,
  places: ReadonlySet<string>,
  now: number,
): readonly SourceRecord[] {
  const found = [...records].filter(({ place, vanished }) => place !== null && places.has(place) && vanished === null);
  return found.map((record) => ({ ...record, vanished: now }));
}

interface Listing {
  readonly head: SessionHead;
  readonly store: string;
}

type Read = Extract<SourceResult, { kind: 'read' }>;

/** Whether a session that is not in this reading is not in the source either. */
function isWhole({ source, reading }: Read, places: readonly string[]): boolean {
  if (placeOf(source.path, places) === null) return false;
  return reading.problems.every(({ severity, lost }) => lost !== 'session' && severity !== 'error');
}

/** The same row when nothing is to be said. */
function settle(
  row: CatalogRow,
  heads: ReadonlyMap<string, Listing>,
  justRead: ReadonlySet<string>,
  whole: ReadonlySet<string>,
  { catalog, records, now }: VanishedInput,
): CatalogRow {
  const listing = heads.get(row.sessionId);
  const isMarked = (row.vanished ?? null) !== null;
  if (listing !== undefined) {
    const isAdopted = listing.store !== row.store && (isMarked || isHomeless(row, records));
    if (isAdopted) return adopted(row, listing);
    return isMarked ? { ...row, vanished: null } : row;
  }
  if (!whole.has(row.store)) return row;
  const isInside = isToldInside(row, heads, justRead, catalog);
  if (isInside) return isMarked ? { ...row, vanished: null } : row;
  return isMarked ? row : { ...row, vanished: now };
}

/** Its source was forgotten, or is gone itself. */
function isHomeless({ store }: CatalogRow, records: ReadonlyMap<string, SourceRecord>): boolean {
  const record = records.get(store);
  return record === undefined ? store === '' : record.vanished !== null;
}

/** Another source has it: what was read of it stays good until that one says otherwise. */
function adopted(row: CatalogRow, { head, store }: Listing): CatalogRow {
  return { ...row, store, sourceVersion: head.version ?? null, watch: null, vanished: null };
}

/**
 * Some sessions no list names: they are told inside the file of their parent, whose version is theirs, and are there as long as
 * that was not read again.
 */
function isToldInside(
  { parentSessionId, sourceVersion }: CatalogRow,
  heads: ReadonlyMap<string, Listing>,
  justRead: ReadonlySet<string>,
  catalog: Catalog,
): boolean {
  if (parentSessionId === null || sourceVersion === null) return false;
  if (!heads.has(parentSessionId) || justRead.has(parentSessionId)) return false;
  return catalog.get(parentSessionId)?.sourceVersion === sourceVersion;
}

function missingRecords({ records, results, refused, places, now }: VanishedInput): SourceRecord[] {
  const found = new Set(results.map((result) => (result.kind === 'read' ? result.source.store : result.record.store)));
  const gone = withoutPlace(records.values(), new Set(places), now);
  return gone.filter(
    ({ store, path }) => !found.has(store) && !refused.some(({ file }) => file !== '' && isUnder(path, file)),
  );
}

function isUnder(path: string, place: string): boolean {
  const folder = place.replace(/\/+$/, '');
  return path === folder || path.startsWith(`${folder}/`);
}
