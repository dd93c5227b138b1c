import type { PointerEvent } from 'react';
import { useCallback, useRef } from 'react';
import { useStore } from 'zustand';
import type { Axis } from '../../core/timeline/axis.ts';
import { scaleOf, timeAt, xOf } from '../../core/timeline/scale.ts';
import type { TimeWindow } from '../../core/timeline/window.ts';
import { lengthOf, moved, within } from '../../core/timeline/window.ts';
import { drawGround } from './draw-ruler.ts';
import type { Palette } from './palette.ts';
import type { TimeView } from './time-view.ts';
import { isWhole, look } from './time-view.ts';
import styles from './timeline.module.css';
import type { Draw } from './use-canvas.ts';
import { useCanvas } from './use-canvas.ts';

interface OverviewProps {
  readonly axis: Axis;
  readonly view: TimeView;
  readonly palette: Palette;
}

/** An edge of the brush is taken so near to it, px. */
const EDGE = 8;
/** So far a pointer goes before it draws a new range, px. */
const DRAG_FROM = 4;

/** All of the time in one strip, with a brush over what is looked at: drawn, moved, or taken at an edge. */
export function Overview({ axis, view, palette }: OverviewProps) {
  const draw: Draw = (context, width, height) => drawOverview(context, axis, view, palette, { width, height });
  const subscribe = useCallback(
    (listener: () => void) =>
      view.subscribe((now, before) => {
        // what is shown is the brush alone
        if (now.whole !== before.whole || now.reading !== before.reading) listener();
      }),
    [view],
  );
  const canvas = useCanvas(draw, subscribe);
  const grab = useRef<Grab | null>(null);
  const xIn = ({ clientX }: PointerEvent): number => clientX - (canvas.current?.getBoundingClientRect().left ?? 0);
  const width = (): number => canvas.current?.clientWidth ?? 1;

  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grab.current = grabOf(view, xIn(event), width());
  };
  const drag = (event: PointerEvent): void => {
    if (grab.current !== null) pull(view, grab.current, xIn(event), width());
  };
  const end = (event: PointerEvent): void => {
    const held = grab.current;
    grab.current = null;
    if (held?.part !== 'new' || Math.abs(xIn(event) - held.x) >= DRAG_FROM) return;
    const { whole, shown } = view.getState();
    const time = timeAt(scaleOf(whole, width()), held.x);
    look(view, () => moved(shown, time - (shown.from + shown.to) / 2, whole));
  };
  return (
    <div
      className={styles.overview}
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={end}
      onPointerCancel={() => (grab.current = null)}
      onDoubleClick={() => look(view, (_, whole) => whole)}
    >
      <canvas ref={canvas} aria-hidden />
      <Brush view={view} />
    </div>
  );
}

function Brush({ view }: { readonly view: TimeView }) {
  const { shown, whole } = useStore(view);
  if (isWhole(shown, whole)) return null;
  const part = (time: number): string => `${(((time - whole.from) / lengthOf(whole)) * 100).toFixed(3)}%`;
  return (
    <>
      <div className={styles.veil} style={{ left: 0, width: part(shown.from) }} />
      <div className={styles.brush} style={{ left: part(shown.from), width: part(whole.from + lengthOf(shown)) }} />
      <div className={styles.veil} style={{ left: part(shown.to), right: 0 }} />
    </>
  );
}

interface Grab {
  readonly part: 'from' | 'to' | 'brush' | 'new';
  readonly x: number;
  readonly shown: TimeWindow;
}

function grabOf(view: TimeView, x: number, width: number): Grab {
  const { shown, whole } = view.getState();
  const scale = scaleOf(whole, width);
  const [from, to] = [xOf(scale, shown.from), xOf(scale, shown.to)];
  const partOf = (): Grab['part'] => {
    if (isWhole(shown, whole)) return 'new';
    // a narrow brush is moved: it would be all edge
    const edge = to - from > 4 * EDGE ? EDGE : EDGE / 2;
    if (to - from > 2 * EDGE && Math.abs(x - from) <= edge) return 'from';
    if (to - from > 2 * EDGE && Math.abs(x - to) <= edge) return 'to';
    return x >= from - EDGE && x <= to + EDGE ? 'brush' : 'new';
  };
  return { part: partOf(), x, shown };
}

function pull(view: TimeView, { part, x: begun, shown }: Grab, x: number, width: number): void {
  if (part === 'new' && Math.abs(x - begun) < DRAG_FROM) return;
  const { whole } = view.getState();
  const scale = scaleOf(whole, width);
  const by = (x - begun) * scale.msPerPixel;
  if (part === 'brush') return look(view, () => moved(shown, by, whole));
  const [a, b] = {
    from: [shown.from + by, shown.to],
    to: [shown.from, shown.to + by],
    new: [timeAt(scale, begun), timeAt(scale, x)],
  }[part];
  look(view, () => within({ from: Math.min(a ?? 0, b ?? 0), to: Math.max(a ?? 0, b ?? 0) }, whole));
}

function drawOverview(
  context: CanvasRenderingContext2D,
  axis: Axis,
  view: TimeView,
  palette: Palette,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const { whole, reading } = view.getState();
  const scale = scaleOf(whole, width);
  drawGround(context, axis, scale, palette, { top: 0, height });
  const parts = axis.overview;
  const left = xOf(scale, axis.first);
  const step = (xOf(scale, axis.last) - left) / parts.length;
  const most = Math.sqrt(parts.reduce((max, count) => Math.max(max, count), 1));
  context.fillStyle = palette.persona;
  for (const [at, count] of parts.entries()) {
    if (count === 0) continue;
    const high = Math.max(2, (Math.sqrt(count) / most) * (height - 4));
    context.fillRect(left + at * step, height - high, Math.max(1, step - 0.5), high);
  }
  context.fillStyle = palette.hairline;
  context.fillRect(0, height - 1, width, 1);
  if (reading === null) return;
  context.fillStyle = palette.accent;
  context.fillRect(
    xOf(scale, reading.from) - 1,
    0,
    Math.max(2, (reading.to - reading.from) / scale.msPerPixel),
    height,
  );
}
