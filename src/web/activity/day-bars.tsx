import { durationText } from '../../core/activity/durations.ts';
import type { ActivityDay, TimeKind } from '../../core/model/activity-views.ts';
import styles from './activity.module.css';
import { timeAxis } from './axis.ts';
import { fillOf, MOST_GROUPS } from './fills.tsx';
import { useWidth } from './use-width.ts';
import { dayLabel, shortDay } from './words.ts';

const HEIGHT = 168;
const LEFT = 44;
const BOTTOM = 20;
const TOP = 6;
/** A date under a bar takes so much. */
const LABEL_WIDTH = 46;

interface DayBarsProps {
  readonly kind: TimeKind;
  readonly dates: readonly string[];
  readonly days: ReadonlyMap<string, ActivityDay>;
  readonly places: ReadonlyMap<string, number>;
  readonly onPick: (date: string) => void;
}

/** One bar a day, of own time or of agent time, stacked by group. */
export function DayBars({ kind, dates, days, places, onPick }: DayBarsProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const axis = timeAxis(Math.max(...dates.map((date) => msOf(days.get(date), kind)), 1));
  const step = Math.max(0, width - LEFT) / dates.length;
  const bar = Math.max(1, Math.min(40, step * 0.72));
  const scale = (HEIGHT - TOP - BOTTOM) / axis.top;
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / Math.max(step, 1)));
  return (
    <div ref={box} className={styles.bars}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden>
          {axis.ticks.map(({ ms, label }) => (
            <g key={ms}>
              <line className={styles.grid} x1={LEFT} x2={width} y1={yOf(ms, scale)} y2={yOf(ms, scale)} />
              <text className={styles.tick} x={LEFT - 8} y={yOf(ms, scale) + 4} textAnchor="end">
                {label}
              </text>
            </g>
          ))}
          {dates.map((date, at) => (
            <g key={date} transform={`translate(${LEFT + at * step + (step - bar) / 2} 0)`}>
              {stackOf(days.get(date), kind, places).map(({ place, from, to }) => (
                <rect
                  key={place}
                  x={0}
                  width={bar}
                  y={yOf(to, scale)}
                  height={Math.max(0.5, (to - from) * scale)}
                  fill={fillOf(place)}
                />
              ))}
              {at % every === 0 && (
                <text className={styles.tick} x={bar / 2} y={HEIGHT - 4} textAnchor="middle">
                  {shortDay(date)}
                </text>
              )}
            </g>
          ))}
        </svg>
      )}
      <div className={styles.columns} style={{ left: LEFT }} aria-hidden>
        {dates.map((date) => (
          <button
            key={date}
            type="button"
            tabIndex={-1}
            aria-label={dayLabel(date)}
            title={`${dayLabel(date)}: ${durationText(msOf(days.get(date), kind))}`}
            onClick={() => onPick(date)}
          />
        ))}
      </div>
    </div>
  );
}

function yOf(ms: number, scale: number): number {
  return HEIGHT - BOTTOM - ms * scale;
}

export function msOf(share: { readonly ownMs: number; readonly agentMs: number } | undefined, kind: TimeKind): number {
  return (kind === 'own' ? share?.ownMs : share?.agentMs) ?? 0;
}

interface Layer {
  readonly place: number;
  readonly from: number;
  readonly to: number;
}

/** The groups of a day from the bottom up, those not shown apart as one. */
function stackOf(day: ActivityDay | undefined, kind: TimeKind, places: ReadonlyMap<string, number>): Layer[] {
  const sums = Array.from({ length: MOST_GROUPS + 1 }, () => 0);
  for (const group of day?.groups ?? []) {
    const place = places.get(group.key) ?? MOST_GROUPS;
    sums[place] = (sums[place] ?? 0) + msOf(group, kind);
  }
  let height = 0;
  return sums.flatMap((ms, place) => {
    const from = height;
    height += ms;
    return ms > 0 ? [{ place, from, to: height }] : [];
  });
}

/** The bars in a sentence. */
export function summaryOf(kind: TimeKind, dates: readonly string[], days: ReadonlyMap<string, ActivityDay>): string {
  const busiest = dates.reduce(
    (best, date) => (msOf(days.get(date), kind) > msOf(days.get(best), kind) ? date : best),
    dates[0] ?? '',
  );
  const what = kind === 'own' ? 'Own time, estimated,' : 'Agent time';
  return `${what} of ${dates.length} days. Most on ${dayLabel(busiest)}: ${durationText(msOf(days.get(busiest), kind))}.`;
}
