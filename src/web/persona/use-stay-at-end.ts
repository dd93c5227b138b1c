import type { RefObject } from 'react';
import { useEffect } from 'react';

/** Who is nearer than this to the end reads the end, px. */
const NEAR = 80;
const INPUTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * A list that shows its end still does when it becomes lower, and when what is in it grows before anyone has touched it.
 *
 * @param beginsAtEnd whether it shows its end at first
 */
export function useStayAtEnd(scroller: RefObject<HTMLElement | null>, beginsAtEnd: boolean): void {
  useEffect(() => {
    const list = scroller.current;
    if (list === null) return undefined;
    const fromEnd = (): number => list.scrollHeight - list.scrollTop - list.clientHeight;
    let isTouched = !beginsAtEnd;
    let height = list.clientHeight;
    const touch = (): void => {
      isTouched = true;
    };
    for (const input of INPUTS) window.addEventListener(input, touch, { once: true, passive: true, capture: true });
    const sizes = new ResizeObserver(() => {
      const lost = Math.max(0, height - list.clientHeight);
      height = list.clientHeight;
      if (!isTouched || (lost > 0 && fromEnd() - lost < NEAR)) list.scrollTop = list.scrollHeight;
    });
    for (const element of [list, ...list.querySelectorAll('[data-testid="virtuoso-item-list"]')])
      sizes.observe(element);
    return () => {
      sizes.disconnect();
      for (const input of INPUTS) window.removeEventListener(input, touch, { capture: true });
    };
    // oxlint-disable-next-line react/exhaustive-deps -- as it was when the list came
  }, [scroller]);
}
