import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { SessionRow } from '../../core/model/views.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Empty } from '../ui/empty.tsx';
import { counted, number } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import type { RowPage } from '../ui/row-pages.ts';
import { useKeys } from '../ui/use-keys.ts';
import { useNow } from '../ui/use-now.ts';
import { useRowPages } from '../ui/use-row-pages.ts';
import type { Filter } from './filter.ts';
import { isFiltered, readFilter, toQuery, writeFilter } from './filter.ts';
import { CopyContext } from './copy-context.tsx';
import { FilterBar } from './filter-bar.tsx';
import { SessionDetails } from './session-details.tsx';
import { SessionsTable } from './sessions-table.tsx';
import styles from './sessions.module.css';
import type { Counts } from './use-counts.ts';
import { useCounts, useProjects } from './use-counts.ts';

/** The catalog: every session, one line each. */
export default function Sessions() {
  const sessions = useWorkspace((view) => view.snapshot?.overview.sessions ?? 0);
  if (sessions > 0) return <Catalog all={sessions} />;
  return (
    <Page title="Sessions">
      <Empty>
        The catalog is empty: <Link href="/import">import your sessions</Link> to find them here.
      </Empty>
    </Page>
  );
}

function Catalog({ all }: { all: number }) {
  const revision = useWorkspace((view) => view.revision);
  const now = useNow();
  const [search, setSearch] = useSearchParams();
  const [unfolded, setUnfolded] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState<string | null>(() => search.get('session'));
  const filterField = useRef<HTMLInputElement>(null);
  const filter = useMemo(() => readFilter(search), [search]);
  const change = (next: Partial<Filter>): void => setSearch(writeFilter({ ...filter, ...next }), { replace: true });
  const query = useDeferredValue(useMemo(() => toQuery(filter, unfolded, now), [filter, unfolded, now]));
  const load = useCallback(
    async (offset: number, limit: number): Promise<RowPage<SessionRow>> => {
      const { total, rows } = await client().ask.sessions({ ...query, offset, limit });
      return { total, rows, offset };
    },
    [query],
  );
  const pages = useRowPages(load, 'start', revision);
  const counts = useCounts(query, revision);
  const projects = useProjects(revision);
  useKeys({ '/': () => filterField.current?.focus(), Escape: () => setOpened(null) });
  const toggle = (id: string): void =>
    setUnfolded((ids) => (ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]));

  return (
    <Page
      title="Sessions"
      full
      aside={
        <span className={styles.aside}>
          <output>{countWords(counts, all, isFiltered(filter))}</output>
          <CopyContext />
        </span>
      }
    >
      <FilterBar ref={filterField} filter={filter} projects={projects} onChange={change} />
      <div className={styles.split}>
        {pages !== null && pages.total > 0 && (
          <SessionsTable
            pages={pages}
            filter={filter}
            onSort={change}
            unfolded={unfolded}
            onToggle={toggle}
            opened={opened}
            onOpen={setOpened}
          />
        )}
        {pages?.total === 0 && <Empty>No session fits; take something out of the filter.</Empty>}
        {opened !== null && <SessionDetails key={opened} id={opened} onClose={() => setOpened(null)} />}
      </div>
    </Page>
  );
}

/** `12 of 380 sessions, 4 of them sub-agents` */
function countWords(counts: Counts | null, all: number, isPart: boolean): string {
  const { matching, matchingSubagents } = counts ?? { matching: all, matchingSubagents: 0 };
  const sessions = isPart ? `${number(matching)} of ${counted(all, 'session')}` : counted(all, 'session');
  if (matchingSubagents === 0) return sessions;
  return `${sessions}, ${number(matchingSubagents)} of them ${matchingSubagents === 1 ? 'a sub-agent' : 'sub-agents'}`;
}
