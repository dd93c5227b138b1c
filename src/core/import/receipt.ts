/** What an import tells the person at its end: what was found, what became of it, and every problem. */
import type { Catalog } from '../catalog/catalog.ts';
import { personaTotals } from '../personas/summaries.ts';
import type { Problem } from '../model/problem.ts';
import type { ByteDecision, PersonaReceipt, Receipt, SourceReceipt, Tally } from '../model/receipt.ts';
import type { Source, SourcePeek } from '../sources/source.ts';
import type { PersonaState } from '../state/records.ts';
import { explain } from './explain.ts';
import type { SourceReading } from './read-source.ts';
import type { SourceRecord } from './source-records.ts';

/** What stays of a source that was read and closed. */
export interface ReadSource extends Pick<
  Source,
  'kind' | 'path' | 'store' | 'fingerprint' | 'sizeBytes' | 'bytesRead'
> {
  /** To be remembered until it is opened again. */
  readonly memory: string | undefined;
}

/** What was found out of one source. `unchanged`: its fingerprint says that nothing was written since last time. */
export type SourceResult =
  | { readonly kind: 'read'; readonly source: ReadSource; readonly reading: SourceReading }
  | { readonly kind: 'unchanged'; readonly record: SourceRecord; readonly peek: SourcePeek };

export interface ReceiptInput {
  readonly results: readonly SourceResult[];
  /** Files that could not be used at all. */
  readonly refused: readonly Problem[];
  readonly decisions: readonly ByteDecision[];
  /** As committed. */
  readonly state: PersonaState;
  readonly catalog: Catalog;
  readonly bytes: number;
  readonly limitBytes: number;
  /** ms */
  readonly now: number;
  readonly durationMs: number;
}

export function receiptOf(input: ReceiptInput): Receipt {
  const sources = [
    ...input.results.map((result) => sourceReceipt(result, input.catalog)),
    ...input.refused.map(refusedReceipt),
  ];
  const isUnchanged = (tally: Tally): boolean => tally.new + tally.updated === 0;
  return {
    sources,
    personas: personaReceipts(input.state, input.catalog),
    state: { bytes: input.bytes, limitBytes: input.limitBytes },
    decisions: input.decisions,
    lastSync: input.now,
    unchanged: sources.every(({ sessions, messages }) => isUnchanged(sessions) && isUnchanged(messages)),
    durationMs: Math.round(input.durationMs),
  };
}

function sourceReceipt(result: SourceResult, catalog: Catalog): SourceReceipt {
  if (result.kind === 'read') {
    const { path, kind, bytesRead, sizeBytes: bytesTotal } = result.source;
    const { sessions, messageTally: messages, problems, ids } = result.reading;
    const explained = explain(ids, result.source.store, (id) => catalog.get(id));
    return { path, kind, sessions, messages, explained, problems, bytesRead, bytesTotal };
  }
  const { record, peek } = result;
  return {
    path: record.path,
    kind: record.kind,
    sessions: unchangedTally(record.sessions, record.skippedSessions),
    messages: unchangedTally(record.messages, record.skippedMessages),
    explained: record.explained ?? null,
    problems: record.problems,
    bytesRead: peek.bytesRead,
    bytesTotal: peek.sizeBytes,
  };
}

function refusedReceipt(refusal: Problem): SourceReceipt {
  const none = unchangedTally(0, 0);
  return {
    path: refusal.file,
    kind: 'unreadable',
    sessions: none,
    messages: none,
    explained: null,
    problems: [refusal],
    bytesRead: 0,
    bytesTotal: 0,
  };
}

function unchangedTally(found: number, skipped: number): Tally {
  return { found, new: 0, updated: 0, unchanged: found - skipped, skipped };
}

function personaReceipts(state: PersonaState, catalog: Catalog): PersonaReceipt[] {
  const totals = personaTotals(catalog.rows());
  return [...state.personas].map(([id, { messages }]) => {
    const kept = messages.length;
    const found = Math.max(totals.get(id)?.messages ?? 0, kept);
    const clipped = messages.filter((message) => message.clippedFrom !== undefined).length;
    return { id, found, kept, pruned: found - kept, clipped };
  });
}
