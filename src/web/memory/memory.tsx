import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { Item } from '../../core/model/item.ts';
import { newestWords } from '../../platform/browser/memory-api.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Empty } from '../ui/empty.tsx';
import { number } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import type { RowPage } from '../ui/row-pages.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { useKeys } from '../ui/use-keys.ts';
import { useRowPages } from '../ui/use-row-pages.ts';
import { loadDeeds, useDeeds } from './deeds.ts';
import { ExtractionPanel } from './extraction-panel.tsx';
import { useExtraction } from './extraction-store.ts';
import type { MemoryRow } from './item-row.tsx';
import { KindTabs } from './kind-tabs.tsx';
import type { MemoryFilter } from './memory-filter.ts';
import { isMemoryFiltered, readMemoryFilter, toMemoryQuery, writeMemoryFilter } from './memory-filter.ts';
import { MemoryFilterBar } from './memory-filter-bar.tsx';
import { MemoryList } from './memory-list.tsx';
import { MergeBar } from './merge-bar.tsx';
import { Toast } from './toast.tsx';

/** What is remembered of the person, each with the words it comes from. */
export default function Memory() {
  const revision = useRevision();
  const [search, setSearch] = useSearchParams();
  const searchField = useRef<HTMLInputElement>(null);
  const [picked, setPicked] = useState<ReadonlyMap<string, Item>>(new Map());
  const mayWrite = useWorkspace((view) => view.role === 'owner');
  const filter = useMemo(() => readMemoryFilter(search), [search]);
  const change = (next: Partial<MemoryFilter>): void =>
    setSearch(writeMemoryFilter({ ...filter, ...next }), { replace: true });
  const query = useDeferredValue(useMemo(() => toMemoryQuery(filter), [filter]));
  const load = useCallback(
    async (offset: number, limit: number): Promise<RowPage<MemoryRow>> => {
      const { total, items, sessions } = await client().ask.memory.query({ ...query, offset, limit });
      const rows = items.map((item) => ({ item, session: sessions[newestWords(item)?.sessionId ?? ''] ?? null }));
      return { total, offset, rows };
    },
    [query],
  );
  const pages = useRowPages(load, 'start', revision);
  const counts = useAnswer(() => client().ask.memory.query({ ...query, limit: 0 }), query, revision);
  useEffect(() => void loadDeeds(), []);
  useKeys({ '/': () => searchField.current?.focus() });
  const pick = (item: Item): void =>
    setPicked((items) => {
      const next = new Map(items);
      if (!next.delete(item.id)) next.set(item.id, item);
      return next;
    });
  const all = counts === null ? 0 : Object.values(counts.kinds).reduce((sum, count) => sum + count, 0);
  const isEmpty = counts !== null && all === 0 && !isMemoryFiltered(filter);

  return (
    <Page title="Memory" full aside={counts === null ? '' : `${number(all)} ${all === 1 ? 'item' : 'items'}`}>
      <ExtractionPanel />
      {!isEmpty && (
        <>
          <MemoryFilterBar ref={searchField} filter={filter} onChange={change} />
          <KindTabs kinds={counts?.kinds ?? null} chosen={filter.kind} onChoose={(kind) => change({ kind })} />
        </>
      )}
      {isEmpty && <NothingYet />}
      {!isEmpty && pages?.total === 0 && <Empty>Nothing fits; take something out of the filter.</Empty>}
      {pages !== null && pages.total > 0 && (
        <MemoryList pages={pages} picked={picked} onPick={pick} mayWrite={mayWrite} />
      )}
      <Toast />
      <MergeBar picked={picked} onEnd={() => setPicked(new Map())} />
    </Page>
  );
}

/** Grows with every change of what is kept, with what a run finds, and with what the person does. */
function useRevision(): number {
  const kept = useWorkspace((view) => view.revision);
  const found = useExtraction((view) => view.revision);
  const done = useDeeds((view) => view.turn);
  return kept + found + done;
}

function NothingYet() {
  const sessions = useWorkspace((view) => view.snapshot?.overview.sessions ?? 0);
  const isRunning = useExtraction((view) => view.isRunning);
  if (sessions === 0) {
    return (
      <Empty>
        Nothing is remembered yet: <Link href="/import">import your sessions</Link>, and what you told your agents about
        yourself appears here.
      </Empty>
    );
  }
  return (
    <Empty>
      {isRunning ? (
        'Your sessions are being read; what you told your agents about yourself appears here.'
      ) : (
        <>
          Nothing is remembered yet: another session may say more, or{' '}
          <Link href="/settings">another reader find more</Link>.
        </>
      )}
    </Empty>
  );
}
