import type { Axis } from '../../core/timeline/axis.ts';
import type { ItemKind } from '../../core/model/item.ts';
import { ITEM_KINDS } from '../../core/model/item.ts';
import { traceMark } from './mark-shapes.ts';
import styles from './timeline.module.css';
import { MARK_NAMES } from './words.ts';

/** What the signs on the axis mean: those that are on it. */
export function Legend({ axis }: { axis: Axis }) {
  const found = new Set(axis.marks.kinds);
  const kinds = ITEM_KINDS.filter((_, at) => found.has(at));
  return (
    <ul className={styles.legend} aria-label="Signs">
      <li className={styles.human}>You</li>
      <li className={styles.assistant}>Agent</li>
      <li className={styles.tool}>Tool</li>
      {axis.keptFrom !== null && <li className={styles.kept}>Kept</li>}
      {kinds.map((kind) => (
        <li key={kind}>
          <Sign kind={kind} />
          {MARK_NAMES[kind]}
        </li>
      ))}
    </ul>
  );
}

export function Sign({ kind }: { kind: ItemKind }) {
  return (
    <svg width="10" height="10" viewBox="-5 -5 10 10" aria-hidden focusable="false" className={styles.sign}>
      <path d={outline(kind)} />
    </svg>
  );
}

/** The same shape as on the canvas. */
function outline(kind: ItemKind): string {
  const parts: string[] = [];
  const path = {
    moveTo: (x: number, y: number) => void parts.push(`M${x} ${y}`),
    lineTo: (x: number, y: number) => void parts.push(`L${x} ${y}`),
    closePath: () => void parts.push('Z'),
    rect: (x: number, y: number, width: number, height: number) =>
      void parts.push(`M${x} ${y}h${width}v${height}h${-width}Z`),
    arc: (x: number, y: number, r: number) =>
      void parts.push(`M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`),
  };
  traceMark(path, kind, 0, 0);
  return parts.join('');
}
