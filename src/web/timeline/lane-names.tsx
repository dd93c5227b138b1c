import type { Axis } from '../../core/timeline/axis.ts';
import type { LanePlace } from '../../core/timeline/lane-layout.ts';
import { counted } from '../ui/format.ts';
import styles from './timeline.module.css';

/** Whose lane is which: beside it, or above it where it is narrow. */
export function LaneNames({ axis, places }: { readonly axis: Axis; readonly places: readonly LanePlace[] }) {
  return (
    <ul className={styles.names} aria-label="Projects">
      {places.map(({ lane, top, height }) => {
        const { path = '', name = '', sessions = 0 } = axis.lanes[lane] ?? {};
        return (
          <li
            key={path}
            className={styles.name}
            style={{ top, height }}
            title={`${path}: ${counted(sessions, 'session')}`}
          >
            {name === '' ? 'no project' : name}
          </li>
        );
      })}
    </ul>
  );
}

/** Beside the head of the axis. */
export function NameGutter({ hasMarks }: { readonly hasMarks: boolean }) {
  return <div className={styles.gutter}>{hasMarks && <span>Remembered</span>}</div>;
}
