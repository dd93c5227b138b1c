/**
 * Steps 6 to 8 of an import: which sessions are queued for extraction, and how far the archive is done. Pure: from the state as
 * the import leaves it, the catalog and the ledger. What is in the ledger decides, so that it does not matter which import, or
 * which run, came in between.
 */
import type { CatalogRow } from '../model/agent-session.ts';
import type { Limits } from '../model/constants.ts';
import { DAY_MS } from '../model/constants.ts';
import type { Job, JobKind } from '../model/job.ts';
import { isFullyExtracted } from '../model/message.ts';
import type { LedgerRecord, PersonaState } from '../state/records.ts';
import { neededCopies, spokenIn } from './copies.ts';
import { isDone, seenOf } from './ledger.ts';

/** Tokens of a message until some were counted. */
const TOKENS_A_MESSAGE = 130;

export interface QueueInput {
  /** As the import leaves it. */
  readonly state: PersonaState;
  /** Every session of the catalog, as the import leaves it, those that were silent longest first. */
  readonly rows: Iterable<CatalogRow>;
  readonly jobs: ReadonlyMap<string, Job>;
  /** Whether a store was there at this import. */
  readonly isConnected: (store: string) => boolean;
  /** ms */
  readonly now: number;
  readonly limits: Pick<Limits, 'maxAgeDays' | 'callTokenLimit' | 'archiveCallsPerCycle'>;
}

/** The jobs that an import queues, in the order in which they are to be done. */
export function planJobs(input: QueueInput): Job[] {
  const { state, jobs, limits, now } = input;
  const kept = keptBySession(state);
  const average = tokensAMessage(state.ledger.values());
  const make = (row: CatalogRow, kind: JobKind): Job =>
    newJob(row, kind, state.ledger.get(row.sessionId), average, now);
  const updates: CatalogRow[] = [];
  const archive: CatalogRow[] = [];
  const cutoff = now - limits.maxAgeDays * DAY_MS;
  for (const row of input.rows) {
    if (row.parentSessionId !== null || hasFailed(row, jobs)) continue;
    const held = kept.get(row.sessionId);
    const done = isDone(row, state.ledger.get(row.sessionId));
    if (held !== undefined) {
      if (!done || held.left > 0) updates.push(row);
    } else if (!done && row.sourceUpdated <= cutoff) archive.push(row);
  }
  const partial = (row: CatalogRow): boolean => (kept.get(row.sessionId)?.count ?? 0) < spokenIn(row);
  return [
    ...updates.filter(partial).map((row) => make(row, 'update')),
    ...updates.filter((row) => !partial(row)).map((row) => make(row, 'kept')),
    ...cycle(archive, make, input),
  ];
}

/**
 * How far the archive is done: up to here, everything that a source may still have has been extracted. Never before `previous`.
 *
 * @param rows of the catalog, those that were silent longest first
 */
export function extractionPointOf(
  rows: readonly CatalogRow[],
  { ledger, meta }: Pick<PersonaState, 'ledger' | 'meta'>,
  now: number,
  { maxAgeDays }: Pick<Limits, 'maxAgeDays'>,
): number | null {
  const cutoff = now - maxAgeDays * DAY_MS;
  let point: number | null = null;
  let reached: number | null = cutoff;
  for (const row of rows) {
    if (row.sourceUpdated > cutoff) break;
    if (row.parentSessionId !== null) continue;
    if (!isDone(row, ledger.get(row.sessionId)) && !isGone(row)) {
      reached = point !== null && point >= row.sourceUpdated ? null : point;
      break;
    }
    point = row.sourceUpdated;
  }
  return later(meta.extractionPoint, reached);
}

/** The session as it is now, in a word: a job that failed is queued again when this is another one. */
export function stampOf(row: CatalogRow): string {
  const { updated, readThrough, spoken } = seenOf(row);
  return `${updated} ${readThrough} ${spoken}`;
}

function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/** Until the budget of one cycle is reached; the session that crosses it is in. What waits from cycles before counts. */
function cycle(rows: readonly CatalogRow[], make: (row: CatalogRow, kind: JobKind) => Job, input: QueueInput): Job[] {
  const { jobs, limits } = input;
  const isQueued = ({ sessionId }: CatalogRow): boolean => {
    const state = jobs.get(sessionId)?.state;
    return state === 'queued' || state === 'running';
  };
  let left = limits.archiveCallsPerCycle * limits.callTokenLimit;
  for (const job of jobs.values())
    if (job.kind === 'archive' && job.state === 'queued' && !job.isWaiting) left -= job.tokens;
  const queued: Job[] = [];
  for (const row of rows) {
    if (left <= 0) break;
    if (isQueued(row) || !isThere(row, input)) continue;
    const job = make(row, 'archive');
    queued.push(job);
    left -= job.tokens;
  }
  return queued;
}

function newJob(row: CatalogRow, kind: JobKind, entry: LedgerRecord | undefined, average: number, now: number): Job {
  const messages = Math.max(1, spokenIn(row) - (entry?.messages ?? 0));
  return {
    id: row.sessionId,
    kind,
    source: row.source,
    state: 'queued',
    messages,
    tokens: Math.ceil(messages * average),
    tries: 0,
    notBefore: null,
    reason: null,
    isWaiting: false,
    queued: now,
    stamp: stampOf(row),
  };
}

function tokensAMessage(entries: Iterable<LedgerRecord>): number {
  let messages = 0;
  let tokens = 0;
  for (const entry of entries) {
    messages += entry.messages;
    tokens += entry.tokens;
  }
  return messages === 0 ? TOKENS_A_MESSAGE : tokens / messages;
}

/** It waits for the person, and the session has not changed since. */
function hasFailed(row: CatalogRow, jobs: ReadonlyMap<string, Job>): boolean {
  const job = jobs.get(row.sessionId);
  return job?.state === 'failed' && job.stamp === stampOf(row);
}

/** Its source does not have it any more: what was extracted of it is all there will be. */
function isGone(row: CatalogRow): boolean {
  return (row.vanished ?? null) !== null || row.store === '';
}

function isThere(row: CatalogRow, { isConnected }: QueueInput): boolean {
  return !isGone(row) && neededCopies(row).every(({ store }) => isConnected(store));
}

interface Held {
  readonly count: number;
  /** Not fully extracted. */
  readonly left: number;
}

function keptBySession({ personas }: PersonaState): Map<string, Held> {
  const kept = new Map<string, Held>();
  for (const { messages } of personas.values()) {
    for (const { sessionId, flags, injected } of messages) {
      if (injected) continue;
      const held = kept.get(sessionId) ?? { count: 0, left: 0 };
      kept.set(sessionId, { count: held.count + 1, left: held.left + (isFullyExtracted(flags) ? 0 : 1) });
    }
  }
  return kept;
}
