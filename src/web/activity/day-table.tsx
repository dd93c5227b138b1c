import { durationText } from '../../core/activity/durations.ts';
import type { ActivityDay } from '../../core/model/activity-views.ts';
import { number } from '../ui/format.ts';
import styles from './activity.module.css';
import type { Opening } from './opening.ts';
import { dayLabel, ratioText } from './words.ts';

interface DayTableProps {
  readonly days: readonly ActivityDay[];
  readonly onOpen: (opening: Opening) => void;
}

/** Each day in numbers, the newest first; days without time are left out. */
export function DayTable({ days, onOpen }: DayTableProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {['Own (est.)', 'Agents', 'Wall-clock', 'Agents : own', 'At once', 'Sessions'].map((title) => (
            <th key={title} scope="col" className={styles.figureCell}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days
          .filter(({ sessions }) => sessions > 0)
          .toReversed()
          .map((day) => (
            <tr key={day.date}>
              <th scope="row">{dayLabel(day.date)}</th>
              <td className={styles.figureCell}>
                <button type="button" onClick={() => onOpen({ kind: 'own', date: day.date, of: dayLabel(day.date) })}>
                  {durationText(day.ownMs)}
                </button>
              </td>
              <td className={styles.figureCell}>
                <button type="button" onClick={() => onOpen({ kind: 'agent', date: day.date, of: dayLabel(day.date) })}>
                  {durationText(day.agentMs)}
                </button>
              </td>
              <td className={styles.figureCell}>{durationText(day.wallMs)}</td>
              <td className={styles.figureCell}>{ratioText(day)}</td>
              <td className={styles.figureCell}>{number(day.peak)}</td>
              <td className={styles.figureCell}>{number(day.sessions)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
