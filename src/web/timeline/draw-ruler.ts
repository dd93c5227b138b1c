/** The head of the axis: when it is, what is kept, and what is remembered. */
import type { Axis } from '../../core/timeline/axis.ts';
import { markKind } from '../../core/timeline/axis.ts';
import { paintMarks } from '../../core/timeline/paint-track.ts';
import type { Scale } from '../../core/timeline/scale.ts';
import { xOf } from '../../core/timeline/scale.ts';
import type { AxisLabels } from './axis-labels.ts';
import { MARK_STEP, traceMark } from './mark-shapes.ts';
import type { Palette } from './palette.ts';

/** CSS px */
export const RULER = { context: 18, labels: 16, marks: 16 } as const;
export const SANS = '11px system-ui, sans-serif';
const SERIF = 'italic 13px "Newsreader Variable", Georgia, serif';

export function drawRuler(
  context: CanvasRenderingContext2D,
  labels: AxisLabels,
  palette: Palette,
  width: number,
): void {
  context.textBaseline = 'alphabetic';
  context.font = SERIF;
  context.fillStyle = palette.soft;
  for (const [at, { x, label }] of labels.contexts.entries()) {
    const end = (labels.contexts[at + 1]?.x ?? width + 1_000) - 10;
    const left = Math.max(x + 1, 1);
    // pushed out by the next one
    const room = end - left;
    const needed = context.measureText(label).width;
    if (room > 12) context.fillText(label, needed > room ? end - needed : left, RULER.context - 5);
  }
  context.font = SANS;
  for (const { x, label, isStrong } of labels.lines) {
    context.fillStyle = isStrong ? palette.ink : palette.faint;
    if (x > width - 12) continue;
    context.fillText(label, x + 4, RULER.context + RULER.labels - 5);
  }
}

export function drawMarks(context: CanvasRenderingContext2D, axis: Axis, scale: Scale, palette: Palette): void {
  const middle = RULER.context + RULER.labels + RULER.marks / 2 - 1;
  context.fillStyle = palette.accent;
  paintMarks(axis, scale, MARK_STEP, (x, mark, count) => {
    context.beginPath();
    traceMark(context, markKind(axis, mark), x, middle);
    context.fill();
    // more than one stand here
    if (count > 1) context.fillRect(x - 1, middle + 5.5, 2, 1);
  });
}

/** What is kept is on a darker ground; beyond the line of 14 days the least used may be let go. */
export function drawGround(
  context: CanvasRenderingContext2D,
  { keptFrom, now }: Axis,
  scale: Scale,
  palette: Palette,
  { top, height }: { readonly top: number; readonly height: number },
): void {
  if (keptFrom === null) return;
  const from = Math.max(0, xOf(scale, keptFrom));
  const to = Math.min(scale.width, xOf(scale, now));
  context.fillStyle = palette.sunk;
  if (to > from) context.fillRect(from, top, to - from, height);
}

export function drawVertical(
  context: CanvasRenderingContext2D,
  x: number,
  color: string,
  height: number,
  dash: readonly number[] = [],
): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.setLineDash([...dash]);
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, 0);
  context.lineTo(Math.round(x) + 0.5, height);
  context.stroke();
  context.setLineDash([]);
}
