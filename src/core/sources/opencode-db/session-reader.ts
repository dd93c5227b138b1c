/** One session of a database, read by index: the ids of its messages, and bodies only of those that are looked at. */
import type { Problem } from '../../model/problem.ts';
import { problem } from '../../model/problem.ts';
import type { TranscriptMessage } from '../../model/transcript.ts';
import { jsonText } from '../json-text.ts';
import { transcriptMessage } from '../opencode-shared/transcript-message.ts';
import type { MessageRecord, PartRecord } from '../opencode-shared/transcript-record.ts';
import type { SessionReader } from '../session-reader.ts';
import { MAX_ROW_BYTES } from '../sqlite/row.ts';
import { SqlDamage } from '../sqlite/sql-engine.ts';
import { parseObjectText } from './json.ts';
import { newerMessage } from './newer-transcript.ts';
import type { RowPlace, Tables } from './session-rows-in-order.ts';
import { allRows, compareRows, lastRows, tablesOf } from './session-rows-in-order.ts';
import { revertedFrom } from './sessions.ts';
import type { Store } from './store.ts';

/** Does it on one state of the files; when they change meanwhile, again on the next. */
export type OnStore = <T>(task: (store: Store) => Promise<T>) => Promise<T>;

/** Null when the database does not have the session. */
export function openSession(
  sessionId: string,
  path: string,
  on: OnStore,
  signal: AbortSignal,
): Promise<SessionReader | null> {
  return on(async (store) => {
    const tables = tablesOf(store, sessionId);
    if (tables === null) return null;
    const reverted = await revertedFrom(store, sessionId, signal);
    return new DatabaseSession(sessionId, path, tables, reverted, on);
  });
}

class DatabaseSession implements SessionReader {
  readonly problems: Problem[] = [];
  readonly #sessionId: string;
  readonly #path: string;
  readonly #tables: Tables;
  readonly #revertedFrom: string | null;
  readonly #on: OnStore;
  #rows: readonly RowPlace[] | null = null;
  #reverted: RowPlace | null | undefined;

  constructor(sessionId: string, path: string, tables: Tables, reverted: string | null, on: OnStore) {
    this.#sessionId = sessionId;
    this.#path = path;
    this.#tables = tables;
    this.#revertedFrom = reverted;
    this.#on = on;
  }

