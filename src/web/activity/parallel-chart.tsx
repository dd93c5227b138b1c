import type { ActivityReport } from '../../core/model/activity-views.ts';
import { date as dateText, clock } from '../ui/format.ts';
import styles from './activity.module.css';
import { useWidth } from './use-width.ts';

const HEIGHT = 108;
const LEFT = 44;
const BOTTOM = 8;
const TOP = 8;
const MOST_TICKS = 5;

/** How many agents were at work at once, over the range. */
export function ParallelChart({ steps, stepMs }: ActivityReport['parallel']) {
  const [box, width] = useWidth<HTMLDivElement>();
  const most = Math.max(1, ...steps.map(({ peak }) => peak));
  const scale = (HEIGHT - TOP - BOTTOM) / most;
  const step = Math.max(0, width - LEFT) / Math.max(1, steps.length);
  const yOf = (count: number): number => HEIGHT - BOTTOM - count * scale;
  const line = steps.map(({ peak }, at) => `L${LEFT + at * step} ${yOf(peak)}H${LEFT + (at + 1) * step}`).join('');
  return (
    <div ref={box}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden>
          {ticksTo(most).map((count) => (
            <g key={count}>
              <line className={styles.grid} x1={LEFT} x2={width} y1={yOf(count)} y2={yOf(count)} />
              <text className={styles.tick} x={LEFT - 8} y={yOf(count) + 4} textAnchor="end">
                {count}
              </text>
            </g>
          ))}
          <path className={styles.area} d={`M${LEFT} ${yOf(0)}${line}V${yOf(0)}Z`} />
          <path className={styles.line} d={`M${LEFT} ${yOf(0)}${line}V${yOf(0)}`} />
          {steps.map(({ start, peak }, at) => (
            <rect key={start} className={styles.hover} x={LEFT + at * step} width={step} y={0} height={HEIGHT}>
              <title>{`${stepLabel(start, stepMs)}: ${peak}`}</title>
            </rect>
          ))}
        </svg>
      )}
    </div>
  );
}

/** Steps in which anything was done. */
export function ParallelTable({ steps, stepMs }: ActivityReport['parallel']) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col" className={styles.figureCell}>
            Agents at once
          </th>
        </tr>
      </thead>
      <tbody>
        {steps
          .filter(({ peak }) => peak > 0)
          .map(({ start, peak }) => (
            <tr key={start}>
              <th scope="row">{stepLabel(start, stepMs)}</th>
              <td className={styles.figureCell}>{peak}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function stepLabel(start: number, stepMs: number): string {
  return stepMs < 24 * 3_600_000 ? `${dateText(start)}, ${clock(start)}` : dateText(start);
}

function ticksTo(most: number): number[] {
  const every = Math.ceil(most / (MOST_TICKS - 1));
  return Array.from({ length: Math.floor(most / every) + 1 }, (_, at) => at * every);
}
