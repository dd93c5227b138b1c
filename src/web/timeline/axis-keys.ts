import type { Axis } from '../../core/timeline/axis.ts';
import type { TimeWindow } from '../../core/timeline/window.ts';
import { endingNow, lengthOf, moved, zoomed } from '../../core/timeline/window.ts';

type Move = (shown: TimeWindow, whole: TimeWindow) => TimeWindow;

/** What a key does to the window; null: it is no key of the axis. */
export function moveOfKey(key: string, isShift: boolean, axis: Axis): Move | null {
  const step = isShift ? 0.6 : 0.15;
  const middle = ({ from, to }: TimeWindow): number => (from + to) / 2;
  switch (key) {
    case 'ArrowLeft':
      return (shown, whole) => moved(shown, -step * lengthOf(shown), whole);
    case 'ArrowRight':
      return (shown, whole) => moved(shown, step * lengthOf(shown), whole);
    case '+':
    case '=':
      return (shown, whole) => zoomed(shown, 0.6, middle(shown), whole);
    case '-':
    case '_':
      return (shown, whole) => zoomed(shown, 1 / 0.6, middle(shown), whole);
    case 'Home':
      return (shown, whole) => moved(shown, whole.from - shown.from, whole);
    case 'End':
      // to now, which is the end unless a clock was ahead
      return (shown, whole) => endingNow(shown, axis.now, whole);
    case '0':
      return (_, whole) => whole;
    default:
      return null;
  }
}