  newest(count: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    return this.#on(async (store) => {
      signal.throwIfAborted();
      await this.#findReverted(store, signal);
      return this.#read(store, lastRows(store, this.#sessionId, this.#tables, count));
    });
  }

  async ids(signal: AbortSignal): Promise<readonly string[]> {
    return (await this.#all(signal)).map(({ id }) => id);
  }

  async messages(from: number, to: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    const rows = (await this.#all(signal)).slice(from, to);
    return this.#on(async (store) => {
      await this.#findReverted(store, signal);
      return this.#read(store, rows);
    });
  }

  async raw(at: number, signal: AbortSignal): Promise<string> {
    const row = (await this.#all(signal))[at];
    if (row === undefined) return '';
    return this.#on(async (store) => {
      if (row.isNewer) {
        const text = newerTexts(store, [row.id]).get(row.id)?.text ?? '';
        return jsonText(parseObjectText(text) ?? text);
      }
      const [record] = olderRecords(store, [row.id]);
      return record === undefined ? '' : jsonText({ ...record.data, parts: record.parts.map(rawPart) });
    });
  }

  async #all(signal: AbortSignal): Promise<readonly RowPlace[]> {
    signal.throwIfAborted();
    this.#rows ??= await this.#on((store) => allRows(store, this.#sessionId, this.#tables, signal));
    return this.#rows;
  }

  #read(store: Store, rows: readonly RowPlace[]): TranscriptMessage[] {
    const idsOf = (isNewer: boolean): string[] => rows.filter((row) => row.isNewer === isNewer).map(({ id }) => id);
    const older = new Map(this.#each(idsOf(false), (ids) => olderRecords(store, ids)).map((each) => [each.id, each]));
    const newer = new Map(this.#each(idsOf(true), (ids) => [...newerTexts(store, ids)]));
    return rows.map((row) => {
      const reverted = this.#isReverted(row);
      const record = older.get(row.id);
      const found = newer.get(row.id);
      if (!row.isNewer && record !== undefined) return transcriptMessage(record, reverted);
      if (row.isNewer && found !== undefined) return newerMessage({ ...found, id: row.id, time: row.time }, reverted);
      return lostMessage(row, reverted);
    });
  }

  /** All at once; where SQLite finds damage, one by one, so that only the damaged are lost. */
  #each<T>(ids: readonly string[], read: (ids: readonly string[]) => T[]): T[] {
    if (ids.length === 0) return [];
    try {
      return read(ids);
    } catch (error) {
      if (!(error instanceof SqlDamage)) throw error;
      if (ids.length > 1) return ids.flatMap((id) => this.#each([id], read));
      const [id = ''] = ids;
      const text = `Message ${id} could not be read: the database is damaged there (${error.message}).`;
      this.problems.push(problem('damaged-row', 'skipped', this.#path, text, { row: id, lost: 'message' }));
      return [];
    }
  }

  /** Only where the person took something back, which is rare: it costs the ids of all messages. */
  async #findReverted(store: Store, signal: AbortSignal): Promise<void> {
    if (this.#revertedFrom === null || this.#reverted !== undefined) return;
    const rows = this.#rows ?? (await allRows(store, this.#sessionId, this.#tables, signal));
    this.#reverted = rows.find(({ id }) => id === this.#revertedFrom) ?? null;
  }

  #isReverted(row: RowPlace): boolean {
    const from = this.#reverted ?? null;
    return from !== null && compareRows(row, from) >= 0;
  }
}

function rawPart({ id, data, text }: PartRecord): unknown {
  return data === null ? { id, damaged: text } : { id, ...data };
}

/** Listed by an index, and not to be had. */
function lostMessage({ id, time }: RowPlace, reverted: boolean): TranscriptMessage {
  const parts = [{ kind: 'unknown', id: `${id}:lost`, type: 'damaged', raw: '' } as const];
  const nothing = { end: null, model: null, tokens: null, cost: null };
  return { id, role: 'system', agent: '', time, reverted, parts, ...nothing };
}

/** Names of tables come from this program. */
function olderRecords({ engine, message, part }: Store, ids: readonly string[]): MessageRecord[] {
  if (message === null) return [];
  const marks = ids.map(() => '?').join(', ');
  const created = message.columns.includes('time_created') ? 'time_created' : 'NULL';
  const rows = engine.all(`SELECT id, ${created}, ${DATA} FROM message WHERE id IN (${marks})`, [...ids]);
  const parts = new Map<string, PartRecord[]>();
  if (part !== null) {
    const sql = `SELECT message_id, id, ${DATA} FROM part WHERE message_id IN (${marks}) ORDER BY message_id, id`;
    for (const [messageId, id, data] of engine.each(sql, [...ids])) {
      const own = parts.get(String(messageId)) ?? [];
      parts.set(String(messageId), own);
      own.push(partOf(String(id), textOf(data)));
    }
  }
  return rows.map(([id, time, data]) => {
    const own = parts.get(String(id)) ?? [];
    const text = textOf(data);
    const parsed = text === null ? null : parseObjectText(text);
    const damaged = { id: `${String(id)}:data`, data: null, text: text ?? TOO_LARGE };
    return {
      id: String(id),
      data: parsed ?? {},
      created: typeof time === 'number' ? time : null,
      parts: parsed === null ? [damaged, ...own] : own,
    };
  });
}

const DATA = `CASE WHEN octet_length(data) <= ${MAX_ROW_BYTES} THEN data END`;
const TOO_LARGE = 'larger than 64 MB';

function partOf(id: string, text: string | null): PartRecord {
  if (text === null) return { id, data: null, text: TOO_LARGE };
  const data = parseObjectText(text);
  return data === null ? { id, data, text } : { id, data };
}

function newerTexts(
  { engine, sessionMessage }: Store,
  ids: readonly string[],
): Map<string, { readonly type: string; readonly text: string }> {
  if (sessionMessage === null) return new Map();
  const marks = ids.map(() => '?').join(', ');
  const sql = `SELECT id, type, ${DATA} FROM session_message WHERE id IN (${marks})`;
  const rows = engine.all(sql, [...ids]);
  return new Map(rows.map(([id, type, data]) => [String(id), { type: String(type), text: textOf(data) ?? TOO_LARGE }]));
}

const decoder = new TextDecoder();

function textOf(value: unknown): string | null {
  if (value instanceof Uint8Array) return decoder.decode(value);
  return typeof value === 'string' ? value : null;
}
