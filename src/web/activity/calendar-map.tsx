import { durationText } from '../../core/activity/durations.ts';
import type { ActivityDay, TimeKind } from '../../core/model/activity-views.ts';
import styles from './activity.module.css';
import { Wide } from './figure.tsx';
import { msOf } from './day-bars.tsx';
import { levelOf, opacityOf } from './levels.ts';
import type { Dates } from './range.ts';
import { datesIn } from './range.ts';
import { dayLabel, monthLabel, weekdayLabel } from './words.ts';

const CELL = 15;
const STEP = CELL + 3;
const LEFT = 32;
const TOP = 16;

/** Where it does not fit, the newest weeks are what one sees first. */
function toTheEnd(element: HTMLElement | null): void {
  const scrolled = element?.firstElementChild;
  if (scrolled != null) scrolled.scrollLeft = scrolled.scrollWidth;
}

interface CalendarMapProps {
  readonly kind: TimeKind;
  readonly dates: Dates;
  readonly days: ReadonlyMap<string, ActivityDay>;
  /** What the other charts show. */
  readonly shown: Dates;
  readonly onPick: (date: string) => void;
}

/** A year of days, a column a week. */
export function CalendarMap({ kind, dates, days, shown, onPick }: CalendarMapProps) {
  const all = datesIn(dates);
  const weeks = Math.ceil(all.length / 7);
  const most = Math.max(...all.map((date) => msOf(days.get(date), kind)));
  const place = (event: { nativeEvent: MouseEvent; currentTarget: Element }): string | undefined => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const week = Math.floor((event.nativeEvent.clientX - left - LEFT) / STEP);
    const weekday = Math.floor((event.nativeEvent.clientY - top - TOP) / STEP);
    return week < 0 || weekday < 0 || weekday > 6 ? undefined : all[week * 7 + weekday];
  };
  return (
    <div ref={toTheEnd}>
      <Wide label="A year, a map">
        {/* for the mouse; the table has buttons */}
        <button
          type="button"
          className={styles.mapButton}
          tabIndex={-1}
          aria-hidden
          aria-label="A year of days"
          onClick={(event) => {
            const date = place(event);
            if (date !== undefined) onPick(date);
          }}
        >
          <svg className={styles.map} width={LEFT + weeks * STEP} height={TOP + 7 * STEP} aria-hidden>
            {[0, 2, 4, 6].map((weekday) => (
              <text key={weekday} className={styles.tick} x={0} y={TOP + weekday * STEP + 12}>
                {weekdayLabel(weekday)}
              </text>
            ))}
            {all.map((date, at) => {
              const [week, weekday] = [Math.floor(at / 7), at % 7];
              const level = levelOf(msOf(days.get(date), kind), most);
              const isShown = date >= shown.first && date <= shown.last;
              return (
                <g key={date}>
                  {weekday === 0 && Number(date.slice(8)) <= 7 && (
                    <text className={styles.tick} x={LEFT + week * STEP} y={11}>
                      {monthLabel(date)}
                    </text>
                  )}
                  <rect
                    x={LEFT + week * STEP}
                    y={TOP + weekday * STEP}
                    width={CELL}
                    height={CELL}
                    className={`${level === 0 ? styles.none : styles[kind]} ${isShown ? styles.shown : ''}`}
                    fillOpacity={level === 0 ? 1 : opacityOf(level)}
                  >
                    <title>{`${dayLabel(date)}: ${durationText(msOf(days.get(date), kind))}`}</title>
                  </rect>
                </g>
              );
            })}
          </svg>
        </button>
      </Wide>
    </div>
  );
}
