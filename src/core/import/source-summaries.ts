/** What screens show of the sources this device has read. */
import type { CatalogRow, SessionMarks } from '../model/agent-session.ts';
import type { Overview, SourceSummary } from '../model/views.ts';
import type { SourceRecord } from './source-records.ts';

export function sourceSummaries(records: Iterable<SourceRecord>, rows: readonly CatalogRow[]): SourceSummary[] {
  const gone = new Map<string, number>();
  for (const { store, vanished } of rows) {
    if ((vanished ?? null) !== null) gone.set(store, (gone.get(store) ?? 0) + 1);
  }
  return [...records].map(({ store, path, kind, lastImport, sessions, place, vanished }) => {
    const tool = store.startsWith('claude:') ? 'claude' : 'opencode';
    return { store, path, kind, tool, lastImport, sessions, gone: gone.get(store) ?? 0, place, vanished };
  });
}

export function sweepSummary(marks: readonly SessionMarks[]): Overview['sweep'] {
  const times = marks.flatMap(({ sweepAt }) => (sweepAt === null ? [] : [sweepAt]));
  return { sessions: times.length, first: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)) };
}
