import { useMemo, useState } from 'react';
import type { ActivityReport, TimeKind } from '../../core/model/activity-views.ts';
import { Choice } from '../ui/choice.tsx';
import styles from './activity.module.css';
import { CalendarMap } from './calendar-map.tsx';
import { DayBars, summaryOf } from './day-bars.tsx';
import { DayTable } from './day-table.tsx';
import { Figure } from './figure.tsx';
import { placesOf } from './fills.tsx';
import { GroupTable } from './group-table.tsx';
import { busiestHour, HourMap, HourTable } from './hour-map.tsx';
import { ModelTable } from './model-table.tsx';
import type { Opening } from './opening.ts';
import { ParallelChart, ParallelTable } from './parallel-chart.tsx';
import type { Dates } from './range.ts';
import { datesIn } from './range.ts';

const KINDS: readonly (readonly [TimeKind, string])[] = [
  ['agent', 'Agent time'],
  ['own', 'Own time (est.)'],
];

interface ChartsProps {
  readonly report: ActivityReport;
  /** The year that the range ends in. */
  readonly year: ActivityReport;
  readonly dates: Dates;
  readonly calendar: Dates;
  readonly isEmpty: boolean;
  readonly onOpen: (opening: Opening) => void;
  readonly onDay: (date: string) => void;
}

export function Charts({ report, year, dates, calendar, isEmpty, onOpen, onDay }: ChartsProps) {
  const [kind, setKind] = useState<TimeKind>('agent');
  const days = useMemo(() => new Map(report.days.map((day) => [day.date, day])), [report]);
  const ofYear = useMemo(() => new Map(year.days.map((day) => [day.date, day])), [year]);
  const which = <Choice label="Which time" value={kind} choices={KINDS} onChange={setKind} />;
  return (
    <>
      {!isEmpty && <DayFigures report={report} days={days} dates={dates} onOpen={onOpen} onDay={onDay} />}
      {!isEmpty && (
        <Figure
          title="By hour of the week"
          tools={which}
          summary={busiestHour(report.hours[kind])}
          table={<HourTable hours={report.hours[kind]} />}
        >
          <HourMap kind={kind} hours={report.hours[kind]} />
        </Figure>
      )}
      <Figure title="A year" tools={which} table={<DayTable days={year.days} onOpen={onOpen} />}>
        <CalendarMap kind={kind} dates={calendar} days={ofYear} shown={dates} onPick={onDay} />
      </Figure>
      {!isEmpty && (
        <Figure
          title="Agents at work at once"
          note="conversations; sub-agents are part of theirs"
          table={<ParallelTable {...report.parallel} />}
        >
          <ParallelChart {...report.parallel} />
        </Figure>
      )}
      {report.models.length > 0 && (
        <Figure title="Tokens and cost by model" note="as recorded; n/a where no cost was recorded">
          <ModelTable models={report.models} />
        </Figure>
      )}
    </>
  );
}

interface DayFiguresProps extends Pick<ChartsProps, 'report' | 'dates' | 'onOpen' | 'onDay'> {
  readonly days: ReadonlyMap<string, ActivityReport['days'][number]>;
}

function DayFigures({ report, days, dates, onOpen, onDay }: DayFiguresProps) {
  const places = useMemo(() => placesOf(report.groups), [report]);
  const all = useMemo(() => datesIn(dates), [dates]);
  return (
    <div className={styles.pair}>
      <Figure
        title="Agent time, day by day"
        summary={summaryOf('agent', all, days)}
        table={<DayTable days={report.days} onOpen={onOpen} />}
      >
        <DayBars kind="agent" dates={all} days={days} places={places} onPick={onDay} />
      </Figure>
      <Figure
        title="Own time, day by day"
        note="estimated"
        summary={summaryOf('own', all, days)}
        table={<DayTable days={report.days} onOpen={onOpen} />}
      >
        <DayBars kind="own" dates={all} days={days} places={places} onPick={onDay} />
      </Figure>
      <div className={styles.wide}>
        <GroupTable by={report.by} groups={report.groups} places={places} onOpen={onOpen} />
      </div>
    </div>
  );
}
