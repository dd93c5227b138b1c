import { ChartNoAxesGantt, Table2, ZoomIn, ZoomOut } from 'lucide-react';
import { useStore } from 'zustand';
import type { Axis } from '../../core/timeline/axis.ts';
import type { TimeWindow } from '../../core/timeline/window.ts';
import { lastDaysWindow, lengthOf, zoomed } from '../../core/timeline/window.ts';
import { Button } from '../ui/button.tsx';
import { span } from '../ui/format.ts';
import type { TimeView } from './time-view.ts';
import { isWhole, look } from './time-view.ts';
import styles from './timeline.module.css';

const RANGES: readonly (readonly [name: string, days: number])[] = [
  ['Year', 365],
  ['3 months', 91],
  ['14 days', 14],
];

interface RangeBarProps {
  readonly axis: Axis;
  readonly view: TimeView;
  readonly isTable: boolean;
  readonly onTable: (isTable: boolean) => void;
}

/** How much time is looked at, and whether as a picture or as a table. */
export function RangeBar({ axis, view, isTable, onTable }: RangeBarProps) {
  const zoom = (factor: number) => () =>
    look(view, (shown, whole) => zoomed(shown, factor, (shown.from + shown.to) / 2, whole));
  return (
    <div className={styles.bar}>
      {!isTable && (
        <>
          <fieldset className={styles.ranges} aria-label="Range of time">
            <Range name="All" view={view} range={(whole) => whole} />
            {RANGES.map(([name, days]) => (
              <Range key={name} name={name} view={view} range={(whole) => lastDaysWindow(days, axis.now, whole)} />
            ))}
          </fieldset>
          <Shown view={view} axis={axis} />
          <div className={styles.zoom}>
            <Button look="icon" aria-label="Show less time" title="Show less time (+)" onClick={zoom(0.5)}>
              <ZoomIn size={16} strokeWidth={1.75} aria-hidden />
            </Button>
            <Button look="icon" aria-label="Show more time" title="Show more time (−)" onClick={zoom(2)}>
              <ZoomOut size={16} strokeWidth={1.75} aria-hidden />
            </Button>
          </div>
        </>
      )}
      <Button className={styles.toggle} look="quiet" aria-pressed={isTable} onClick={() => onTable(!isTable)}>
        {isTable ? (
          <ChartNoAxesGantt size={16} strokeWidth={1.75} aria-hidden />
        ) : (
          <Table2 size={16} strokeWidth={1.75} aria-hidden />
        )}
        Table
      </Button>
    </div>
  );
}

interface RangeProps {
  readonly name: string;
  readonly view: TimeView;
  readonly range: (whole: TimeWindow) => TimeWindow;
}

function Range({ name, view, range }: RangeProps) {
  const isPressed = useStore(view, ({ shown, whole }) => {
    const wanted = range(whole);
    return isSame(shown, wanted) && (name === 'All' || !isWhole(wanted, whole));
  });
  const isAll = useStore(view, ({ whole }) => name !== 'All' && isWhole(range(whole), whole));
  return (
    <button
      type="button"
      className={styles.range}
      aria-pressed={isPressed}
      // there is no more than that
      disabled={isAll}
      onClick={() => look(view, (_, whole) => range(whole))}
    >
      {name}
    </button>
  );
}

/** From when to when, in words. */
function Shown({ view, axis }: { readonly view: TimeView; readonly axis: Axis }) {
  const words = useStore(view, ({ shown }) => {
    const from = Math.max(shown.from, axis.first);
    return span(Math.min(from, axis.last), Math.max(from, Math.min(shown.to, axis.last)));
  });
  return <p className={styles.shown}>{words}</p>;
}

function isSame(a: TimeWindow, b: TimeWindow): boolean {
  const slack = lengthOf(b) * 0.001;
  return Math.abs(a.from - b.from) <= slack && Math.abs(a.to - b.to) <= slack;
}
