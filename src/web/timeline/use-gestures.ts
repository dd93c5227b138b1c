/** Wheel, drag and pinch over the axis. */
import type { PointerEvent, RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { timeAt, scaleOf } from '../../core/timeline/scale.ts';
import { moved, zoomed } from '../../core/timeline/window.ts';
import type { TimeView } from './time-view.ts';
import { look } from './time-view.ts';

/** A pointer that went farther than this drags, px. */
const DRAG_FROM = 4;
/** How much nearer with each px of a wheel; a pinch on a trackpad comes as a small wheel with Ctrl. */
const WHEEL = 0.0022;
const PINCH = 0.012;
const LINE_PX = 16;

interface Finger {
  x: number;
  readonly begunX: number;
  readonly begunY: number;
}

interface Gestures {
  readonly view: TimeView;
  /** What the axis is drawn on: x is counted from its left. */
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** What takes the gestures. */
  readonly area: RefObject<HTMLElement | null>;
  readonly onClick: (event: PointerEvent) => void;
  /** Null: the pointer is elsewhere, or drags. */
  readonly onHover: (event: PointerEvent | null) => void;
}

export function useGestures({ view, canvas, area, onClick, onHover }: Gestures) {
  const fingers = useRef(new Map<number, Finger>());
  const hasDragged = useRef(false);
  useWheel(view, canvas, area);

  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const { pointerId, clientX, clientY } = event;
    if (fingers.current.size === 0) hasDragged.current = false;
    fingers.current.set(pointerId, { x: clientX, begunX: clientX, begunY: clientY });
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    // it was let go outside, before it was a drag
    if (event.buttons === 0) fingers.current.delete(event.pointerId);
    const finger = fingers.current.get(event.pointerId);
    if (finger === undefined) {
      onHover(event.pointerType === 'mouse' ? event : null);
      return;
    }
    const far = Math.hypot(event.clientX - finger.begunX, event.clientY - finger.begunY);
    if (!hasDragged.current && far < DRAG_FROM && fingers.current.size === 1) return;
    if (!hasDragged.current) {
      hasDragged.current = true;
      // not before: a click goes to what is below
      event.currentTarget.setPointerCapture(event.pointerId);
      onHover(null);
    }
    drag(view, canvas.current, [...fingers.current.values()], finger, event.clientX);
  };
  const up = (event: PointerEvent): void => {
    const wasDown = fingers.current.delete(event.pointerId);
    if (wasDown && !hasDragged.current) onClick(event);
  };
  const cancel = (event: PointerEvent): void => {
    fingers.current.delete(event.pointerId);
    onHover(null);
  };
  return {
    onPointerDown: down,
    onPointerMove: move,
    onPointerUp: up,
    onPointerCancel: cancel,
    onPointerLeave: (event: PointerEvent) => {
      if (!fingers.current.has(event.pointerId)) onHover(null);
    },
  };
}

/** One finger moves the window; of two, the times under them stay under them. */
function drag(
  view: TimeView,
  canvas: HTMLCanvasElement | null,
  all: readonly Finger[],
  finger: Finger,
  x: number,
): void {
  if (canvas === null) return;
  const { left, width } = canvas.getBoundingClientRect();
  const scale = scaleOf(view.getState().shown, width);
  const other = all.find((each) => each !== finger);
  const before = finger.x;
  finger.x = x;
  if (other === undefined) {
    look(view, (shown, whole) => moved(shown, (before - x) * scale.msPerPixel, whole));
    return;
  }
  const [apart, now] = [Math.abs(before - other.x), Math.abs(x - other.x)];
  if (apart < 2 || now < 2) return;
  look(view, (shown, whole) => zoomed(shown, apart / now, timeAt(scale, other.x - left), whole));
}

/** React listens to wheels passively, and then the page would be zoomed as well. */
function useWheel(view: TimeView, canvas: Gestures['canvas'], area: Gestures['area']): void {
  useEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    const turn = (event: WheelEvent): void => {
      if (canvas.current === null || event.altKey) return;
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      const [across, along] = [event.deltaX * unit, event.deltaY * unit];
      const { left, width } = canvas.current.getBoundingClientRect();
      const scale = scaleOf(view.getState().shown, width);
      const sideways = event.shiftKey && across === 0 ? along : across;
      if (event.shiftKey || Math.abs(across) > Math.abs(along)) {
        look(view, (shown, whole) => moved(shown, sideways * scale.msPerPixel, whole));
        return;
      }
      const factor = Math.exp(along * (event.ctrlKey && event.deltaMode === 0 && Math.abs(along) < 50 ? PINCH : WHEEL));
      look(view, (shown, whole) => zoomed(shown, factor, timeAt(scale, event.clientX - left), whole));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [view, canvas, area]);
}
