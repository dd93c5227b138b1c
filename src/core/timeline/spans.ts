import type { Spans, Ticks } from './axis.ts';

export interface TrackSpan {
  readonly track: number;
  readonly start: number;
  readonly end: number;
  readonly session: number;
}

export function spansOf(spans: readonly TrackSpan[], tracks: number): Spans {
  const sorted = spans.toSorted((a, b) => a.track - b.track || a.start - b.start || a.session - b.session);
  const from = offsets(sorted, ({ track }) => track, tracks);
  const reach = new Float64Array(sorted.length);
  for (const [at, { track, end }] of sorted.entries()) {
    const isFirst = at === from[track];
    reach[at] = isFirst ? end : Math.max(end, reach[at - 1] ?? end);
  }
  return {
    from,
    starts: Float64Array.from(sorted, ({ start }) => start),
    ends: Float64Array.from(sorted, ({ end }) => end),
    reach,
    sessions: Uint32Array.from(sorted, ({ session }) => session),
  };
}

/** The moments of one session, by time. */
export interface SessionMoments {
  readonly session: number;
  readonly track: number;
  readonly times: ArrayLike<number>;
  readonly kinds: ArrayLike<number>;
}

export function ticksOf(sessions: readonly SessionMoments[], tracks: number): Ticks {
  const from = new Uint32Array(tracks + 1);
  for (const { track, times } of sessions) from[track + 1] = (from[track + 1] ?? 0) + times.length;
  for (let track = 0; track < tracks; track += 1) from[track + 1] = (from[track + 1] ?? 0) + (from[track] ?? 0);
  const count = from[tracks] ?? 0;
  const ticks = {
    from,
    times: new Float64Array(count),
    kinds: new Uint8Array(count),
    sessions: new Uint32Array(count),
  };
  const next = from.slice();
  for (const { session, track, times, kinds } of sessions) {
    const to = next[track] ?? 0;
    ticks.times.set(times, to);
    ticks.kinds.set(kinds, to);
    ticks.sessions.fill(session, to, to + times.length);
    next[track] = to + times.length;
  }
  for (let track = 0; track < tracks; track += 1) sortTicks(ticks, from[track] ?? 0, from[track + 1] ?? 0);
  return ticks;
}

/** One session after the other is in order already, unless they overlap. */
function sortTicks({ times, kinds, sessions }: Ticks, from: number, to: number): void {
  if (isSorted(times, from, to)) return;
  const before = {
    times: times.slice(from, to),
    kinds: kinds.slice(from, to),
    sessions: sessions.slice(from, to),
  };
  const order = Uint32Array.from(before.times, (_, at) => at);
  order.sort((a, b) => (before.times[a] ?? 0) - (before.times[b] ?? 0) || a - b);
  for (const [at, place] of order.entries()) {
    times[from + at] = before.times[place] ?? 0;
    kinds[from + at] = before.kinds[place] ?? 0;
    sessions[from + at] = before.sessions[place] ?? 0;
  }
}

function isSorted(values: Float64Array, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at += 1) if ((values[at] ?? 0) < (values[at - 1] ?? 0)) return false;
  return true;
}

/** Where the spans of each track begin. */
function offsets<T>(sorted: readonly T[], trackOf: (each: T) => number, tracks: number): Uint32Array {
  const from = new Uint32Array(tracks + 1);
  for (const each of sorted) from[trackOf(each) + 1] = (from[trackOf(each) + 1] ?? 0) + 1;
  for (let track = 0; track < tracks; track += 1) from[track + 1] = (from[track + 1] ?? 0) + (from[track] ?? 0);
  return from;
}
