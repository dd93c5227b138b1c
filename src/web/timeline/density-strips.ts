import type { TrackPlace } from '../../core/timeline/lane-layout.ts';
import { COLUMN } from '../../core/timeline/paint-track.ts';
import type { Scale } from '../../core/timeline/scale.ts';
import { xOf } from '../../core/timeline/scale.ts';
import { channelsOf } from './palette.ts';

/** One prompt is seen in three years. */
const LEAST_ALPHA = 90;

/**
 * Shading of many tracks as one small picture, a pixel a column and a row a track, each row then drawn as high as its track: to fill
 * ten thousand rectangles a frame would take too long.
 */
export class DensityStrips {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d');
  #picture: ImageData | null = null;
  #channels: readonly [number, number, number] = [0, 0, 0];
  #color = '';
  #columns = 0;

  begin(columns: number, rows: number, color: string): void {
    if (this.#color !== color) {
      this.#channels = channelsOf(color);
      this.#color = color;
    }
    this.#columns = columns;
    const isSame =
      this.#picture !== null && this.#picture.width === columns && this.#picture.height === Math.max(1, rows);
    if (isSame) this.#picture?.data.fill(0);
    else this.#picture = this.#context?.createImageData(columns, Math.max(1, rows)) ?? null;
  }

  /** Takes the density of one track: how much from x on. */
  row(row: number, scale: Scale): (x: number, count: number) => void {
    const data = this.#picture?.data;
    const [red, green, blue] = this.#channels;
    const first = firstColumn(scale);
    // so much in a column is full: a busy hour seen from near, a busy week from far
    const full = Math.log(4 + Math.min(1_500, (COLUMN * scale.msPerPixel) / 120_000));
    return (x, count) => {
      const column = Math.round((x - first) / COLUMN);
      if (data === undefined || column < 0 || column >= this.#columns) return;
      const at = (row * this.#columns + column) * 4;
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      data[at + 3] = Math.min(255, LEAST_ALPHA + ((255 - LEAST_ALPHA) * Math.log(1 + count)) / full);
    };
  }

  draw(context: CanvasRenderingContext2D, tracks: readonly TrackPlace[], scale: Scale, offset: number): void {
    if (this.#picture === null || this.#context === null) return;
    const { width, height } = this.#picture;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#context.putImageData(this.#picture, 0, 0);
    context.imageSmoothingEnabled = false;
    const first = firstColumn(scale);
    for (const [row, { top, height: high }] of tracks.entries()) {
      context.drawImage(this.#canvas, 0, row, width, 1, first, top - offset, width * COLUMN, high);
    }
  }
}

/** Where the column that holds the left edge begins, px. */
function firstColumn(scale: Scale): number {
  const length = COLUMN * scale.msPerPixel;
  return xOf(scale, Math.floor(scale.from / length) * length);
}
