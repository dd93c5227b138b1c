import { durationText } from '../../core/activity/durations.ts';
import type { TimeKind } from '../../core/model/activity-views.ts';
import styles from './activity.module.css';
import { Wide } from './figure.tsx';
import { levelOf, opacityOf } from './levels.ts';
import { weekdayLabel } from './words.ts';

const CELL = 18;
const GAP = 2;
const LEFT = 34;
const TOP = 16;
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Hours that are named above. */
const NAMED = 3;

interface HourMapProps {
  readonly kind: TimeKind;
  /** Of each hour of the week, ms. */
  readonly hours: readonly number[];
}

/** At what time of the week the work is done. */
export function HourMap({ kind, hours }: HourMapProps) {
  const most = Math.max(...hours);
  return (
    <Wide label="By hour of the week, a map">
      <svg className={styles.map} width={LEFT + 24 * (CELL + GAP)} height={TOP + 7 * (CELL + GAP)} aria-hidden>
        {HOURS.filter((hour) => hour % NAMED === 0).map((hour) => (
          <text key={hour} className={styles.tick} x={LEFT + hour * (CELL + GAP)} y={11}>
            {clock(hour)}
          </text>
        ))}
        {WEEKDAYS.map((weekday) => (
          <g key={weekday} transform={`translate(0 ${TOP + weekday * (CELL + GAP)})`}>
            <text className={styles.tick} x={0} y={13}>
              {weekdayLabel(weekday)}
            </text>
            {HOURS.map((hour) => {
              const ms = hours[weekday * 24 + hour] ?? 0;
              const level = levelOf(ms, most);
              return (
                <rect
                  key={hour}
                  x={LEFT + hour * (CELL + GAP)}
                  width={CELL}
                  height={CELL}
                  className={level === 0 ? styles.none : styles[kind]}
                  fillOpacity={level === 0 ? 1 : opacityOf(level)}
                >
                  <title>{`${weekdayLabel(weekday)} ${clock(hour)}: ${durationText(ms)}`}</title>
                </rect>
              );
            })}
          </g>
        ))}
      </svg>
    </Wide>
  );
}

/** The map in a sentence. */
export function busiestHour(hours: readonly number[]): string {
  const most = Math.max(...hours);
  const busiest = hours.indexOf(most);
  return `Most ${weekdayLabel(Math.floor(busiest / 24))} ${clock(busiest % 24)}: ${durationText(most)}.`;
}

export function HourTable({ hours }: Pick<HourMapProps, 'hours'>) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Hour</th>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col" className={styles.figureCell}>
              {weekdayLabel(weekday)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {HOURS.map((hour) => (
          <tr key={hour}>
            <th scope="row">{clock(hour)}</th>
            {WEEKDAYS.map((weekday) => (
              <td key={weekday} className={styles.figureCell}>
                {durationText(hours[weekday * 24 + hour] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
