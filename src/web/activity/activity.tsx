import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { reportToCsv } from '../../core/activity/report-rows.ts';
import type { ActivityReport, IntervalsQuery } from '../../core/model/activity-views.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Empty } from '../ui/empty.tsx';
import { counted } from '../ui/format.ts';
import { later } from '../ui/later.tsx';
import { Page } from '../ui/page.tsx';
import { saveText } from '../ui/save-text.ts';
import { useAnswer } from '../ui/use-answer.ts';
import styles from './activity.module.css';
import { Charts } from './charts.tsx';
import { Fills } from './fills.tsx';
import type { Opening } from './opening.ts';
import type { Dates, Range } from './range.ts';
import { calendarDates, datesOf, LOCAL_TIME, readRange, toQuery, writeRange, ZONE } from './range.ts';
import { RangeBar } from './range-bar.tsx';
import { Sums } from './sums.tsx';
import { rangeLabel } from './words.ts';

const IntervalsSheet = later(() => import('./intervals-sheet.tsx'));

/** How long the person worked, and how long their agents did. */
export default function Activity() {
  const sessions = useWorkspace((view) => view.snapshot?.overview.sessions ?? 0);
  const [search, setSearch] = useSearchParams();
  const range = useMemo(() => readRange(search), [search]);
  // one moment for all of the screen, a new one with each change
  const revision = useWorkspace((view) => view.revision);
  // oxlint-disable-next-line react/exhaustive-deps -- that is when time is looked at again
  const now = useMemo(() => Date.now(), [search, revision]);
  const today = LOCAL_TIME.dateAt(now);
  const dates = datesOf(range, today);
  const change = (next: Range): void => setSearch(writeRange(next), { replace: true });
  return (
    <Page title="Activity" aside={rangeLabel(dates.first, dates.last)}>
      {sessions === 0 ? (
        <Empty>
          Nothing to account for yet: <Link href="/import">import your sessions</Link>, and their times are told here.
        </Empty>
      ) : (
        <>
          <RangeBar range={range} today={today} onChange={change} />
          <Accounted range={range} dates={dates} now={now} onRange={change} />
        </>
      )}
    </Page>
  );
}

interface AccountedProps {
  readonly range: Range;
  readonly dates: Dates;
  readonly now: number;
  readonly onRange: (range: Range) => void;
}

function Accounted({ range, dates, now, onRange }: AccountedProps) {
  const revision = useWorkspace((view) => view.revision);
  const [opening, setOpening] = useState<Opening | null>(null);
  const query = toQuery(dates, range, now);
  const calendar = calendarDates(dates);
  const question = JSON.stringify([dates, range.by, range.window]);
  const report = useAnswer(() => client().ask.activity.report(query), question, revision);
  const yearQuery = toQuery(calendar, { ...range, by: 'tool' }, now);
  const year = useAnswer(
    () => client().ask.activity.report(yearQuery),
    JSON.stringify([calendar, range.window]),
    revision,
  );
  if (report === null || year === null) return <p className={styles.note}>Counting…</p>;
  const showDay = (date: string): void => onRange({ ...range, name: 'day', at: date });
  const isEmpty = report.totals.sessions === 0;
  return (
    <>
      <Fills />
      {report.unread > 0 && (
        <p className={styles.note}>
          {counted(report.unread, 'session')} in these days were imported by an earlier version, without times:{' '}
          <Link href="/import">import again</Link> to have them counted.
        </p>
      )}
      <Tools report={report} dates={dates} />
      {isEmpty && <NothingThen year={year} onShow={showDay} />}
      {!isEmpty && <Sums report={report} of={rangeLabel(dates.first, dates.last)} onOpen={setOpening} />}
      <Charts
        report={report}
        year={year}
        dates={dates}
        calendar={calendar}
        isEmpty={isEmpty}
        onOpen={setOpening}
        onDay={showDay}
      />
      {opening !== null && (
        <IntervalsSheet
          title={`${opening.kind === 'own' ? 'Own time' : 'Agent time'}: ${opening.of}`}
          query={intervalsOf(opening, dates, range, now)}
          onClose={() => setOpening(null)}
        />
      )}
    </>
  );
}

function intervalsOf({ kind, group, date }: Opening, dates: Dates, range: Range, now: number): IntervalsQuery {
  const days = date === undefined ? dates : { first: date, last: date };
  return { ...toQuery(days, range, now), kind, ...(group === undefined ? {} : { group }) };
}

function Tools({ report, dates }: { report: ActivityReport; dates: Dates }) {
  const name = dates.first === dates.last ? dates.first : `${dates.first}-to-${dates.last}`;
  return (
    <div className={styles.tools}>
      <Button onClick={() => void saveCsv(report, name)}>
        <Download size={15} strokeWidth={1.75} aria-hidden />
        CSV
      </Button>
      <CopyButton
        text={() => client().ask.activity.standup(ZONE, report.window)}
        label="Copy yesterday and today as text"
      >
        Copy for standup
      </CopyButton>
    </div>
  );
}

/** Always by project, whatever is on the screen. */
async function saveCsv({ from, to, window, by, ...rest }: ActivityReport, name: string): Promise<void> {
  const shown = { from, to, window, by, ...rest };
  const report = by === 'project' ? shown : await client().ask.activity.report({ from, to, window, zone: ZONE });
  saveText(reportToCsv(report, 'project'), `dramatis-${name}.csv`, 'text/csv');
}

function NothingThen({ year, onShow }: { year: ActivityReport; onShow: (date: string) => void }) {
  const last = year.days.findLast(({ sessions }) => sessions > 0);
  return (
    <Empty>
      Nothing was done in these days.{' '}
      {last !== undefined && (
        <button type="button" className={styles.jump} onClick={() => onShow(last.date)}>
          Show the last day with any
        </button>
      )}
    </Empty>
  );
}
