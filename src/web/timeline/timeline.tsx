import { useEffect, useState } from 'react';
import type { PersonaSummary } from '../../core/model/views.ts';
import type { Axis } from '../../core/timeline/axis.ts';
import type { ReadingPlace } from '../persona/reading-place.ts';
import { personaSign } from '../ui/persona-sign.ts';
import { AxisTable } from './axis-table.tsx';
import { Chart } from './chart.tsx';
import { Overview } from './overview.tsx';
import { usePalette } from './palette.ts';
import { PickedLine } from './picked-line.tsx';
import { RangeBar } from './range-bar.tsx';
import { createTimeView, follow, takeExtent } from './time-view.ts';
import styles from './timeline.module.css';
import type { AxisPlace, Told } from './use-told.ts';
import { tellOf } from './use-told.ts';

interface TimelineProps {
  readonly persona: PersonaSummary;
  /** With at least one session. */
  readonly axis: Axis;
  /** Where the conversation is read. */
  readonly place: ReadingPlace;
}

/** When a persona was at work: its sessions on an axis of time, joined to its conversation. */
export function Timeline({ persona, axis, place }: TimelineProps) {
  const { id, name } = persona;
  const palette = usePalette(personaSign(id, name).color);
  const [view] = useState(() => createTimeView(id, axis));
  const [picked, setPicked] = useState<Told | null>(null);
  const [isTable, setTable] = useState(false);
  useEffect(() => takeExtent(view, axis), [view, axis]);
  useEffect(() => place.subscribe((seen) => follow(view, seen)), [view, place]);

  const pick = async (where: AxisPlace): Promise<void> => {
    const told = await tellOf(id, axis.version, where);
    if (told === null) return;
    setPicked(told);
    if (told.told.row !== null) place.show(told.told.row);
  };
  const pickNow = (where: AxisPlace): void => void pick(where);
  return (
    <section className={styles.timeline} aria-label="Timeline" aria-busy={!axis.complete}>
      <h2 className="visually-hidden">Timeline</h2>
      <RangeBar axis={axis} view={view} isTable={isTable} onTable={setTable} />
      {isTable ? (
        <AxisTable persona={id} axis={axis} onPick={pickNow} />
      ) : (
        <>
          <Chart persona={id} axis={axis} view={view} palette={palette} onPick={pickNow} />
          <Overview axis={axis} view={view} palette={palette} />
        </>
      )}
      <PickedLine axis={axis} picked={picked} onClose={() => setPicked(null)} />
    </section>
  );
}
