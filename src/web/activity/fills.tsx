import type { GroupShare } from '../../core/model/activity-views.ts';
import styles from './activity.module.css';

/** Groups that are shown apart; the others are one. */
export const MOST_GROUPS = 7;

/** What tells a fill from the others without its colour, in a box of 6 by 6. */
const MARKS: readonly string[] = [
  '',
  'M-1 7L7 -1M-1 1L1 -1M5 7L7 5',
  'M0 3H6',
  'M2 3h2',
  'M-1 -1L7 7M5 -1L7 1M-1 5L1 7',
  'M3 0V6M0 3H6',
  'M3 0V6',
  'M1 3h1M4 3h1',
];

export function fillOf(place: number): string {
  return place === 0 ? 'var(--persona-0)' : `url(#activity-fill-${place})`;
}

/** The fills of all charts of the screen. */
export function Fills() {
  return (
    <svg className={styles.fills} aria-hidden>
      <defs>
        {MARKS.map((mark, place) => (
          <pattern key={mark} id={`activity-fill-${place}`} width={6} height={6} patternUnits="userSpaceOnUse">
            <rect width={6} height={6} fill={colorOf(place)} fillOpacity={0.28} />
            <path d={mark} stroke={colorOf(place)} strokeWidth={1.6} fill="none" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

function colorOf(place: number): string {
  return `var(--persona-${place})`;
}

/** A group’s place among those shown. */
export function placesOf(groups: readonly GroupShare[]): ReadonlyMap<string, number> {
  return new Map(groups.map(({ key }, at) => [key, Math.min(at, MOST_GROUPS)]));
}

export function Swatch({ place }: { place: number }) {
  return (
    <svg className={styles.swatch} viewBox="0 0 12 12" width={12} height={12} aria-hidden>
      <rect x={0.5} y={0.5} width={11} height={11} fill={fillOf(place)} stroke={colorOf(place)} />
    </svg>
  );
}
