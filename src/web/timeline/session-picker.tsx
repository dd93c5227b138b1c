import type { KeyboardEvent } from 'react';
import { useEffect, useId, useRef } from 'react';
import { useStore } from 'zustand';
import type { Axis } from '../../core/timeline/axis.ts';
import type { LanePlace } from '../../core/timeline/lane-layout.ts';
import { lengthOf, showing } from '../../core/timeline/window.ts';
import { moveOfKey } from './axis-keys.ts';
import type { TimeView } from './time-view.ts';
import { look } from './time-view.ts';
import styles from './timeline.module.css';
import type { AxisPlace } from './use-told.ts';
import { useTold } from './use-told.ts';
import { sessionSentence, sessionSpan } from './words.ts';

interface SessionPickerProps {
  readonly persona: string;
  readonly axis: Axis;
  readonly view: TimeView;
  readonly places: readonly LanePlace[];
  readonly active: number | null;
  readonly onActive: (session: number) => void;
  readonly onPick: (place: AxisPlace) => void;
}

/**
 * The sessions as the keyboard and a screen reader go through them: a list box over the picture that has one of its options, the
 * active one, where its bar is.
 */
export function SessionPicker({ persona, axis, view, places, active, onActive, onPick }: SessionPickerProps) {
  const id = useId();
  const count = axis.sessions.starts.length;
  const session = active === null || active >= count ? count - 1 : active;
  const start = axis.sessions.starts[session] ?? 0;
  const end = axis.sessions.ends[session] ?? start;
  const told = useTold(persona, axis.version, { kind: 'session', session, time: null });
  const option = useRef<HTMLDivElement>(null);
  const hasMoved = useRef(false);

  useEffect(() => {
    if (hasMoved.current) option.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    hasMoved.current = false;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the option has moved with the session
  }, [active, places]);
  const go = (to: number): void => {
    const next = Math.min(count - 1, Math.max(0, to));
    const from = axis.sessions.starts[next] ?? 0;
    hasMoved.current = true;
    onActive(next);
    look(view, (shown, whole) => showing(shown, { from, to: axis.sessions.ends[next] ?? from }, whole));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const move = moveOfKey(event.key, event.shiftKey, axis);
    if (move !== null) look(view, move);
    else if (event.key === 'ArrowUp') go(active === null ? session : session - 1);
    else if (event.key === 'ArrowDown') go(active === null ? session : session + 1);
    else if (event.key === 'Enter' || event.key === ' ') onPick({ kind: 'session', session, time: null });
    else return;
    event.preventDefault();
  };
  return (
    <>
      <p id={`${id}-help`} className="visually-hidden">
        Up and down go through the sessions by time, Enter shows one in the conversation. Left and right move in time,
        plus and minus zoom, 0 shows everything. The same as a table: the button Table.
      </p>
      <div
        className={styles.picker}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select can't stand on a picture
        role="listbox"
        tabIndex={0}
        aria-label="Sessions by time"
        aria-describedby={`${id}-help`}
        aria-activedescendant={`${id}-${session}`}
        onKeyDown={press}
      >
        <div
          ref={option}
          id={`${id}-${session}`}
          className={styles.option}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option belongs to a select
          role="option"
          aria-selected={active !== null}
          aria-posinset={session + 1}
          aria-setsize={count}
          aria-label={told?.kind === 'session' ? sessionSentence(told.told) : sessionSpan(start, end, true)}
          data-active={active !== null || undefined}
          style={useBox(axis, view, places, session)}
        />
      </div>
    </>
  );
}

/** Where the bar of a session stands, as parts of the width and px of the height. */
function useBox(axis: Axis, view: TimeView, places: readonly LanePlace[], session: number) {
  const shown = useStore(view, (state) => state.shown);
  const track = axis.sessions.tracks[session] ?? 0;
  const place = places.flatMap(({ tracks }) => tracks).find((each) => each.track === track);
  const part = (time: number): number => Math.min(1, Math.max(0, (time - shown.from) / lengthOf(shown)));
  const start = axis.sessions.starts[session] ?? 0;
  const end = axis.sessions.ends[session] ?? start;
  const isSeen = place !== undefined && end >= shown.from && start <= shown.to;
  if (!isSeen)
    return { visibility: 'hidden', top: place?.top ?? 0, left: 0, width: 0, height: place?.height ?? 0 } as const;
  const left = part(start);
  return {
    top: place.top - 2,
    height: place.height + 4,
    left: `calc(${(left * 100).toFixed(3)}% - 2px)`,
    width: `calc(${((part(end) - left) * 100).toFixed(3)}% + 5px)`,
  } as const;
}
