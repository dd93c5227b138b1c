/** Bars, the lines between them, and what happened in them: as much as fits on the pixels, each frame anew. */
import type { Axis, TickKind } from '../../core/timeline/axis.ts';
import type { LanePlace, TrackPlace } from '../../core/timeline/lane-layout.ts';
import { COLUMN, paintTrack, TICKS_FROM_MS } from '../../core/timeline/paint-track.ts';
import type { Scale } from '../../core/timeline/scale.ts';
import { DensityStrips } from './density-strips.ts';
import type { Palette } from './palette.ts';

/** The height of ticks as a part of their bar. */
const TICK_HEIGHT: Readonly<Record<TickKind, number>> = { human: 1, assistant: 0.6, tool: 0.35 };
/** A bar is never narrower, px. */
const LEAST_BAR = 2;
const BAR_ALPHA = { far: 0.45, near: 0.22 } as const;

export class LaneDrawing {
  readonly #strips = new DensityStrips();

  /** @param offset px that the lanes are scrolled down */
  draw(
    context: CanvasRenderingContext2D,
    axis: Axis,
    places: readonly LanePlace[],
    scale: Scale,
    palette: Palette,
    { offset, height }: { readonly offset: number; readonly height: number },
  ): void {
    const inSight = places.filter(({ top, height: high }) => top + high > offset && top < offset + height);
    const tracks = inSight.flatMap(({ tracks }) => tracks);
    context.strokeStyle = palette.hairline;
    context.lineWidth = 1;
    context.beginPath();
    for (const { top, height: high } of inSight) {
      const y = Math.round(top + high - offset) - 0.5;
      context.moveTo(0, y);
      context.lineTo(scale.width, y);
    }
    context.stroke();
    const isNear = scale.msPerPixel <= TICKS_FROM_MS;
    const columns = Math.ceil(scale.width / COLUMN) + 2;
    this.#strips.begin(columns, tracks.length, palette.persona);
    const ticks: Record<TickKind, number[]> = { human: [], assistant: [], tool: [] };
    for (const [row, place] of tracks.entries()) {
      this.#track(context, axis, place, scale, palette, { offset, isNear, row, ticks });
    }
    if (isNear) drawTicks(context, ticks, palette);
    else this.#strips.draw(context, tracks, scale, offset);
  }

  #track(
    context: CanvasRenderingContext2D,
    axis: Axis,
    { track, top, height }: TrackPlace,
    scale: Scale,
    palette: Palette,
    { offset, isNear, row, ticks }: Frame,
  ): void {
    const y = top - offset;
    const strip = this.#strips.row(row, scale);
    context.fillStyle = palette.persona;
    context.globalAlpha = isNear ? BAR_ALPHA.near : BAR_ALPHA.far;
    paintTrack(axis, track, scale, {
      bar: (from, to) => {
        const left = Math.max(-1, from);
        context.fillRect(left, y, Math.max(LEAST_BAR, Math.min(scale.width + 1, to) - left), height);
      },
      gap: (from, to) => {
        const left = Math.max(-1, from);
        context.globalAlpha = 1;
        context.fillRect(left, Math.round(y + height / 2), Math.min(scale.width + 1, to) - left, 0.75);
        context.globalAlpha = isNear ? BAR_ALPHA.near : BAR_ALPHA.far;
      },
      tick: (x, kind) => {
        const high = height * TICK_HEIGHT[kind];
        ticks[kind].push(Math.round(x), y + height - high, high);
      },
      density: strip,
    });
    context.globalAlpha = 1;
  }
}

interface Frame {
  readonly offset: number;
  readonly isNear: boolean;
  readonly row: number;
  readonly ticks: Readonly<Record<TickKind, number[]>>;
}

function drawTicks(
  context: CanvasRenderingContext2D,
  ticks: Readonly<Record<TickKind, number[]>>,
  palette: Palette,
): void {
  for (const kind of ['tool', 'assistant', 'human'] as const) {
    context.fillStyle = palette[kind];
    const numbers = ticks[kind];
    for (let at = 0; at < numbers.length; at += 3) {
      context.fillRect(numbers[at] ?? 0, numbers[at + 1] ?? 0, 1, numbers[at + 2] ?? 0);
    }
  }
}
