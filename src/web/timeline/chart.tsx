import type { PointerEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import type { Axis } from '../../core/timeline/axis.ts';
import { hitMark, hitTrack } from '../../core/timeline/hit.ts';
import { heightOf, layOutLanes, trackAt } from '../../core/timeline/lane-layout.ts';
import { scaleOf } from '../../core/timeline/scale.ts';
import { LaneNames, NameGutter } from './lane-names.tsx';
import { Lanes } from './lanes.tsx';
import type { Palette } from './palette.ts';
import { Ruler } from './ruler.tsx';
import { SessionPicker } from './session-picker.tsx';
import type { TimeView } from './time-view.ts';
import styles from './timeline.module.css';
import { Tooltip } from './tooltip.tsx';
import { useGestures } from './use-gestures.ts';
import { useNarrow } from './use-narrow.ts';
import type { AxisPlace } from './use-told.ts';
import { keyOf } from './use-told.ts';

/** Lanes that are shown before the others are asked for. */
const LANES = 6;
const SIZES = { session: 9, subagent: 4, gap: 1.5, padding: 6 } as const;
const NAME_ABOVE = 15;

interface ChartProps {
  readonly persona: string;
  readonly axis: Axis;
  readonly view: TimeView;
  readonly palette: Palette;
  readonly onPick: (place: AxisPlace) => void;
}

export interface Hovered {
  readonly place: AxisPlace;
  /** In the chart, px. */
  readonly x: number;
  readonly y: number;
}

/** The axis: when it was, and below a lane for each project. */
export function Chart({ persona, axis, view, palette, onPick }: ChartProps) {
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const [active, setActive] = useState<number | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const count = isOpen ? axis.lanes.length : LANES;
  const places = useMemo(
    () => layOutLanes(axis, count, { ...SIZES, title: isNarrow ? NAME_ABOVE : 0 }),
    [axis, count, isNarrow],
  );

  /** Its lane may be one of those that were not shown. */
  const activate = (session: number): void => {
    const track = axis.sessions.tracks[session] ?? 0;
    if (!places.some(({ tracks }) => tracks.some((each) => each.track === track))) setOpen(true);
    setActive(session);
  };
  const placeAt = ({ clientX, clientY }: PointerEvent): AxisPlace | null => {
    if (canvas.current === null || scroller.current === null) return null;
    const { left, width } = canvas.current.getBoundingClientRect();
    const scale = scaleOf(view.getState().shown, width);
    const box = scroller.current.getBoundingClientRect();
    const [x, y] = [clientX - left, clientY - box.top];
    if (x < 0 || y >= box.height) return null;
    if (y < 0) {
      const mark = hitMark(axis, scale, x, 6);
      return mark === null ? null : { kind: 'mark', mark };
    }
    const track = trackAt(places, y + scroller.current.scrollTop);
    const hit = track === null ? null : hitTrack(axis, track.track, scale, x);
    return hit === null ? null : { kind: 'session', session: hit.session, time: hit.time };
  };
  const click = (event: PointerEvent): void => {
    const place = placeAt(event);
    if (place === null) return;
    if (place.kind === 'session') setActive(place.session);
    onPick(place);
  };
  const hover = (event: PointerEvent | null): void => {
    const place = event === null ? null : placeAt(event);
    const box = area.current?.getBoundingClientRect();
    if (event === null || place === null || box === undefined) return setHovered(null);
    setHovered((before) =>
      before !== null && keyOf(before.place) === keyOf(place)
        ? before
        : { place, x: event.clientX - box.left, y: event.clientY - box.top },
    );
  };
  const gestures = useGestures({ view, canvas, area, onClick: click, onHover: hover });
  const rest = axis.lanes.length - LANES;
  return (
    <div className={styles.chart}>
      <div
        ref={area}
        className={styles.area}
        data-picking={hovered !== null || undefined}
        // the keys are the picker's
        role="presentation"
        {...gestures}
      >
        <div className={styles.row}>
          <NameGutter hasMarks={axis.marks.times.length > 0} />
          <Ruler axis={axis} view={view} palette={palette} />
        </div>
        <div className={styles.lanes}>
          <Lanes canvas={canvas} scroller={scroller} axis={axis} view={view} palette={palette} places={places} />
          <div ref={scroller} className={styles.scroller} tabIndex={-1}>
            <div className={styles.inner} style={{ height: heightOf(places) }}>
              <LaneNames axis={axis} places={places} />
              <SessionPicker
                persona={persona}
                axis={axis}
                view={view}
                places={places}
                active={active}
                onActive={activate}
                onPick={onPick}
              />
            </div>
          </div>
        </div>
        {hovered !== null && <Tooltip persona={persona} version={axis.version} hovered={hovered} />}
      </div>
      {rest > 0 && (
        <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? `Only the ${LANES} most used projects` : `${rest} more ${rest === 1 ? 'project' : 'projects'}`}
        </button>
      )}
    </div>
  );
}
