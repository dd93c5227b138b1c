/** What is under the pointer. */
import type { Axis, TickKind, Ticks } from './axis.ts';
import { tickKind } from './axis.ts';
import { TICKS_FROM_MS } from './paint-track.ts';
import type { Scale } from './scale.ts';
import { timeAt } from './scale.ts';
import { firstAtLeast } from './search.ts';

export interface SessionHit {
  readonly session: number;
  /** What is meant of it; null: the session as a whole. */
  readonly time: number | null;
  /** What happened at that time, when it is a moment. */
  readonly kind: TickKind | null;
}

/** Pixels beside it that still hit. */
const SLOP = 4;
/** Bars that are looked at: where more lie over each other, one of the newest is hit. */
const MOST = 400;

/** What of a track is at a pixel: the nearest tick where ticks are drawn, else the shortest bar there. */
export function hitTrack(axis: Axis, track: number, scale: Scale, x: number, slop = SLOP): SessionHit | null {
  const time = timeAt(scale, x);
  const reach = slop * scale.msPerPixel;
  if (scale.msPerPixel <= TICKS_FROM_MS) {
    const near = [axis.ticks, axis.replies].flatMap((ticks) => nearestTick(ticks, track, time) ?? []);
    const [nearest] = near.sort((a, b) => Math.abs(a.time - time) - Math.abs(b.time - time));
    if (nearest !== undefined && Math.abs(nearest.time - time) <= reach) return nearest;
  }
  const bar = barAt(axis, track, time, reach);
  if (bar === null) return null;
  const length = (axis.bars.ends[bar] ?? 0) - (axis.bars.starts[bar] ?? 0);
  const isWide = length / scale.msPerPixel > 2 * slop;
  return { session: axis.bars.sessions[bar] ?? 0, time: isWide ? time : null, kind: null };
}

function nearestTick(ticks: Ticks, track: number, time: number): (SessionHit & { readonly time: number }) | null {
  const from = ticks.from[track] ?? 0;
  const end = ticks.from[track + 1] ?? 0;
  if (from === end) return null;
  const after = firstAtLeast(ticks.times, time, from, end);
  const far = (at: number): number => (at < from || at >= end ? Infinity : Math.abs((ticks.times[at] ?? 0) - time));
  const nearest = far(after - 1) < far(after) ? after - 1 : after;
  return { session: ticks.sessions[nearest] ?? 0, time: ticks.times[nearest] ?? 0, kind: tickKind(ticks, nearest) };
}

function barAt({ bars }: Axis, track: number, time: number, reach: number): number | null {
  const from = bars.from[track] ?? 0;
  let best: number | null = null;
  let bestFar = Infinity;
  let bestLength = Infinity;
  const last = firstAtLeast(bars.starts, time + reach, from, bars.from[track + 1] ?? 0) - 1;
  for (let at = last; at >= Math.max(from, last - MOST) && (bars.reach[at] ?? 0) >= time - reach; at -= 1) {
    const start = bars.starts[at] ?? 0;
    const end = bars.ends[at] ?? 0;
    const far = Math.max(start - time, time - end, 0);
    const length = end - start;
    if (far > reach || far > bestFar || (far === bestFar && length >= bestLength)) continue;
    [best, bestFar, bestLength] = [at, far, length];
  }
  return best;
}

/** The mark nearest to a pixel, if it is near enough. */
export function hitMark({ marks }: Axis, scale: Scale, x: number, slop = SLOP): number | null {
  const time = timeAt(scale, x);
  const after = firstAtLeast(marks.times, time, 0, marks.times.length);
  const far = (at: number): number => Math.abs((marks.times[at] ?? Infinity) - time) / scale.msPerPixel;
  const nearest = far(after - 1) < far(after) ? after - 1 : after;
  return far(nearest) <= slop ? nearest : null;
}
