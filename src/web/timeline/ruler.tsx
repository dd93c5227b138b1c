import type { Axis } from '../../core/timeline/axis.ts';
import { DAY_MS, MAX_AGE_DAYS } from '../../core/model/constants.ts';
import { scaleOf, xOf } from '../../core/timeline/scale.ts';
import { axisLabels } from './axis-labels.ts';
import { drawGround, drawMarks, drawRuler, drawVertical, RULER } from './draw-ruler.ts';
import type { Palette } from './palette.ts';
import type { TimeView } from './time-view.ts';
import styles from './timeline.module.css';
import type { Draw } from './use-canvas.ts';
import { useCanvas } from './use-canvas.ts';

interface RulerProps {
  readonly axis: Axis;
  readonly view: TimeView;
  readonly palette: Palette;
}

/** When it is that is looked at, and what is remembered of it. */
export function Ruler({ axis, view, palette }: RulerProps) {
  const hasMarks = axis.marks.times.length > 0;
  const draw: Draw = (context, width, height) => {
    const { shown, reading } = view.getState();
    const scale = scaleOf(shown, width);
    drawGround(context, axis, scale, palette, { top: RULER.context + RULER.labels, height });
    const labels = axisLabels(scale);
    for (const { x, isStrong } of labels.lines) {
      context.fillStyle = isStrong ? palette.faint : palette.hairline;
      context.fillRect(Math.round(x), RULER.context + 4, 1, height);
    }
    drawRuler(context, labels, palette, width);
    if (hasMarks) drawMarks(context, axis, scale, palette);
    const limit = xOf(scale, axis.now - MAX_AGE_DAYS * DAY_MS);
    if (limit > 0 && limit < width) drawVertical(context, limit, palette.accent, height, [3, 3]);
    if (reading !== null) drawReading(context, xOf(scale, reading.from), xOf(scale, reading.to), palette, height);
  };
  const canvas = useCanvas(draw, view.subscribe);
  const height = RULER.context + RULER.labels + (hasMarks ? RULER.marks : 4);
  return (
    <div className={styles.ruler} style={{ height }}>
      <canvas ref={canvas} aria-hidden />
    </div>
  );
}

/** What is in sight in the conversation: a bar that stands on the lanes. */
function drawReading(
  context: CanvasRenderingContext2D,
  from: number,
  to: number,
  palette: Palette,
  height: number,
): void {
  const length = Math.max(3, to - from);
  context.fillStyle = palette.accent;
  context.fillRect(from - (length - (to - from)) / 2, height - 3, length, 3);
}
