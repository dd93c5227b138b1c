import type { RefObject } from 'react';
import { useEffect, useImperativeHandle, useState } from 'react';
import type { Axis } from '../../core/timeline/axis.ts';
import { DAY_MS, MAX_AGE_DAYS } from '../../core/model/constants.ts';
import type { LanePlace } from '../../core/timeline/lane-layout.ts';
import { scaleOf, xOf } from '../../core/timeline/scale.ts';
import { axisLabels } from './axis-labels.ts';
import { LaneDrawing } from './draw-lanes.ts';
import { drawGround, drawVertical, SANS } from './draw-ruler.ts';
import type { Palette } from './palette.ts';
import type { TimeView } from './time-view.ts';
import styles from './timeline.module.css';
import type { Draw } from './use-canvas.ts';
import { useCanvas } from './use-canvas.ts';

interface LanesProps {
  /** Is given the canvas. */
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** What scrolls over it. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly axis: Axis;
  readonly view: TimeView;
  readonly palette: Palette;
  readonly places: readonly LanePlace[];
}

/** The lanes, drawn: the picture behind what the keyboard and the screen reader reach. */
export function Lanes({ canvas: outer, scroller, axis, view, palette, places }: LanesProps) {
  const [drawing] = useState(() => new LaneDrawing());
  const [offset, setOffset] = useState(0);
  const draw: Draw = (context, width, height) => {
    const { shown, reading } = view.getState();
    const scale = scaleOf(shown, width);
    drawGround(context, axis, scale, palette, { top: 0, height });
    for (const { x, isStrong } of axisLabels(scale).lines) {
      context.fillStyle = palette.hairline;
      context.globalAlpha = isStrong ? 1 : 0.55;
      context.fillRect(Math.round(x), 0, 1, height);
    }
    context.globalAlpha = 1;
    drawing.draw(context, axis, places, scale, palette, { offset, height });
    drawLimit(context, xOf(scale, axis.now - MAX_AGE_DAYS * DAY_MS), palette, width, height);
    drawVertical(context, xOf(scale, axis.now), palette.faint, height);
    if (reading !== null) drawVertical(context, xOf(scale, (reading.from + reading.to) / 2), palette.accent, height);
  };
  const canvas = useCanvas(draw, view.subscribe);
  useImperativeHandle(outer, () => {
    if (canvas.current === null) throw new Error('the canvas is not there');
    return canvas.current;
  });
  useEffect(() => {
    const element = scroller.current;
    const look = (): void => setOffset(element?.scrollTop ?? 0);
    element?.addEventListener('scroll', look, { passive: true });
    return () => element?.removeEventListener('scroll', look);
  }, [scroller]);
  return <canvas ref={canvas} className={styles.picture} aria-hidden />;
}

/** What is older may be let go. */
function drawLimit(
  context: CanvasRenderingContext2D,
  x: number,
  palette: Palette,
  width: number,
  height: number,
): void {
  if (x < 0 || x > width) return;
  drawVertical(context, x, palette.accent, height, [3, 3]);
  context.font = SANS;
  context.textBaseline = 'alphabetic';
  const label = `${MAX_AGE_DAYS} days`;
  const wide = context.measureText(label).width;
  const left = x + wide + 8 > width ? x - wide - 4 : x + 4;
  context.fillStyle = palette.paper;
  context.fillRect(left - 2, height - 16, wide + 4, 15);
  context.fillStyle = palette.accent;
  context.fillText(label, left, height - 5);
}
