/**
 * What a track shows in a window of time. Whatever the history's size, as much is looked at as fits on the pixels: arrays are
 * searched, never gone through, and what lies closer than a pixel is shown as one.
 */
import type { Axis, Spans, TickKind, Ticks } from './axis.ts';
import { tickKind } from './axis.ts';
import type { Scale } from './scale.ts';
import { timeAt, xOf } from './scale.ts';
import { firstAtLeast, nextAtLeast } from './search.ts';

/** Where x is CSS px from the left; may lie outside. */
export interface TrackPainter {
  bar(from: number, to: number): void;
  /** A line between the bars of a session. */
  gap(from: number, to: number): void;
  tick(x: number, kind: TickKind): void;
  /** How much happened in the pixels from x on. */
  density(x: number, count: number): void;
}

/** From so near on every moment has a tick: an hour on 40 px. */
export const TICKS_FROM_MS = 90_000;
/** Ticks nearer than this are one, px. */
const TICK_STEP = 2;
/** The width of a column of density, px. */
export const COLUMN = 2;
/** So many bars in a track are drawn each for itself, as parts of the width; more run together. */
const BARS_EACH = 1 / 4;
/** Bars nearer than this run together, px. */
const RUN_GAP = 1;

/** @returns how many numbers were looked at, searches counted as one */
export function paintTrack(axis: Axis, track: number, scale: Scale, painter: TrackPainter): number {
  return (
    paintSpans(axis.gaps, track, scale, (from, to) => painter.gap(from, to)) +
    paintSpans(axis.bars, track, scale, (from, to) => painter.bar(from, to)) +
    (scale.msPerPixel <= TICKS_FROM_MS
      ? paintTicks(axis.ticks, track, scale, painter) + paintTicks(axis.replies, track, scale, painter)
      : paintDensity(axis.ticks, track, scale, painter))
  );
}

type Paint = (from: number, to: number) => void;

function paintSpans(spans: Spans, track: number, scale: Scale, paint: Paint): number {
  const end = spans.from[track + 1] ?? 0;
  const first = firstAtLeast(spans.reach, scale.from, spans.from[track] ?? 0, end);
  const last = firstAtLeast(spans.starts, scale.to, first, end);
  const isFew = last - first <= scale.width * BARS_EACH;
  return isFew ? paintEach(spans, first, last, scale, paint) : paintRuns(spans, first, last, scale, paint);
}

function paintEach({ starts, ends }: Spans, first: number, last: number, scale: Scale, paint: Paint): number {
  for (let at = first; at < last; at += 1) {
    const end = ends[at] ?? 0;
    if (end >= scale.from) paint(xOf(scale, starts[at] ?? 0), xOf(scale, end));
  }
  return last - first;
}

/** Those that overlap or nearly touch as one. Each step goes a pixel on at least. */
function paintRuns({ starts, reach }: Spans, first: number, last: number, scale: Scale, paint: Paint): number {
  let visited = 0;
  for (let at = first; at < last;) {
    const from = Math.max(scale.from, starts[at] ?? 0);
    let to = from;
    let next = at;
    do {
      to = Math.min(scale.to, Math.max(reach[next] ?? 0, to));
      // the last one that begins before this run has ended
      next = nextAtLeast(starts, to + RUN_GAP * scale.msPerPixel, next + 1, last) - 1;
      visited += 1;
    } while ((reach[next] ?? 0) > to && to < scale.to);
    paint(xOf(scale, from), xOf(scale, to));
    at = next + 1;
  }
  return visited;
}

function paintTicks(ticks: Ticks, track: number, scale: Scale, painter: TrackPainter): number {
  const end = ticks.from[track + 1] ?? 0;
  let visited = 0;
  let at = firstAtLeast(ticks.times, scale.from, ticks.from[track] ?? 0, end);
  while (at < end) {
    const time = ticks.times[at] ?? 0;
    if (time > scale.to) break;
    visited += 1;
    painter.tick(xOf(scale, time), tickKind(ticks, at));
    at = nextAtLeast(ticks.times, time + TICK_STEP * scale.msPerPixel, at + 1, end);
  }
  return visited;
}

function paintDensity(ticks: Ticks, track: number, scale: Scale, painter: TrackPainter): number {
  const end = ticks.from[track + 1] ?? 0;
  let visited = 0;
  let at = firstAtLeast(ticks.times, scale.from, ticks.from[track] ?? 0, end);
  while (at < end) {
    // columns keep their place in time, so that they do not flicker when the window moves
    const column = Math.floor((ticks.times[at] ?? 0) / (COLUMN * scale.msPerPixel));
    const x = xOf(scale, column * COLUMN * scale.msPerPixel);
    if (x >= scale.width) break;
    const next = nextAtLeast(ticks.times, (column + 1) * COLUMN * scale.msPerPixel, at + 1, end);
    painter.density(x, next - at);
    visited += 1;
    at = next;
  }
  return visited;
}

/** The marks in a window, those nearer to each other than `step` px as one. */
export function paintMarks(
  axis: Axis,
  scale: Scale,
  step: number,
  paint: (x: number, mark: number, count: number) => void,
): number {
  const { times } = axis.marks;
  let visited = 0;
  let at = firstAtLeast(times, timeAt(scale, -step), 0, times.length);
  while (at < times.length) {
    const time = times[at] ?? 0;
    const x = xOf(scale, time);
    if (x > scale.width + step) break;
    const next = nextAtLeast(times, time + step * scale.msPerPixel, at + 1, times.length);
    paint(x, at, next - at);
    visited += 1;
    at = next;
  }
  return visited;
}
