import { clock, exact } from '../ui/format.ts';
import type { Hovered } from './chart.tsx';
import styles from './timeline.module.css';
import { useTold } from './use-told.ts';
import { keptWords, MARK_NAMES, sessionSpan } from './words.ts';

interface TooltipProps {
  readonly persona: string;
  readonly version: number;
  readonly hovered: Hovered;
}

/** What is under the pointer, with exact times. */
export function Tooltip({ persona, version, hovered }: TooltipProps) {
  const { place, x, y } = hovered;
  const told = useTold(persona, version, place);
  if (told === null) return null;
  const time = place.kind === 'session' ? place.time : null;
  return (
    <div
      className={styles.tooltip}
      aria-hidden
      style={{ left: `clamp(8px, ${x + 12}px, calc(100% - 21rem))`, top: y + 16 }}
    >
      {told.kind === 'mark' ? (
        <>
          <p className={styles.tipHead}>
            {MARK_NAMES[told.told.kind]}: {told.told.name}
          </p>
          <p>“{told.told.text}”</p>
          <p>{exact(told.told.time)}</p>
        </>
      ) : (
        <>
          <p className={styles.tipHead}>{told.told.title}</p>
          <p>
            {told.told.projectName} · {sessionSpan(told.told.start, told.told.end, told.told.isEndKnown)}
          </p>
          <p>
            {keptWords(told.told)}
            {time !== null && ` · here ${clock(time)}`}
          </p>
        </>
      )}
    </div>
  );
}
