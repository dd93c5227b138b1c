import type { TimeWindow } from './window.ts';

/** Time on a width of pixels. */
export interface Scale extends TimeWindow {
  /** CSS px */
  readonly width: number;
  readonly msPerPixel: number;
}

export function scaleOf({ from, to }: TimeWindow, width: number): Scale {
  return { from, to, width, msPerPixel: (to - from) / Math.max(1, width) };
}

export function xOf({ from, msPerPixel }: Scale, time: number): number {
  return (time - from) / msPerPixel;
}

export function timeAt({ from, msPerPixel }: Scale, x: number): number {
  return from + x * msPerPixel;
}
